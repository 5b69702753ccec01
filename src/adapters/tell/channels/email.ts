import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { ConfigurationWord } from '../../../core/messages/configuration.ts'
import { cutText } from '../../../core/tell/cut-text.ts'
import { markUp, plain } from '../../../core/tell/mark-up.ts'
import { noticeText, oneLine } from '../../../core/tell/notice-text.ts'
import { ChannelFailure, defineChannel } from '../../../core/tell/notification-channel.ts'
import { Secret } from '../../../core/tell/secret.ts'

const MOST_BODY = 50_000
const MOST_SUBJECT = 150

const MailAddress = z
  .string()
  .max(254)
  .regex(/^[^\s@<>,;:"()[\]\\]+@[^\s@<>,;:"()[\]\\]+$/, 'config.no-mail-address' satisfies ConfigurationWord)

/** Sends plain text mail. */
export const email = defineChannel({
  id: 'email',
  summary: 'Sends plain text mail by SMTP; the messages of one incident make one thread.',
  limits: 'those of your server',
  mostPerMinute: 60,
  options: z.strictObject({
    host: z.string().min(1).max(253).describe('The SMTP server.'),
    port: z.int().min(1).max(65_535).default(587),
    security: z
      .enum(['starttls', 'tls', 'none'])
      .default('starttls')
      .describe('`starttls` insists on it; `none` is for a server on a network that you trust.'),
    username: z.string().min(1).optional(),
    password: Secret.optional(),
    from: MailAddress,
    to: z.array(MailAddress).min(1).max(50),
  }),

  open({ host, port, security, username, password, from, to }, { name, language, baseUrl, timeout }) {
    // Loaded before the first incident, and only by those who send mail.
    const loading = import('nodemailer')
    const underWay = new Set<{ close(): void }>()
    return {
      id: name,
      close() {
        for (const transport of underWay) transport.close()
      },
      async tell(notice) {
        const { createTransport } = await loading
        const transport = createTransport({
          host,
          port,
          secure: security === 'tls',
          requireTLS: security === 'starttls',
          ignoreTLS: security === 'none',
          ...(username === undefined ? {} : { auth: { user: username, pass: password ?? '' } }),
          connectionTimeout: timeout,
          greetingTimeout: timeout,
          socketTimeout: timeout,
          // A message is text and nothing else.
          disableFileAccess: true,
          disableUrlAccess: true,
        })
        underWay.add(transport)
        const text = noticeText(notice, language, baseUrl)
        const thread = messageId(notice.thread)
        try {
          await transport.sendMail({
            from,
            to,
            // The same in all of a thread, or mail programs tear it apart.
            subject: oneLine(cutText(`[kubepatrol] ${text.title}`, MOST_SUBJECT)),
            messageId: messageId(notice.key),
            references: thread,
            inReplyTo: thread,
            headers: { 'Auto-Submitted': 'auto-generated', 'X-Kubepatrol-Key': encodeURI(notice.key) },
            text: markUp(text, plain, language, { most: MOST_BODY }),
          })
        } catch (cause) {
          throw mailFailure(name, cause, password)
        } finally {
          transport.close()
          underWay.delete(transport)
        }
      },
    }
  },
})

/** The same for the same key: a mail that is sent again is seen to be the same one. */
function messageId(key: string): string {
  return `<${createHash('sha256').update(key).digest('hex').slice(0, 32)}@kubepatrol>`
}

/** A 5xx answer and a refused login stay as they are; all else may pass. */
function mailFailure(channel: string, cause: unknown, password = ''): ChannelFailure {
  const {
    code = '',
    responseCode = 0,
    message,
  } = cause as {
    code?: string
    responseCode?: number
    message: string
  }
  const said = cutText(oneLine(password === '' ? message : message.replaceAll(password, '***')), 200)
  const reason = code === '' ? said : `${code}: ${said}`
  const isFinal = responseCode >= 500 || code === 'EAUTH' || code === 'EENVELOPE'
  if (isFinal && !(responseCode >= 400 && responseCode < 500))
    return new ChannelFailure('KP_CHANNEL_REFUSED', { channel, reason }, { cause })
  const kind = responseCode >= 400 ? 'KP_CHANNEL_BUSY' : 'KP_CHANNEL_UNREACHABLE'
  return new ChannelFailure(kind, { channel, reason }, { cause })
}
