import type { SimulatedAction, Victim } from '../../../src/core/forecast/simulation/action.ts'
import type { KubeletActs } from './kubelet-acts.ts'

/** Victims and byte figures of a simulated recording beside those of its kubelet; a difference is a sentence. */
export interface Conditional {
  evicted: readonly string[]
  removedImages: number
  removedBytes: number
  differences: readonly string[]
}

const COLLECTIONS = ['image-gc', 'image-gc-failed', 'reclaim-images']

const keyOf = (victim: Victim) => (victim.kind === 'pod' ? victim.uid : victim.id)

/** Compares what the model says a kubelet must have done with what it did. */
export function compareConditional(
  simulated: readonly SimulatedAction[],
  { acts, wantedBytes, refused }: KubeletActs,
): Conditional {
  const of = (...kinds: string[]) => simulated.filter(({ kind }) => kinds.includes(kind))
  const certain = (actions: readonly SimulatedAction[]) =>
    actions.flatMap(({ victims }) => victims.map(keyOf))
  const pods = acts.flatMap((act) => (act.kind === 'pod' ? [act] : []))
  const images = acts.flatMap((act) => (act.kind === 'images' ? act.images : []))
  const removedBytes = images.reduce((sum, { bytes }) => sum + bytes, 0)
  const collections = of(...COLLECTIONS)
  const possible = new Set(
    collections.flatMap(({ victims, victimSet }) => [...victims, ...victimSet].map(keyOf)),
  )
  const removed = new Set(images.map(({ id }) => id))
  const freed = (bound: 'min' | 'max') =>
    collections.reduce((sum, { freedBytes }) => sum + (freedBytes?.[bound] ?? 0), 0)
  const differences = [
    ...unlessEqual(
      'evicted',
      certain(of('evict-pod')),
      pods.map(({ uid }) => uid),
    ),
    ...unlessEqual(
      'refused',
      certain(of('reject-pod')).toSorted((a, b) => (a < b ? -1 : 1)),
      refused,
    ),
    ...unlessEqual(
      'bytes wanted',
      of('image-gc', 'image-gc-failed').map((action) => action.wantedBytes),
      wantedBytes,
    ),
    ...[...removed].filter((id) => !possible.has(id)).map((id) => `removed, not simulated: ${id}`),
    ...certain(collections)
      .filter((id) => !removed.has(id))
      .map((id) => `simulated, not removed: ${id}`),
    ...(freed('min') <= removedBytes && removedBytes <= freed('max')
      ? []
      : [`bytes freed: ${removedBytes}, simulated ${freed('min')} to ${freed('max')}`]),
  ]
  return { evicted: pods.map(({ name }) => name), removedImages: images.length, removedBytes, differences }
}

function unlessEqual(what: string, simulated: readonly unknown[], real: readonly unknown[]): string[] {
  const isEqual = JSON.stringify(simulated) === JSON.stringify(real)
  return isEqual ? [] : [`${what}: ${JSON.stringify(real)}, simulated ${JSON.stringify(simulated)}`]
}
