import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { gunzipSync } from 'node:zlib'
import { readRecordedRun } from '../../../src/adapters/observe/recording/recorded-run.ts'
import { simulateRun } from '../../../src/core/forecast/recorded/simulate-run.ts'
import type { Observation } from '../../../src/core/observe/observation.ts'
import type { Instant } from '../../../src/core/units/instant.ts'
import { FORECAST, OBSERVATIONS } from '../bed/watch-node.ts'
import { compareAhead, forecastAt, type Foretold } from './ahead.ts'
import { compareConditional, type Conditional } from './conditional.ts'
import { readActs } from './kubelet-acts.ts'

/** A recording of a scenario, and what was said of it: given what happened to the disk, and before it happened. */
export interface ComparedRun {
  startedAt: Instant
  kubeletVersion: string
  conditional: Conditional
  /** With the pods of the API server. Absent where no agent watched, or none was asked for a forecast. */
  ahead?: Ahead
  /** By the agent alone. */
  alone?: Ahead
}

interface Ahead {
  madeAt: Instant
  foretold: readonly Foretold[]
}

/** Compares a recording with what the product says of it. @throws when it cannot be read, or its kubelet is unknown. */
export async function compareRun(directory: string): Promise<ComparedRun> {
  const run = await readRecordedRun(directory)
  const startedAt = run.actions[0]?.at ?? 0
  const acts = readActs(await text(directory, 'kubelet.log'), new Date(startedAt).getUTCFullYear())
  const forecast = run.actions.find(({ action }) => action === FORECAST)
  const known = run.snapshots.findLast(({ at }) => at <= (forecast?.at ?? 0))
  const observations = forecast && (await text(directory, OBSERVATIONS))
  const from = (cluster: Observation['cluster']) => {
    if (!forecast || observations === undefined) return undefined
    const made = forecastAt(observations, forecast.at, cluster)
    return { madeAt: made.madeAt, foretold: compareAhead(made, acts) }
  }
  const joined =
    known && from({ pods: { value: known.pods, source: 'the API server', observedAt: known.at } })
  const alone = from({})
  return {
    startedAt,
    kubeletVersion: run.kubeletVersion,
    conditional: compareConditional(simulateRun(run) ?? [], acts),
    ...(joined && { ahead: joined }),
    ...(alone && { alone }),
  }
}

async function text(directory: string, name: string): Promise<string> {
  const file = path.join(directory, name)
  return existsSync(file) ? readFile(file, 'utf8') : gunzipSync(await readFile(`${file}.gz`)).toString('utf8')
}
