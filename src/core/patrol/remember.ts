import { foldFacts } from '../explain/fold.ts'
import type { NodeView } from '../observe/node-view.ts'
import type { FilesystemReading, NodeObservation, Observation } from '../observe/observation.ts'
import { namesBySize } from './names-by-size.ts'

/** An hour of one reading a second. */
const MOST_READINGS = 3600
const MOST_SUMMARIES = 8
/** Two days of one reading a minute. */
const MOST_HISTORY = 2880
const HISTORY_STEP_MS = 60_000

/** What is known of a node now: what was remembered, with this round's observation on top. */
export function remember(
  before: NodeView | undefined,
  node: NodeObservation,
  { observedAt, cluster }: Observation,
): NodeView {
  const { summary, nodefs, facts, imageNames, ...latest } = node
  const summaries = before?.summaries ?? []
  const isNew = summary !== undefined && summary.observedAt !== summaries.at(-1)?.observedAt
  const pods = cluster.pods && {
    ...cluster.pods,
    value: cluster.pods.value.filter(({ spec }) => spec.nodeName === node.name),
  }
  const known = { ...before?.imageNames, ...imageNames }
  return {
    ...before,
    ...latest,
    observedAt,
    ...(pods === undefined ? {} : { pods }),
    ...(cluster.persistentVolumes === undefined ? {} : { persistentVolumes: cluster.persistentVolumes }),
    summaries: isNew ? [...summaries, summary].slice(-MOST_SUMMARIES) : summaries,
    imageNames: { ...namesBySize(facts, (before?.images ?? node.images)?.value ?? [], known), ...known },
    readings: [...(before?.readings ?? []), ...nodefs].slice(-MOST_READINGS),
    history: thinned(before?.history ?? [], nodefs),
    facts: foldFacts(before?.facts ?? [], facts),
  }
}

/** Adds readings at least a minute apart; a disk of another size, or a clock put back, begins anew. */
function thinned(
  before: readonly FilesystemReading[],
  readings: readonly FilesystemReading[],
): readonly FilesystemReading[] {
  let kept = [...before]
  for (const reading of readings) {
    const last = kept.at(-1)
    const isOther = last && (last.capacityBytes !== reading.capacityBytes || reading.at < last.at)
    if (isOther) kept = [reading]
    else if (!last || reading.at - last.at >= HISTORY_STEP_MS) kept.push(reading)
  }
  return kept.slice(-MOST_HISTORY)
}
