import { createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { utf8Bytes } from '../../../core/tell/cut-text.ts'
import { feishu } from './feishu.ts'
import {
  CONTEXT,
  fakeService,
  hostileNotice,
  longNotice,
  postingChannelContract,
  stringsIn,
  type ServiceAnswer,
} from './transport/channel.contract.ts'

const YES = '{"code":0,"msg":"success","data":{}}'
const secret = 'whisper'

postingChannelContract({
  type: feishu,
  options: (url) => ({ url: `${url}/open-apis/bot/v2/hook/whisper`, secret }),
  yes: YES,
  secret,
})

async function posted(notice = hostileNotice(), answer: ServiceAnswer = {}) {
  const service = await fakeService(YES)
  service.answer = answer
  const result = await feishu
    .open({ url: service.url, secret }, CONTEXT)
    .tell(notice)
    .catch((cause: unknown) => cause)
  await service.close()
  return { result, body: service.received[0]?.body ?? '' }
}

describe('feishu', () => {
  it('signs with the time as part of the key', async () => {
    const { body } = await posted()
    const timestamp = '1795508547'
    const sign = createHmac('sha256', `${timestamp}\n${secret}`).update('').digest('base64')
    expect(JSON.parse(body)).toMatchObject({ timestamp, sign, msg_type: 'interactive' })
  })

  it('writes plain text only, with no tag in it', async () => {
    const { body } = await posted()
    expect(body).not.toContain('lark_md')
    expect(stringsIn(JSON.parse(body)).join('\n')).not.toMatch(/[<>]/)
    expect(body).toContain('"template":"red"')
  })

  it('keeps to 20 KB', async () => {
    const { body } = await posted(longNotice())
    expect(utf8Bytes(body)).toBeLessThanOrEqual(20_000)
  })

  it.each([
    [{ body: '{"code":11232,"msg":"frequency limited"}' }, true, 60_000],
    [{ status: 400, body: '{"code":11232,"msg":"frequency limited"}' }, true, 60_000],
    [{ body: '{"code":19021,"msg":"sign match fail"}' }, false, undefined],
    [{ body: '{"StatusCode":19024,"StatusMessage":"Key Words Not Found"}' }, false, undefined],
  ])('reads a failure in an answer: %j', async (answer, isRetryable, retryAfter) => {
    const { result } = await posted(hostileNotice(), answer)
    expect(result).toMatchObject({ isRetryable, retryAfter })
  })

  it('takes the older form of a yes', async () => {
    const { result } = await posted(hostileNotice(), { body: '{"StatusCode":0,"StatusMessage":"success"}' })
    expect(result).toBeUndefined()
  })
})
