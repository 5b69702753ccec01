import { describe, expect, it } from 'vitest'
import { utf8Bytes } from '../../../core/tell/cut-text.ts'
import {
  CONTEXT,
  fakeService,
  hostileNotice,
  longNotice,
  postingChannelContract,
} from './transport/channel.contract.ts'
import { wecom } from './wecom.ts'

const YES = '{"errcode":0,"errmsg":"ok"}'

postingChannelContract({
  type: wecom,
  options: (url) => ({ url: `${url}/cgi-bin/webhook/send?key=whisper` }),
  yes: YES,
  secret: 'whisper',
})

async function posted(notice = hostileNotice(), answer = YES) {
  const service = await fakeService(answer)
  const result = await wecom
    .open({ url: `${service.url}/send?key=k0` }, CONTEXT)
    .tell(notice)
    .catch((cause: unknown) => cause)
  await service.close()
  const body = JSON.parse(service.received[0]?.body ?? '') as { markdown: { content: string } }
  return { result, content: body.markdown.content }
}

describe('wecom', () => {
  it('mentions nobody and links nowhere but to the page', async () => {
    const { content } = await posted()
    expect(content).not.toMatch(/[@<>`]|http:\/\//)
    expect(content.match(/\]\([^)]*\)/g)).toEqual([
      '](https://kubepatrol.example/incidents/image-not-found-n1-20261124t082225z)',
    ])
  })

  it('keeps to 4,096 bytes, and cuts no character in two', async () => {
    const { content } = await posted(longNotice())
    expect(utf8Bytes(content)).toBeLessThanOrEqual(4096)
    expect(utf8Bytes(content)).toBeGreaterThan(3000)
    expect(encodeURI(content)).toContain('%')
  })

  it.each([
    ['{"errcode":45009,"errmsg":"api freq out of limit"}', true, 60_000],
    ['{"errcode":93000,"errmsg":"invalid webhook url"}', false, undefined],
  ])('reads a failure in a successful answer: %s', async (answer, isRetryable, retryAfter) => {
    const { result } = await posted(hostileNotice(), answer)
    expect(result).toMatchObject({ isRetryable, retryAfter })
  })
})
