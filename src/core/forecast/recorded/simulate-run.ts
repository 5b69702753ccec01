import { parseKubeletVersion } from '../../kubelet/kubelet-version.ts'
import type { SimulatedAction } from '../simulation/action.ts'
import { simulate } from '../simulation/simulate.ts'
import { justStarted, simulatedKubelet, type SimulationState } from '../simulation/simulated-kubelet.ts'
import type { RecordedRun } from './recorded-run.ts'
import { recordedWorld } from './recorded-world.ts'

/**
 * What the kubelet of a recording must have done, given what was done to the node and how its free bytes
 * went. Undefined when its version cannot be read: then no rule may be assumed.
 */
export function simulateRun(run: RecordedRun): SimulatedAction[] | undefined {
  const version = parseKubeletVersion(run.kubeletVersion)
  const configuration = run.snapshots[0]?.configuration
  if (!version || !configuration) return undefined
  const { world, disk } = recordedWorld(run)
  const endsAt = run.readings.at(-1)?.at ?? 0
  const actions: SimulatedAction[] = []
  let last: SimulationState | undefined
  for (const [index, startedAt] of run.starts.entries()) {
    const { layout } = disk
    const kubelet = simulatedKubelet(configuration, {
      version,
      startedAt,
      layout,
      sandboxImage: run.sandboxImage,
    })
    const until = run.starts[index + 1] ?? endsAt
    // A restart loses what the kubelet knew, and undoes nothing of what it did.
    const fresh = justStarted(startedAt)
    const from = last ? { ...fresh, effects: last.effects, undecidedImages: last.undecidedImages } : fresh
    const step = simulate(kubelet, world, from, until)
    actions.push(...step.actions)
    last = step.state
  }
  return actions
}
