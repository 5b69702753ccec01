import type { ImageManagerState } from '../../kubelet/image-gc/image-records.ts'
import { NO_IMAGES_KNOWN, ZERO_TIME } from '../../kubelet/image-gc/image-records.ts'
import { parseKubeletVersion } from '../../kubelet/kubelet-version.ts'
import type { Instant } from '../../units/instant.ts'
import type { SimulatedAction } from '../simulation/action.ts'
import { simulate } from '../simulation/simulate.ts'
import {
  justStarted,
  PERIOD,
  simulatedKubelet,
  type SimulatedKubelet,
  type SimulationState,
} from '../simulation/simulated-kubelet.ts'
import type { DescribedNode } from './described-node.ts'
import { uniqueImages } from './described-images.ts'
import { describedWorld } from './described-world.ts'

/** What the kubelet of a described node will do. Undefined when its version cannot be read: then no rule may be assumed. */
export function simulateNode(node: DescribedNode): SimulatedAction[] | undefined {
  return parseKubeletVersion(node.kubelet.version) && [...playNode(node)]
}

/** So much of a simulation is played before the next of its actions is asked for. */
const SLICE_MS = 3_600_000

/**
 * The same, played only as far as its actions are asked for; none when the version cannot be read.
 * @param remembered what its kubelet has concluded already; of one that is only described, nothing
 */
export function* playNode(
  node: DescribedNode,
  remembered: (kubelet: SimulatedKubelet) => Partial<SimulationState> = () => ({}),
): Generator<SimulatedAction, undefined> {
  const begun = begin(node)
  if (!begun) return
  const world = describedWorld(node)
  const end = (node.start ?? 0) + node.duration
  let state = { ...begun.state, ...remembered(begun.kubelet) }
  let until = node.start ?? 0
  do {
    until = Math.min(until + SLICE_MS, end)
    const step = simulate(begun.kubelet, world, state, until)
    yield* step.actions
    state = step.state
  } while (until < end)
}

/** The kubelet of a described node, and what it knows at the start. */
export function begin(
  node: DescribedNode,
): { kubelet: SimulatedKubelet; state: SimulationState } | undefined {
  const version = parseKubeletVersion(node.kubelet.version)
  if (!version) return undefined
  const start = node.start ?? 0
  const startedAt = start - node.kubelet.runningFor
  const { configuration, sandboxImage } = node.kubelet
  const layout = node.filesystems.imagefs === undefined ? 'single' : 'dedicated-image'
  const kubelet = simulatedKubelet(configuration, { version, startedAt, layout, sandboxImage })
  // Images that were there when it started are as old as time before 1.29 (semantics §1.2).
  const bornAt = kubelet.rules.firstDetectionIsZero ? ZERO_TIME : startedAt
  const fresh = justStarted(startedAt)
  const next = Object.fromEntries(
    Object.entries(fresh.next).map(([loop, at]) => {
      const period = PERIOD[loop as keyof typeof PERIOD]
      const missed = Math.max(0, Math.ceil((start - at) / period))
      return [loop, at + missed * period]
    }),
  ) as SimulationState['next']
  return {
    kubelet,
    state: { ...fresh, next, admittedUntil: start, images: knownImages(node, start, bornAt) },
  }
}

/** What the kubelet has in memory of images: when it last saw each in use, and first saw it at all (semantics §1.2). */
function knownImages({ images }: DescribedNode, start: Instant, bornAt: Instant): ImageManagerState {
  const records = uniqueImages(images).map(({ name, id = name, size, pinned, lastUsed, firstDetected }) => ({
    id,
    sizeBytes: size,
    pinned,
    lastUsed: lastUsed === undefined ? ZERO_TIME : start + lastUsed,
    firstDetected: firstDetected === undefined ? bornAt : start + firstDetected,
    isInUse: false,
  }))
  const newestAt = records.reduce((newest, { firstDetected }) => Math.max(newest, firstDetected), ZERO_TIME)
  return { ...NO_IMAGES_KNOWN, records, newestAt, isInitialised: true }
}
