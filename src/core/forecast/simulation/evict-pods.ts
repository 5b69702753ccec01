import { evictionGrace } from '../../kubelet/eviction/grace-period.ts'
import { exceededLimit } from '../../kubelet/eviction/local-limits.ts'
import { isExempt } from '../../kubelet/eviction/pods.ts'
import { rankForEviction } from '../../kubelet/eviction/ranking.ts'
import { resourceOf } from '../../kubelet/eviction/signals.ts'
import type { EvictionThreshold } from '../../kubelet/eviction/thresholds.ts'
import { message } from '../../messages/message.ts'
import type { Instant } from '../../units/instant.ts'
import type { SimulatedAction } from './action.ts'
import type { SimulatedKubelet, SimulationState } from './simulated-kubelet.ts'
import type { Step } from './step.ts'
import { podVictim } from './victims.ts'
import type { SimulatedPod, World } from './world.ts'

/** How long the eviction manager waits for an evicted pod to be cleaned up (semantics §3.6 step 19). */
const CLEANUP_MS = 30_000

/** One pod per pass: the first of the ranking that is not spared (semantics §3.7, §3.9). */
export function evictFirst(
  threshold: EvictionThreshold,
  kubelet: SimulatedKubelet,
  world: World,
  state: SimulationState,
  at: Instant,
): Step {
  const ranked = rankForEviction(world.activePods(at, state.effects), threshold.signal, kubelet.layout)
  const group = ranked
    .map((tied) => tied.filter((pod) => !isExempt(pod, kubelet.version)))
    .find((tied) => tied.length > 0)
  const [victim] = group ?? []
  if (!group || !victim) return { state, actions: [] }
  const isTied = group.length > 1
  const action: SimulatedAction = {
    at,
    kind: 'evict-pod',
    victims: isTied ? [] : [podVictim(victim)],
    victimSet: isTied ? group.map(podVictim) : [],
    ...(isTied ? { taken: { min: 1, max: 1 } } : {}),
    why: message('simulate.why.evict-pod', {
      resource: resourceOf(threshold.signal),
      signal: threshold.signal,
    }),
  }
  return { state: afterKilling(kubelet, state, [victim], threshold.kind, at), actions: [action] }
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
      why: message('simulate.why.local-limit', { ...exceeded, pod: `${pod.namespace}/${pod.name}` }),
    }
  })
  return {
    state: afterKilling(
      kubelet,
      state,
      over.map(({ pod }) => pod),
      'local-limit',
      at,
    ),
    actions,
  }
}

function afterKilling(
  kubelet: SimulatedKubelet,
  state: SimulationState,
  pods: readonly SimulatedPod[],
  kind: 'hard' | 'soft' | 'local-limit',
  at: Instant,
): SimulationState {
  const waits = pods.map(({ graceMs }) => {
    const grace = evictionGrace(kind, kubelet.version, {
      maxPodGracePeriod: kubelet.maxPodGracePeriod,
      podGracePeriod: graceMs,
    })
    return Math.min(Math.max(grace.effective, 200), grace.waitsAtMost)
  })
  const evicted = new Map([...state.effects.evicted, ...pods.map(({ uid }) => [uid, at] as const)])
  const until = at + waits.reduce((sum, wait) => sum + wait, 0) + CLEANUP_MS
  return {
    ...state,
    cleaningUp: { uids: pods.map(({ uid }) => uid), until },
    next: { ...state.next, eviction: until },
    effects: { ...state.effects, evicted },
  }
}
