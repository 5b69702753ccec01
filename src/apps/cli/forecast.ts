import type { CommandContext } from '@stricli/core'
import { recordingSource } from '../../adapters/observe/recording/recording-source.ts'
import { readRecording } from '../../adapters/observe/recording/recording.ts'
import { coded } from '../../core/errors/kubepatrol-error.ts'
import { placementIndex } from '../../core/forecast/elsewhere.ts'
import { forecastNode, type NodeForecast } from '../../core/forecast/node-forecast.ts'
import { forecastDocument } from '../../core/forecast/present/forecast-json.ts'
import { forecastText } from '../../core/forecast/present/forecast-text.ts'
import type { NodeView } from '../../core/observe/node-view.ts'
import { emptyMemory } from '../../core/patrol/memory.ts'
import { patrolRound } from '../../core/patrol/round.ts'
import type { PlacementIndex } from '../../core/placement/index-cluster.ts'
import type { Instant } from '../../core/units/instant.ts'
import type { ForecastFlags } from './forecast-flags.ts'
import { languageFor } from './options.ts'

const ROUND_MS = 1000
const MOST_NAMED = 10

/** `kubepatrol forecast`: what will become of the disks of nodes, as a patrol would have said at an instant. */
export async function forecastCommandLine(
  this: CommandContext,
  flags: ForecastFlags,
  node?: string,
): Promise<void> {
  const language = languageFor(flags.lang)
  const { views, nodes, elsewhere } = await patrolUntil(flags.replay, flags.at)
  const asked = views.filter(({ name }) => node === undefined || name === node)
  if (asked.length === 0) {
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

/** Patrols a recording up to an instant, which has to lie in it. @throws {KubepatrolError} of reading it. */
async function patrolUntil(
  directory: string,
  at: Instant | undefined,
): Promise<{
  views: readonly NodeView[]
  nodes: readonly string[]
  elsewhere: PlacementIndex | undefined
}> {
  const recording = await readRecording(directory)
  const source = recordingSource(recording)
  const endsAt = Math.min(at ?? recording.endsAt, recording.endsAt)
  let memory = emptyMemory
  for (let now = recording.startsAt; now < endsAt; now += ROUND_MS) {
    memory = patrolRound(await source.observe(now), memory).memory
  }
  const last = await source.observe(Math.max(endsAt, recording.startsAt))
  memory = patrolRound(last, memory).memory
  const views = Object.values(memory.nodes).map(({ view }) => view)
  return { views, nodes: Object.keys(memory.nodes), elsewhere: placementIndex(last) }
}
