import { resourceOf, type SignalObservations } from '../../kubelet/eviction/signals.ts'
import type { EvictionThreshold } from '../../kubelet/eviction/thresholds.ts'
import { message } from '../../messages/message.ts'
import type { Instant } from '../../units/instant.ts'
import type { SimulatedAction } from './action.ts'

/** What is said when DiskPressure begins or ends. */
export function pressureChange(
  had: boolean,
  has: boolean,
  thresholds: readonly EvictionThreshold[],
  observations: SignalObservations,
  at: Instant,
): SimulatedAction[] {
  if (had === has) return []
  if (!has)
    return [
      {
        at,
        kind: 'pressure-cleared',
        victims: [],
        victimSet: [],
        why: message('simulate.why.pressure-cleared'),
      },
    ]
  const [threshold] = thresholds
  const signal = threshold?.signal ?? 'nodefs.available'
  const available = observations[signal]?.available ?? 0
  const why = message('simulate.why.pressure', {
    signal,
    quantity: threshold?.quantity ?? '',
    available,
    unit: resourceOf(signal) === 'inodes' ? 'inodes' : 'bytes',
  })
  return [{ at, kind: 'pressure', victims: [], victimSet: [], why }]
}
