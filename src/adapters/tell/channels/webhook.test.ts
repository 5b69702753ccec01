import { createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { CONTEXT, fakeService, hostileNotice, postingChannelContract } from './transport/channel.contract.ts'
import { webhook } from './webhook.ts'

const secret = 'whisper'

postingChannelContract({
  type: webhook,
  options: (url) => ({ url: `${url}/hook-of-ops`, secret, authorization: 'Bearer whisper' }),
  yes: '',
  secret,
})

describe('the webhook', () => {
  it('signs what it sends, says when, and names it by its key', async () => {
    const service = await fakeService('')
    const channel = webhook.open({ url: service.url, secret }, CONTEXT)
    await channel.tell(hostileNotice({ key: 'incident/opened/字' }))
    await channel.tell(hostileNotice({ key: 'incident/opened/字' }))
    const [first, second] = service.received
    const timestamp = String(first?.headers['x-kubepatrol-timestamp'])
    expect(timestamp).toBe('1795508547')
    const hmac = createHmac('sha256', secret).update(`${timestamp}.${first?.body}`).digest('hex')
    expect(first?.headers['x-kubepatrol-signature']).toBe(`sha256=${hmac}`)
    expect(first?.headers['idempotency-key']).toBe('incident/opened/%E5%AD%97')
    expect(second?.headers['idempotency-key']).toBe(first?.headers['idempotency-key'])
    await service.close()
  })

  it('says all that is known, in fields', async () => {
    const service = await fakeService('')
    await webhook.open({ url: service.url }, { ...CONTEXT, language: 'en' }).tell(hostileNotice())
    const [request] = service.received
    expect(request?.headers['x-kubepatrol-signature']).toBeUndefined()
    expect(JSON.parse(request?.body ?? '')).toMatchObject({
      version: 1,
      key: 'key-1',
      kind: 'opened',
      at: '2026-11-24T08:22:26Z',
      thread: 'image-not-found-n1-20261124t082225z',
      severity: 'critical',
      link: 'https://kubepatrol.example/incidents/image-not-found-n1-20261124t082225z',
      incidents: [{ state: 'open', openedAt: '2026-11-24T08:22:25Z', cause: { id: 'image-not-found' } }],
      covers: [],
    })
    await service.close()
  })
})
