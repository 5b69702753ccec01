import { createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { utf8Bytes } from '../../../core/tell/cut-text.ts'
import { dingtalk } from './dingtalk.ts'
import {
  CONTEXT,
  fakeService,
  hostileNotice,
  longNotice,
  postingChannelContract,
} from './transport/channel.contract.ts'

const YES = '{"errcode":0,"errmsg":"ok"}'
const secret = 'SECwhisper'

postingChannelContract({
  type: dingtalk,
  options: (url) => ({ url: `${url}/robot/send?access_token=SECwhisper`, secret }),
  yes: YES,
  secret,
})

async function posted(notice = hostileNotice(), answer = YES) {
  const service = await fakeService(answer)
  const url = `${service.url}/robot/send?access_token=t0`
  const result = await dingtalk
    .open({ url, secret }, CONTEXT)
    .tell(notice)
    .catch((cause: unknown) => cause)
  await service.close()
  return { result, request: service.received[0] }
}

describe('dingtalk', () => {
  it('signs the address', async () => {
    const { request } = await posted()
    const query = new URL(`http://x${request?.url}`).searchParams
    const timestamp = String(Date.UTC(2026, 10, 24, 8, 22, 27))
    const sign = createHmac('sha256', secret).update(`${timestamp}\n${secret}`).digest('base64')
    expect(Object.fromEntries(query)).toEqual({ access_token: 't0', timestamp, sign })
  })

  it('mentions nobody and links nowhere but to the page', async () => {
    const { request } = await posted()
    const { markdown, at } = JSON.parse(request?.body ?? '') as { markdown: { text: string }; at: unknown }
    expect(at).toEqual({ isAtAll: false })
    expect(markdown.text).not.toMatch(/[@<>`#]/)
    expect(markdown.text.match(/\]\([^)]*\)/g)).toEqual([
      '](https://kubepatrol.example/incidents/image-not-found-n1-20261124t082225z)',
    ])
    expect(markdown.text).not.toContain('http://evil')
  })

  it('keeps to the bytes that it may send', async () => {
    const { request } = await posted(longNotice())
    expect(utf8Bytes(request?.body ?? '')).toBeLessThanOrEqual(20_000)
  })

  it.each([
    ['{"errcode":130101,"errmsg":"send too fast, exceed 20 times per minute"}', true, 600_000],
    ['{"errcode":-1,"errmsg":"busy"}', true, 1000],
    ['{"errcode":310000,"errmsg":"sign not match SECwhisper"}', false, undefined],
    ['<html>', true, undefined],
    ['null', true, undefined],
  ])('reads a failure in a successful answer: %s', async (answer, isRetryable, retryAfter) => {
    const { result } = await posted(hostileNotice(), answer)
    expect(result).toMatchObject({ isRetryable, retryAfter })
    expect((result as Error).message).not.toContain(secret)
  })
})
