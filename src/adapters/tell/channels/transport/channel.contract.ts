import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Incident } from '../../../../core/incident/incident.ts'
import { message } from '../../../../core/messages/message.ts'
import { noticeOf, type Notice } from '../../../../core/tell/notice.ts'
import {
  ChannelFailure,
  type ChannelContext,
  type ChannelType,
  type NotificationChannel,
} from '../../../../core/tell/notification-channel.ts'

/** A request as a service sees it. */
export interface Received {
  url: string
  headers: IncomingHttpHeaders
  body: string
}

/** What a service answers; null for nothing at all. */
export type ServiceAnswer = { status?: number; body?: string; headers?: Record<string, string> } | null

/** A service on loopback that answers as it is told. */
export interface FakeService {
  url: string
  received: Received[]
  answer: ServiceAnswer
  close(): Promise<void>
}

/** Starts a service that says yes until it is told otherwise. */
export async function fakeService(yes: string): Promise<FakeService> {
  const received: Received[] = []
  const server: Server = createServer((request, response) => {
    let body = ''
    request.setEncoding('utf8')
    request.on('data', (piece: string) => (body += piece))
    request.on('end', () => {
      received.push({ url: request.url ?? '', headers: request.headers, body })
      if (service.answer === null) return
      response.writeHead(service.answer.status ?? 200, service.answer.headers)
      response.end(service.answer.body ?? yes)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const service: FakeService = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    answer: {},
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
  return service
}

/** Everything that a service might take for more than text. */
export const HOSTILE =
  '@all @everyone <!channel> <@U1> <at user_id="all">x</at> [click](http://evil.example) ![i](http://evil.example/p.png) `code` *b* # head </script> \u001b[31m \u202e \u2028\nBcc: evil@example.com\r\nX-Evil: 1'

/** An incident whose every name is hostile. */
export function hostileNotice(more: Partial<Notice> = {}): Notice {
  const incident: Incident = {
    id: 'image-not-found-n1-20261124t082225z',
    severity: 'critical',
    state: 'open',
    openedAt: Date.UTC(2026, 10, 24, 8, 22, 25),
    updatedAt: null,
    resolvedAt: null,
    cause: {
      id: 'image-not-found',
      message: message('cause.image-not-found', { pods: [HOSTILE], images: [HOSTILE], count: 1 }),
      certainty: 'stated',
      because: null,
    },
    chain: [],
    affected: { images: [HOSTILE], pods: [`log/${HOSTILE}`], volumes: [], nodes: [HOSTILE] },
    advice: [],
  }
  const { cause } = incident
  const at = Date.UTC(2026, 10, 24, 8, 22, 26)
  return { ...noticeOf({ key: 'key-1', kind: 'opened', at, incident, news: [cause.message] }), ...more }
}

/** A notice with more to say than any service takes. */
export function longNotice(): Notice {
  const notice = hostileNotice()
  const [news] = notice.news
  return { ...notice, news: Array.from({ length: 2000 }, () => news).filter((one) => one !== undefined) }
}

export const CONTEXT: ChannelContext = {
  name: 'ops',
  language: 'zh-CN',
  baseUrl: 'https://kubepatrol.example',
  timeout: 5000,
  now: () => Date.UTC(2026, 10, 24, 8, 22, 27),
}

/** What a channel that posts to a service is tested with. */
export interface PostingChannel {
  type: ChannelType
  /** Its options for a service at this address. */
  options: (url: string) => Record<string, unknown>
  /** What the service answers when it takes a message. */
  yes: string
  /** What no failure may repeat. */
  secret: string
}

/** What holds for every channel that posts: which failures are final, how long it waits, and what it never says. */
export function postingChannelContract({ type, options, yes, secret }: PostingChannel): void {
  describe(`${type.id}, as every channel that posts,`, () => {
    let service: FakeService
    beforeEach(async () => void (service = await fakeService(yes)))
    afterEach(() => service.close())
    const open = (context: Partial<ChannelContext> = {}) =>
      type.open(options(service.url), { ...CONTEXT, ...context })
    const failure = async (channel: NotificationChannel = open()) => {
      const failed: unknown = await channel.tell(hostileNotice()).catch((cause: unknown) => cause)
      expect(failed).toBeInstanceOf(ChannelFailure)
      expect((failed as Error).message).not.toContain(secret)
      return failed as ChannelFailure
    }

    it('tells in one request', async () => {
      await open().tell(hostileNotice())
      expect(service.received).toHaveLength(1)
      expect(() => JSON.parse(service.received[0]?.body ?? '') as unknown).not.toThrow()
    })

    it.each([408, 425, 429, 500, 502, 503, 504])('tries again after status %d', async (status) => {
      service.answer = { status, body: `no ${secret}`, headers: { 'Retry-After': '7' } }
      expect(await failure()).toMatchObject({ code: 'KP_CHANNEL_BUSY', isRetryable: true, retryAfter: 7000 })
    })

    it.each([301, 307, 401, 403, 404, 410, 413])('does not after status %d', async (status) => {
      service.answer = {
        status,
        body: `no ${secret} \u001b[31m`,
        headers: { Location: `${service.url}/other` },
      }
      const failed = await failure()
      expect(failed).toMatchObject({ code: 'KP_CHANNEL_REFUSED', isRetryable: false })
      expect(failed.message).not.toContain('\u001b')
      expect(service.received).toHaveLength(1)
    })

    it('waits no longer than it may', async () => {
      service.answer = null
      expect(await failure(open({ timeout: 50 }))).toMatchObject({ code: 'KP_CHANNEL_UNREACHABLE' })
    })

    it('lets go when it is closed', async () => {
      service.answer = null
      const channel = open({ timeout: 60_000 })
      const failed = failure(channel)
      await expect.poll(() => service.received.length).toBe(1)
      channel.close?.()
      expect(await failed).toMatchObject({ isRetryable: true })
    })

    it('tries again when nobody is there', async () => {
      const channel = open()
      await service.close()
      expect(await failure(channel)).toMatchObject({ code: 'KP_CHANNEL_UNREACHABLE', isRetryable: true })
    })

    it('lets no control character and no line break of a name through', async () => {
      await open().tell(hostileNotice())
      const texts = stringsIn(JSON.parse(service.received[0]?.body ?? ''))
      for (const text of texts) {
        expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f\u202e\u2028]/)
        expect(text).not.toMatch(/^\s*(Bcc|X-Evil):/m)
      }
    })
  })
}

/** Every string of a document. */
export function stringsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  if (typeof value !== 'object' || value === null) return []
  return Object.values(value).flatMap(stringsIn)
}
