import type { Node } from '../kubernetes/node.ts'
import { parseInstant, type Instant } from '../units/instant.ts'
import type { Part } from './observation.ts'

/** What a Node's condition says of DiskPressure (semantics §3.11). */
export interface DiskPressure {
  isUnder: boolean
  /** When that changed last; absent where the condition does not say. */
  since?: Instant
}

/** The condition of a Node; undefined while its kubelet tells neither. */
export function diskPressureOf({ value: node, ...seen }: Part<Node>): Part<DiskPressure> | undefined {
  const condition = node.status.conditions.find(({ type }) => type === 'DiskPressure')
  if (condition?.status !== 'True' && condition?.status !== 'False') return undefined
  const since = parseInstant(condition.lastTransitionTime ?? '')
  return {
    ...seen,
    value: { isUnder: condition.status === 'True', ...(since === undefined ? {} : { since }) },
  }
}
