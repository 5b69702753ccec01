import { channelTypes } from '../../adapters/tell/channels/index.ts'
import type { Language } from '../../core/messages/language.ts'
import type { TellingLimits } from '../../core/tell/plan-telling.ts'
import { parseDuration, type Duration } from '../../core/units/duration.ts'
import type { Instant } from '../../core/units/instant.ts'
import type { OpenChannel } from '../delivery-line.ts'
import { readSecrets } from './read-secrets.ts'
import { CommonOptions, type Configuration } from './schema.ts'

/** What channels are opened with. */
export interface OpeningParts {
  /** The file that the configuration was read from. */
  path: string
  /** Of messages, where the configuration does not say. */
  language: Language
  env: Readonly<Record<string, string | undefined>>
  now: () => Instant
}

/** A channel of the configuration, and what kind it is. */
export interface ConfiguredChannel extends OpenChannel {
  type: string
}

/** Opens every channel; nothing is sent. @throws {KubepatrolError} KP_CONFIG_SECRET */
export async function openChannels(
  configuration: Configuration,
  { path, language, env, now }: OpeningParts,
): Promise<ConfiguredChannel[]> {
  const { channels, telling, baseUrl } = configuration
  return Promise.all(
    channels.map(async (channel, index) => {
      const { type: id, ...all } = channel
      const type = channelTypes.find((one) => one.id === id)
      if (!type) throw new Error(`${id} is no channel`)
      const common = CommonOptions.parse(picked(all, Object.keys(CommonOptions.shape)))
      const own = picked(all, Object.keys(type.options.shape))
      const options = await readSecrets(own, ['channels', index], { configuration: path, env })
      const timeout = span(telling.timeout)
      const opened = type.open(options as never, {
        name: common.name ?? id,
        language: common.language ?? configuration.language ?? language,
        baseUrl: baseUrl?.replace(/\/+$/, '') ?? null,
        timeout,
        now,
      })
      const { severities, nodes, namespaces } = common
      const { mostPerMinute } = type
      // A backlog that takes longer than a minute to tell is better told in fewer messages.
      const mostWaiting = Math.min(telling.mostWaiting, mostPerMinute || telling.mostWaiting)
      const route = { severities, nodes, namespaces }
      return { type: id, channel: opened, route, mostPerMinute, mostWaiting, timeout: timeout + GRACE }
    }),
  )
}

/** A channel that keeps to its own time says better than its watch what went wrong. */
const GRACE: Duration = 1000

/** The limits that a configuration sets. */
export function tellingLimits({ telling }: Configuration): TellingLimits {
  const { quietFor, settleFor, mostAtOnce, within } = telling
  return {
    flaps: { quietFor: span(quietFor), settleFor: span(settleFor) },
    storms: { mostThreads: mostAtOnce, within: span(within) },
  }
}

function span(text: string): Duration {
  return parseDuration(text) ?? 0
}

function picked(all: Readonly<Record<string, unknown>>, keys: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(all).filter(([key]) => keys.includes(key)))
}
