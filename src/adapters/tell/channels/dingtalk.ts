import { createHmac } from 'node:crypto'
import { z } from 'zod'
import { cutText, utf8Bytes } from '../../../core/tell/cut-text.ts'
import { markUp, type Markup } from '../../../core/tell/mark-up.ts'
import { noticeText } from '../../../core/tell/notice-text.ts'
import { defineChannel } from '../../../core/tell/notification-channel.ts'
import { Secret } from '../../../core/tell/secret.ts'
import type { Instant } from '../../../core/units/instant.ts'
import { checkAnsweredCode, type CodeRules } from './transport/answered-code.ts'
import { inertText } from './transport/inert-text.ts'
import { poster } from './transport/post.ts'

/** A robot that is called too often is shut up for ten minutes. */
const TOO_OFTEN = 10 * 60_000
const MOST_BYTES = 15_000

const markdown: Markup = {
  // A line break needs two blanks before it.
  text: inertText,
  strong: (text) => `**${inertText(text)}**`,
  link: (label, url) => `[${inertText(label)}](${encodeURI(url)})`,
}

/** Posts to a custom robot of a DingTalk group. */
export const dingtalk = defineChannel({
  id: 'dingtalk',
  summary: 'Posts to a custom robot of a DingTalk (钉钉) group, signed when the robot asks for it.',
  limits: '20 messages a minute; 20 KB',
  mostPerMinute: 20,
  options: z.strictObject({
    url: Secret.describe('The address of the robot with its access_token, which is a secret itself.'),
    secret: Secret.optional().describe('The signing secret (加签), `SEC…`.'),
  }),

  open({ url, secret }, { name, language, baseUrl, timeout, now }) {
    const { post, close } = poster(name)
    const token = new URL(url).searchParams.get('access_token')
    const secrets = [token, secret].filter((one) => typeof one === 'string')
    const rules: CodeRules = { code: ['errcode'], text: ['errmsg'], retryable: RETRYABLE, secrets }
    return {
      id: name,
      close,
      async tell(notice) {
        const text = noticeText(notice, language, baseUrl)
        const body = markUp(text, markdown, language, { most: MOST_BYTES, sizeOf: utf8Bytes })
        const answer = await post({
          url: secret === undefined ? url : signed(url, secret, now()),
          timeout,
          secrets,
          body: JSON.stringify({
            msgtype: 'markdown',
            markdown: {
              title: inertText(cutText(`${text.status} · ${text.title}`, 100)),
              text: body.replace(/\n/g, '  \n'),
            },
            at: { isAtAll: false },
          }),
        })
        checkAnsweredCode(name, answer, rules)
      },
    }
  },
})

/** -1 busy; 130101 and 410100 sent too often; 90030 the quota of the day is used up. */
const RETRYABLE = new Map([
  [90_030, 3_600_000],
  [-1, 1000],
  [130_101, TOO_OFTEN],
  [410_100, TOO_OFTEN],
])

function signed(url: string, secret: string, at: Instant): string {
  const timestamp = String(Math.floor(at))
  const sign = createHmac('sha256', secret).update(`${timestamp}\n${secret}`).digest('base64')
  const address = new URL(url)
  address.searchParams.set('timestamp', timestamp)
  address.searchParams.set('sign', sign)
  return address.href
}
