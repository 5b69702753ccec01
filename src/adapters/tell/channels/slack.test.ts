import { describe, expect, it } from 'vitest'
import { slack } from './slack.ts'
import {
  CONTEXT,
  fakeService,
  hostileNotice,
  longNotice,
  postingChannelContract,
  stringsIn,
} from './transport/channel.contract.ts'

postingChannelContract({
  type: slack,
  options: (url) => ({ url: `${url}/services/T0/B0/whisper` }),
  yes: 'ok',
  secret: 'whisper',
})

describe('slack', () => {
  it('mentions nobody and links nowhere but to the page', async () => {
    const service = await fakeService('ok')
    await slack.open({ url: service.url }, CONTEXT).tell(hostileNotice())
    const texts = stringsIn(JSON.parse(service.received[0]?.body ?? '')).join('\n')
    expect(texts).toContain('&lt;!channel&gt;')
    expect(texts.match(/<[^>]*>/g)).toEqual([
      '<https://kubepatrol.example/incidents/image-not-found-n1-20261124t082225z|在 kubepatrol 中查看>',
    ])
    expect(texts).toContain('[click](http://evil.example)')
    await service.close()
  })

  it('keeps to the room there is, and to its link', async () => {
    const service = await fakeService('ok')
    await slack.open({ url: service.url }, CONTEXT).tell(longNotice())
    const { blocks } = JSON.parse(service.received[0]?.body ?? '') as { blocks: { text: { text: string } }[] }
    expect(blocks[0]?.text.text.length).toBeLessThanOrEqual(3000)
    expect(blocks[0]?.text.text).toMatch(/内容过长，已截断）\n\n<https:[^>]*>$/)
    await service.close()
  })

  it('takes an answer of something on the way for none', async () => {
    const service = await fakeService('<html>log in</html>')
    const told = slack.open({ url: service.url }, CONTEXT).tell(hostileNotice())
    await expect(told).rejects.toMatchObject({ isRetryable: true })
    await service.close()
  })
})
