import { createHmac } from 'node:crypto'
import { z } from 'zod'
import { cutText, utf8Bytes } from '../../../core/tell/cut-text.ts'
import { markUp, plain, type Markup } from '../../../core/tell/mark-up.ts'
import { noticeText, type NoticeText } from '../../../core/tell/notice-text.ts'
import type { Notice } from '../../../core/tell/notice.ts'
import { defineChannel } from '../../../core/tell/notification-channel.ts'
import { Secret } from '../../../core/tell/secret.ts'
import { checkAnsweredCode, type CodeRules } from './transport/answered-code.ts'
import { poster } from './transport/post.ts'

/** The service takes 20 KB, and JSON may write a byte as six. */
const MOST_BYTES = 9000

/** Plain text is never read as markup; tags are taken apart all the same, for clients that are too eager. */
const withoutTags = (text: string) => text.replace(/</g, '＜').replace(/>/g, '＞')
const inert: Markup = { ...plain, text: withoutTags, strong: withoutTags }

/** 2200 an error of its own; 11232 sent too often, which may come with status 400. */
const RETRYABLE = new Map([
  [2200, 1000],
  [11_232, 60_000],
])

/** Posts to a custom bot of a Feishu or Lark group. */
export const feishu = defineChannel({
  id: 'feishu',
  summary: 'Posts a card to a custom bot of a Feishu (飞书) or Lark group, signed when the bot asks for it.',
  limits: '100 messages a minute; 20 KB',
  mostPerMinute: 100,
  options: z.strictObject({
    url: Secret.describe('The address of the bot, which is a secret itself.'),
    secret: Secret.optional().describe('The signing secret (签名校验).'),
  }),

  open({ url, secret }, { name, language, baseUrl, timeout, now }) {
    const { post, close } = poster(name)
    const secrets = secret === undefined ? [] : [secret]
    const rules: CodeRules = {
      code: ['code', 'StatusCode'],
      text: ['msg', 'StatusMessage'],
      retryable: RETRYABLE,
      secrets,
    }
    return {
      id: name,
      close,
      async tell(notice) {
        const text = noticeText(notice, language, baseUrl)
        const content = markUp({ ...text, link: null }, inert, language, {
          most: MOST_BYTES,
          sizeOf: utf8Bytes,
        })
        const timestamp = String(Math.floor(now() / 1000))
        const body = JSON.stringify({
          ...(secret === undefined ? {} : { timestamp, sign: sign(secret, timestamp) }),
          msg_type: 'interactive',
          card: card(notice, text, content),
        })
        checkAnsweredCode(name, await post({ url, timeout, secrets, body, explains: [400] }), rules)
      },
    }
  },
})

function card({ kind, severity }: Notice, { status, title, link }: NoticeText, content: string) {
  const colour = kind === 'resolved' ? 'green' : severity === 'critical' ? 'red' : 'orange'
  const text = (words: string) => ({ tag: 'plain_text', content: words })
  const button = link && { tag: 'button', text: text(link.label), url: link.url, type: 'default' }
  return {
    config: { wide_screen_mode: true },
    header: { title: text(inert.text(cutText(`${status} · ${title}`, 200))), template: colour },
    elements: [
      { tag: 'div', text: text(content) },
      ...(button ? [{ tag: 'action', actions: [button] }] : []),
    ],
  }
}

function sign(secret: string, timestamp: string): string {
  return createHmac('sha256', `${timestamp}\n${secret}`).update('').digest('base64')
}
