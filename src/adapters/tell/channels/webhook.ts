import { createHmac } from 'node:crypto'
import { z } from 'zod'
import { defineChannel } from '../../../core/tell/notification-channel.ts'
import { Address, Secret } from '../../../core/tell/secret.ts'
import { noticeDocument } from '../../../core/tell/notice-document.ts'
import { poster } from './transport/post.ts'

/** Posts a JSON document to an address of your own; docs/channels.md says how to check that it is genuine. */
export const webhook = defineChannel({
  id: 'webhook',
  summary:
    'Posts a JSON document. With a secret, `X-Kubepatrol-Signature` is `sha256=` and the hexadecimal HMAC-SHA256 of `X-Kubepatrol-Timestamp`, a full stop and the body. `Idempotency-Key` is the same when a message is sent again.',
  limits: 'none',
  mostPerMinute: 0,
  options: z.strictObject({
    url: Address,
    secret: Secret.optional().describe('Signs the body.'),
    authorization: Secret.optional().describe('The whole value of the header `Authorization`.'),
  }),

  open({ url, secret, authorization }, { name, language, baseUrl, timeout, now }) {
    const { post, close } = poster(name)
    return {
      id: name,
      close,
      async tell(notice) {
        const body = JSON.stringify(noticeDocument(notice, language, baseUrl))
        const timestamp = String(Math.floor(now() / 1000))
        const headers = {
          'Idempotency-Key': encodeURI(notice.key),
          'X-Kubepatrol-Timestamp': timestamp,
          ...(secret === undefined ? {} : { 'X-Kubepatrol-Signature': sign(secret, timestamp, body) }),
          ...(authorization === undefined ? {} : { Authorization: authorization }),
        }
        const secrets = [secret, authorization].filter((one) => one !== undefined)
        await post({ url, headers, body, timeout, secrets })
      },
    }
  },
})

function sign(secret: string, timestamp: string, body: string): string {
  return `sha256=${createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex')}`
}
