import type { z } from 'zod'
import type { ErrorCode } from '../errors/codes.ts'
import { KubepatrolError } from '../errors/kubepatrol-error.ts'
import type { Language } from '../messages/language.ts'
import { message, type MessageParams } from '../messages/message.ts'
import type { Duration } from '../units/duration.ts'
import type { Instant } from '../units/instant.ts'
import type { BriefIncident, Notice } from './notice.ts'
import type { Opened } from './secret.ts'

/** Tells somebody. Named by the service it speaks to, or as the configuration names it. */
export interface NotificationChannel {
  id: string
  /**
   * Resolves when the service has taken the notice.
   * @throws {ChannelFailure} when it was not told; it says whether to try again.
   */
  tell(notice: Notice): Promise<void>
  /** Lets go of what is under way, so that a process can end. */
  close?(): void
}

/** A channel that shows what is, rather than what happened: it hears every change at once, and again while it lasts. */
export interface StateChannel extends NotificationChannel {
  /** Tells all that is open. @throws {ChannelFailure} */
  refresh(open: readonly BriefIncident[]): Promise<void>
  /** How often it wants to be told. */
  refreshEvery: Duration
}

/** What every channel is given beside its own options. */
export interface ChannelContext {
  /** As the configuration names it. */
  name: string
  language: Language
  /** Where the page is, without a slash at the end; null for messages without links. */
  baseUrl: string | null
  /** How long one attempt may last. */
  timeout: Duration
  now(): Instant
}

/** A kind of channel: a member of the registry (ADR 0010). */
export interface ChannelType<Options extends z.ZodObject = z.ZodObject> {
  /** The file's name: the service. */
  id: string
  /** One sentence for docs/channels.md. */
  summary: string
  /** What the service takes at most, for docs/channels.md. */
  limits: string
  /** Messages that the service takes in a minute; 0 when it does not say. */
  mostPerMinute: number
  /** Strict; secrets are `Secret`. */
  options: Options
  /** Makes the channel; nothing is sent yet. Options are valid and secrets are read. */
  open(options: Opened<z.output<Options>>, context: ChannelContext): NotificationChannel | StateChannel
}

/** Declares a kind of channel. */
export function defineChannel<Options extends z.ZodObject>(type: ChannelType<Options>): ChannelType {
  return type
}

export function isStateChannel(channel: NotificationChannel): channel is StateChannel {
  return 'refresh' in channel
}

type ChannelErrorCode = Extract<ErrorCode, `KP_CHANNEL_${string}`>

/** A notice was not told. */
export class ChannelFailure extends KubepatrolError {
  /** False when trying again cannot help: somebody has to change something first. */
  readonly isRetryable: boolean
  /** How long the service asks to be left alone; absent when it does not say. */
  readonly retryAfter: Duration | undefined

  constructor(
    code: ChannelErrorCode,
    params: MessageParams<ChannelErrorCode>,
    { retryAfter, cause }: { retryAfter?: Duration | undefined; cause?: unknown } = {},
  ) {
    super(code, message(code, params), cause)
    this.isRetryable = code !== 'KP_CHANNEL_REFUSED'
    this.retryAfter = retryAfter
  }
}
