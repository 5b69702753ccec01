import { z } from 'zod'
import { utf8Bytes } from '../../../core/tell/cut-text.ts'
import { markUp, type Markup } from '../../../core/tell/mark-up.ts'
import { noticeText } from '../../../core/tell/notice-text.ts'
import { defineChannel } from '../../../core/tell/notification-channel.ts'
import { Secret } from '../../../core/tell/secret.ts'
import { checkAnsweredCode, type CodeRules } from './transport/answered-code.ts'
import { inertText } from './transport/inert-text.ts'
import { poster } from './transport/post.ts'

const MOST_BYTES = 4096

const markdown: Markup = {
  text: inertText,
  strong: (text) => `**${inertText(text)}**`,
  link: (label, url) => `[${inertText(label)}](${encodeURI(url)})`,
}

/** -1 busy; 45009 sent too often. */
const RETRYABLE = new Map([
  [-1, 1000],
  [45_009, 60_000],
])

/** Posts to a robot of a WeCom group. */
export const wecom = defineChannel({
  id: 'wecom',
  summary: 'Posts to a robot of a WeCom (企业微信) group.',
  limits: '20 messages a minute; 4,096 bytes',
  mostPerMinute: 20,
  options: z.strictObject({
    url: Secret.describe('The address of the robot with its key, which is a secret itself.'),
  }),

  open({ url }, { name, language, baseUrl, timeout }) {
    const { post, close } = poster(name)
    const key = new URL(url).searchParams.get('key')
    const secrets = key === null ? [] : [key]
    const rules: CodeRules = { code: ['errcode'], text: ['errmsg'], retryable: RETRYABLE, secrets }
    return {
      id: name,
      close,
      async tell(notice) {
        const text = noticeText(notice, language, baseUrl)
        const content = markUp(text, markdown, language, { most: MOST_BYTES, sizeOf: utf8Bytes })
        const body = JSON.stringify({ msgtype: 'markdown', markdown: { content } })
        checkAnsweredCode(name, await post({ url, timeout, secrets, body }), rules)
      },
    }
  },
})
