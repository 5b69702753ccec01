import { z } from 'zod'
import { cutText } from '../../../core/tell/cut-text.ts'
import { markUp, type Markup } from '../../../core/tell/mark-up.ts'
import { noticeText } from '../../../core/tell/notice-text.ts'
import { ChannelFailure, defineChannel } from '../../../core/tell/notification-channel.ts'
import { Secret } from '../../../core/tell/secret.ts'
import { poster } from './transport/post.ts'

const MOST_SECTION = 3000
const MOST_FALLBACK = 300

/** Slack's own escapes are all that its mrkdwn needs: without `<` there is no link and no mention. */
const mrkdwn: Markup = {
  text: escape,
  strong: (text) => `*${escape(text).replace(/\*/g, '∗')}*`,
  link: (label, url) => `<${escape(url)}|${escape(label)}>`,
}

/** Posts to a Slack incoming webhook. */
export const slack = defineChannel({
  id: 'slack',
  summary: 'Posts to a Slack incoming webhook (https://api.slack.com/messaging/webhooks).',
  limits: 'one message a second; 3,000 characters',
  mostPerMinute: 50,
  options: z.strictObject({ url: Secret.describe('The address of the webhook, which is a secret itself.') }),

  open({ url }, { name, language, baseUrl, timeout }) {
    const { post, close } = poster(name)
    return {
      id: name,
      close,
      async tell(notice) {
        const text = noticeText(notice, language, baseUrl)
        const body = markUp(text, mrkdwn, language, { most: MOST_SECTION })
        const answer = await post({
          url,
          timeout,
          body: JSON.stringify({
            text: escape(cutText(`${text.status} · ${text.title}`, MOST_FALLBACK)),
            unfurl_links: false,
            unfurl_media: false,
            // Verbatim: what looks like an address, a channel or a user stays what it is.
            blocks: [{ type: 'section', text: { type: 'mrkdwn', text: body, verbatim: true } }],
          }),
        })
        if (answer.trim() !== 'ok')
          throw new ChannelFailure('KP_CHANNEL_BUSY', {
            channel: name,
            reason: 'the answer is not one of this service',
          })
      },
    }
  },
})

function escape(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;')
}
