import { evictionGrace } from '../../kubelet/eviction/grace-period.ts'
import { exceededLimit } from '../../kubelet/eviction/local-limits.ts'
import { isExempt } from '../../kubelet/eviction/pods.ts'
import { measuredUsage, firstForEviction } from '../../kubelet/eviction/ranking.ts'
import { resourceOf } from '../../kubelet/eviction/signals.ts'
import type { EvictionThreshold } from '../../kubelet/eviction/thresholds.ts'
import { message } from '../../messages/message.ts'
import type { Duration } from '../../units/duration.ts'
import type { Instant } from '../../units/instant.ts'
import type { SimulatedAction } from './action.ts'
import type { SimulatedKubelet, SimulationState } from './simulated-kubelet.ts'
import type { Step } from './step.ts'
import { stillTied, tiedVictims } from './tied-pods.ts'
import { podVictim } from './victims.ts'
import type { SimulatedPod, World } from './world.ts'

/** How long the eviction manager waits for an evicted pod to be cleaned up (semantics §3.6 step 19). */
const CLEANUP_MS = 30_000
const CLEANUP_POLL_MS = 1000
/** A container ends within so long of its signal. */
const KILL_MS = 130

/** One pod per pass: the first of the ranking that is not spared (semantics §3.7, §3.9). */
export function evictFirst(
  threshold: EvictionThreshold,
  kubelet: SimulatedKubelet,
  world: World,
  state: SimulationState,
  at: Instant,
): Step {
  const pods = world.activePods(at, state.effects).filter((pod) => !isExempt(pod, kubelet.version))
  const measured = (some: readonly SimulatedPod[]) => world.measured(some, at, state.effects)
  const group = firstForEviction(pods, threshold.signal, kubelet.layout, measured)
  const [victim] = group
  if (!victim) return { state, actions: [] }
  const tied = tiedVictims(state, group)
  const isTied = tied !== undefined
  const action: SimulatedAction = {
    at,
    kind: 'evict-pod',
    victims: isTied ? [] : [podVictim(victim)],
    victimSet: tied ? [...tied.values()] : [],
    ...(isTied ? { taken: { min: 1, max: 1 } } : {}),
    why: message('simulate.why.evict-pod', {
      signal: threshold.signal,
      resource: resourceOf(threshold.signal),
      used: measuredUsage(victim, threshold.signal, kubelet.layout) ?? null,
      requestBytes: victim.requestBytes ?? 0,
      priority: victim.priority ?? 0,
      isTied,
      graceSeconds: graceSeconds(kubelet, victim, threshold.kind),
    }),
  }
  const after = afterKilling(kubelet, world, state, { pods: [victim], kind: threshold.kind, at })
  if (!tied) return { state: { ...after, tiedPods: stillTied(after, tied) }, actions: [action] }
  const everTied = new Set([...after.tiedImages.pods, ...tied.keys()])
  return {
    state: {
      ...after,
      tiedPods: stillTied(after, tied),
      tiedImages: { ...after.tiedImages, pods: everTied },
    },
    actions: [action],
  }
}

/** Every pod that is over a limit of its own goes in one pass, whatever the disk's state (semantics §3.8). */
export function evictOverLimits(
  kubelet: SimulatedKubelet,
  world: World,
  state: SimulationState,
  at: Instant,
): Step | undefined {
  const over = world.limitedPods(at, state.effects).flatMap((pod) => {
    const exceeded =
      pod.limits && !isExempt(pod, kubelet.version)
        ? exceededLimit(pod.limits, kubelet.layout, kubelet.version)
        : undefined
    return exceeded ? [{ pod, exceeded }] : []
  })
  if (over.length === 0) return undefined
  const actions = over.map(({ pod, exceeded }): SimulatedAction => {
    return {
      at,
      kind: 'evict-pod',
      victims: [podVictim(pod)],
      victimSet: [],
      why: message('simulate.why.local-limit', {
        ...exceeded,
        pod: `${pod.namespace}/${pod.name}`,
        graceSeconds: graceSeconds(kubelet, pod, 'local-limit'),
      }),
    }
  })
  return {
    state: afterKilling(kubelet, world, state, { pods: over.map(({ pod }) => pod), kind: 'local-limit', at }),
    actions,
  }
}

type EvictionKind = Parameters<typeof evictionGrace>[0]

function graceOf(
  { version, maxPodGracePeriod }: SimulatedKubelet,
  { graceMs }: SimulatedPod,
  kind: EvictionKind,
) {
  return evictionGrace(kind, version, { maxPodGracePeriod, podGracePeriod: graceMs })
}

function graceSeconds(kubelet: SimulatedKubelet, pod: SimulatedPod, kind: EvictionKind): number {
  return graceOf(kubelet, pod, kind).effective / 1000
}

/** How long the eviction manager waits for a pod to be killed (semantics §3.10). */
function killMs(kubelet: SimulatedKubelet, pod: SimulatedPod, kind: EvictionKind): Duration {
  if (!pod.ignoresSignal) return KILL_MS
  const { effective, waitsAtMost } = graceOf(kubelet, pod, kind)
  return KILL_MS + Math.min(effective, waitsAtMost)
}

function afterKilling(
  kubelet: SimulatedKubelet,
  world: World,
  state: SimulationState,
  { pods, kind, at }: { pods: readonly SimulatedPod[]; kind: EvictionKind; at: Instant },
): SimulationState {
  const killedAt = pods.reduce((sum, pod) => sum + killMs(kubelet, pod, kind), at)
  const evicted = new Map(state.effects.evicted)
  for (const { uid } of pods) evicted.set(uid, at)
  const effects = { ...state.effects, evicted }
  const until = killedAt + CLEANUP_MS
  const goneAt = Math.max(...pods.map(({ uid }) => world.resourcesGoneAt(uid, killedAt, effects)))
  const polledAt = killedAt + Math.ceil((goneAt - killedAt) / CLEANUP_POLL_MS) * CLEANUP_POLL_MS
  return {
    ...state,
    cleaningUp: { uids: pods.map(({ uid }) => uid), until },
    next: { ...state.next, eviction: Math.min(polledAt, until) },
    effects,
  }
}
