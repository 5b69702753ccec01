import type { CommandContext } from '@stricli/core'
import { recordingSource } from '../../adapters/observe/recording/recording-source.ts'
import { readRecording } from '../../adapters/observe/recording/recording.ts'
import { coded } from '../../core/errors/kubepatrol-error.ts'
import { forecastNode, type NodeForecast } from '../../core/forecast/node-forecast.ts'
import { forecastDocument } from '../../core/forecast/present/forecast-json.ts'
import { forecastText } from '../../core/forecast/present/forecast-text.ts'
import type { Language } from '../../core/messages/language.ts'
import type { Instant } from '../../core/units/instant.ts'
import type { RoundClock } from '../patrol-loop.ts'
import { patrolOnce, type PatrolledOnce } from '../patrol-once.ts'
import type { ForecastFlags } from './forecast-flags.ts'
import { languageFor } from './options.ts'
import { scanOnce } from './scan-once.ts'

const ROUND_MS = 1000
const MOST_NAMED = 10
const LOOKS_FOR_MS = 60_000

/** `kubepatrol forecast`: what will become of the disks of nodes, as a patrol would have said at an instant. */
export async function forecastCommandLine(
  this: CommandContext,
  flags: ForecastFlags,
  node?: string,
): Promise<void> {
  const language = languageFor(flags.lang)
  const { views, elsewhere } = await patrolled(flags, language)
  const asked = views.filter(({ name }) => node === undefined || name === node)
  if (asked.length === 0) {
    const nodes = views.map(({ name }) => name)
    const known = nodes.length > MOST_NAMED ? [...nodes.slice(0, MOST_NAMED), '…'] : nodes
    throw coded('KP_NODE_UNKNOWN', { node: node ?? '', nodes: known.join(', ') })
  }
  const forecasts = asked.map((view): NodeForecast =>
    forecastNode(view, { horizon: flags.horizon, elsewhere }),
  )
  const columns = Math.min(process.stdout.columns ?? 80, 100)
  process.stdout.write(
    flags.output === 'json'
      ? `${JSON.stringify({ forecasts: forecasts.map((one) => forecastDocument(one, language)) }, null, 2)}\n`
      : forecasts.map((one) => forecastText(one, language, columns)).join('\n'),
  )
}

/** Patrols what the options name: a recording up to an instant, a saved observation, or a cluster for some time. */
function patrolled(
  { replay, at, ...flags }: ForecastFlags,
  language: Language,
): Promise<Pick<PatrolledOnce, 'views' | 'elsewhere'>> {
  if (replay !== undefined) return patrolRecording(replay, at)
  // From a single look no growth can be told.
  return scanOnce({ ...flags, for: flags.for ?? LOOKS_FOR_MS }, language)
}

/** @throws {KubepatrolError} of reading it. */
async function patrolRecording(directory: string, at: Instant | undefined): Promise<PatrolledOnce> {
  const recording = await readRecording(directory)
  const endsAt = Math.max(recording.startsAt, Math.min(at ?? recording.endsAt, recording.endsAt))
  return patrolOnce(recordingSource(recording), seconds(recording.startsAt, endsAt), {
    subject: recording.name,
    serverVersion: null,
  })
}

/** Every second from one instant to another, and that one itself. */
async function* seconds(from: Instant, to: Instant): RoundClock {
  for (let now = from; now < to; now += ROUND_MS) yield now
  yield to
}
