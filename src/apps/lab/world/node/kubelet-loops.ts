import { rankForEviction } from '../../../../core/kubelet/eviction/ranking.ts'
import { isExempt } from '../../../../core/kubelet/eviction/pods.ts'
import { evictionGrace } from '../../../../core/kubelet/eviction/grace-period.ts'
import type { LimitExceeded } from '../../../../core/kubelet/eviction/local-limits.ts'
import { isReclaimEnough } from '../../../../core/kubelet/eviction/eviction-pass.ts'
import { EVICTION_SIGNALS, observeSignals, resourceOf } from '../../../../core/kubelet/eviction/signals.ts'
import type { EvictionThreshold } from '../../../../core/kubelet/eviction/thresholds.ts'
import { shortfallText } from '../../../../core/kubelet/image-gc/shortfall-text.ts'
import type { SimulatedAction } from '../../../../core/forecast/simulation/action.ts'
import { simulate } from '../../../../core/forecast/simulation/simulate.ts'
import {
  justStarted,
  NOTHING_UNDEFINED,
  PERIOD,
  IDLE_PASS_MS,
  type SimulatedKubelet,
  type SimulationState,
} from '../../../../core/forecast/simulation/simulated-kubelet.ts'
import { NO_EFFECTS, type World } from '../../../../core/forecast/simulation/world.ts'
import type { Instant } from '../../../../core/units/instant.ts'
import type { Agenda } from '../agenda.ts'
import type { Chance } from '../chance.ts'
import type { KubeletLog } from './kubelet-log.ts'
import type { KubeletWords } from './kubelet-words.ts'
import type { NodeState, PodOnNode } from './node-state.ts'
import { nodeWorld, simulatedPod } from './node-world.ts'

/** What the loops of a kubelet have done: the lab carries it out on the node and tells the cluster. */
export interface LoopEffects {
  removeImage(id: string): void
  removeContainer(id: string): void
  /** Evicts a pod: for the node's sake by a threshold, or because it is over a limit of its own. */
  evict(pod: PodOnNode, because: EvictionCause): void
  refuse(pod: PodOnNode): void
  nodeEvent(type: 'Normal' | 'Warning', reason: string, message: string): void
  /** DiskPressure began or ended: the node's status says so at its next report. */
  pressureChanged(hasDiskPressure: boolean): void
}

/** Why a pod is evicted, and how long it has to end. */
export type EvictionCause = { graceMs: number; waitsAtMost: number } & (
  | { kind: 'pressure'; threshold: EvictionThreshold; available: number; capacity: number }
  | { kind: 'limit'; exceeded: LimitExceeded }
)

/** The loops of one kubelet. */
export interface KubeletLoops {
  /** To be called before the node changes: passes that were left out because nothing happened are caught up. */
  settle(): void
  /** To be called after it has changed. */
  resume(): void
  /** Runs what is due, such as the admission of a pod that has just come. */
  run(): void
  hasDiskPressure(): boolean
  /** No pod may be bound earlier. */
  nextArrivalAt(): Instant
}

/** What the loops work with. */
export interface LoopParts {
  node: NodeState
  kubelet: SimulatedKubelet
  agenda: Agenda
  chance: Chance
  log: KubeletLog
  words: KubeletWords
  effects: LoopEffects
}

/**
 * Runs the kubelet of `core/forecast/simulation` in simulated time, one step at a time, and has every step carried out
 * at once: all decisions are its own. While nothing happens on a node it sleeps until a threshold is crossed.
 */
export function createKubeletLoops(parts: LoopParts): KubeletLoops {
  const { node, kubelet, agenda } = parts
  const world = nodeWorld(node)
  let state = justStarted(kubelet.startedAt)
  let failures = 0
  let detectedAt = kubelet.startedAt
  let cancel = () => {}

  const schedule = () => {
    cancel()
    cancel = agenda.at(Math.ceil(Math.min(...Object.values(state.next))), run)
  }

  function run(): void {
    const now = agenda.now()
    endWaiting(now)
    const before = state
    if (before.next.detection <= now) detectedAt = before.next.detection
    const step = simulate(kubelet, world, state, now)
    // What the order leaves undefined is drawn here.
    state = { ...step.state, effects: NO_EFFECTS, ...NOTHING_UNDEFINED }
    carryOut(step.actions, step.state, before)
    schedule()
  }

  /** What the eviction manager says once the pod it has evicted is gone, or was not within 30 s. */
  function endWaiting(now: Instant): void {
    const { cleaningUp, next } = state
    if (!cleaningUp || next.eviction > now) return
    const waited = cleaningUp.uids.flatMap((uid) => node.pods.get(uid) ?? [])
    const isOver = waited.every(({ containers }) => containers.length === 0)
    if (waited.length > 0)
      parts.log.write(now, isOver ? parts.words.cleanedUp(waited) : parts.words.cleanUpTimedOut(waited))
  }

  function carryOut(
    actions: readonly SimulatedAction[],
    after: SimulationState,
    before: SimulationState,
  ): void {
    const pass = passTeller(parts, { state: after, world, failures })
    for (const action of actions) pass.tell(action)
    pass.finish(actions)
    if (after.next.imageGc !== before.next.imageGc) {
      failures = actions.some(({ kind }) => kind === 'image-gc-failed') ? failures + 1 : 0
    }
  }

  return {
    run,
    settle() {
      const now = agenda.now()
      const { next } = state
      const lastDetection = onGrid(next.detection, PERIOD.detection, now) - PERIOD.detection
      const isLate = lastDetection > detectedAt
      state = {
        ...state,
        next: {
          // While it waits for the end of a pod it does not look.
          eviction: state.cleaningUp
            ? next.eviction
            : onGrid(next.eviction, PERIOD.eviction + IDLE_PASS_MS, now),
          imageGc: onGrid(next.imageGc, PERIOD.imageGc, now),
          containerGc: onGrid(next.containerGc, PERIOD.containerGc, now),
          detection: isLate ? lastDetection : onGrid(next.detection, PERIOD.detection, now),
        },
      }
      // What was in use at the last look is stamped with it, whatever happens now.
      if (isLate) {
        const step = simulate(kubelet, world, { ...state, admittedUntil: Infinity }, lastDetection)
        detectedAt = lastDetection
        state = { ...step.state, admittedUntil: state.admittedUntil }
      }
    },
    resume: schedule,
    hasDiskPressure: () => state.hasDiskPressure,
    nextArrivalAt: () => Math.floor(Math.max(agenda.now(), state.admittedUntil)) + 1,
  }
}

/** The next turn of a loop, not before an instant; a loop that has not come to its first turn keeps it. */
function onGrid(next: Instant, period: number, now: Instant): Instant {
  if (next === Infinity || next - now < period) return next
  return next - Math.floor((next - now) / period) * period
}

/** The order among images that tie is the kubelet's own chance: here it is drawn, and stops where the kubelet stops. */
function chosenImages(
  { victims, victimSet, wantedBytes = 0 }: SimulatedAction,
  chance: Chance,
): ImageVictim[] {
  const chosen = victims.flatMap(asImage)
  let missing = chosen.reduce((left, image) => left - (image.sizeBytes ?? 0), wantedBytes)
  for (const image of chance.shuffled(victimSet.flatMap(asImage))) {
    chosen.push(image)
    missing -= image.sizeBytes ?? 0
    if (missing <= 0) break
  }
  return chosen
}

type ImageVictim = Extract<SimulatedAction['victims'][number], { kind: 'image' }>

function asImage(victim: SimulatedAction['victims'][number]): ImageVictim[] {
  return victim.kind === 'image' ? [victim] : []
}

interface PassFacts {
  state: SimulationState
  world: World
  /** How many collections in a row have failed before. */
  failures: number
}

/** Tells what a step did, in the order in which a kubelet does it, and hands its victims over. */
function passTeller(
  { node, kubelet, log, words, effects, agenda, chance }: LoopParts,
  { state, world, failures }: PassFacts,
) {
  const at = agenda.now()
  const write = (line: ReturnType<KubeletWords['unableToEvict']> | undefined) => line && log.write(at, line)
  const filesystems = world.filesystemsAfterReclaim(at, state.effects)
  const observations = filesystems ? observeSignals(filesystems, kubelet.version) : {}
  const starved = EVICTION_SIGNALS.flatMap(
    (signal) => state.eviction.actedOn.find((threshold) => threshold.signal === signal) ?? [],
  )[0]
  let isReclaiming = false

  function beginReclaim(): void {
    if (isReclaiming || !starved) return
    isReclaiming = true
    const resource = resourceOf(starved.signal)
    write(words.attemptingToReclaim(resource))
    effects.nodeEvent('Warning', 'EvictionThresholdMet', `Attempting to reclaim ${resource}`)
  }

  function evictForPressure(pod: PodOnNode): void {
    if (!starved) return
    beginReclaim()
    const active = world.activePods(at, { ...state.effects, evicted: new Map() })
    const ranked = rankForEviction(active, starved.signal, kubelet.layout).flat()
    write(words.mustEvict(resourceOf(starved.signal)))
    write(words.ranked(ranked))
    for (const one of ranked) {
      if (one.uid === pod.uid) break
      if (isExempt(one, kubelet.version)) write(words.cannotEvictCritical(one))
    }
    const observed = observations[starved.signal]
    effects.evict(pod, {
      kind: 'pressure',
      threshold: starved,
      available: observed?.available ?? 0,
      capacity: observed?.capacity ?? 0,
      ...graceOf(pod, starved.kind),
    })
  }

  function graceOf(pod: PodOnNode, kind: 'hard' | 'soft' | 'local-limit') {
    const { effective, waitsAtMost } = evictionGrace(kind, kubelet.version, {
      maxPodGracePeriod: kubelet.maxPodGracePeriod,
      podGracePeriod: simulatedPod(pod, at).graceMs,
    })
    return { graceMs: effective, waitsAtMost }
  }

  function removeImages(action: SimulatedAction): void {
    for (const { id, sizeBytes = 0 } of chosenImages(action, chance)) {
      write(words.removingImage(id, sizeBytes))
      effects.removeImage(id)
    }
  }

  function removeContainers(): void {
    for (const id of state.effects.removedContainers.keys()) effects.removeContainer(id)
  }

  function collectImages(action: SimulatedAction): void {
    const { wantedBytes = 0, freedBytes, why, kind } = action
    const { usagePercent } = why.params as { usagePercent?: number }
    if (usagePercent === undefined) return removeImages(action)
    const { highThresholdPercent: high, lowThresholdPercent: low } = kubelet.imageGc
    write(words.overThreshold({ usagePercent, high, low, wantedBytes }))
    removeImages(action)
    if (kind !== 'image-gc-failed') return
    const text = shortfallText(
      {
        usagePercent,
        capacityBytes: filesystems?.imagefs?.capacityBytes ?? 0,
        wantedBytes,
        freedBytes: freedBytes?.min ?? 0,
      },
      kubelet.rules,
    )
    effects.nodeEvent('Warning', 'FreeDiskSpaceFailed', text)
    if (failures > 0) effects.nodeEvent('Warning', 'ImageGCFailed', text)
    write(words.imageGcFailed(text, failures === 0))
  }

  return {
    tell(action: SimulatedAction): void {
      switch (action.kind) {
        case 'pressure':
        case 'pressure-cleared':
          return effects.pressureChanged(action.kind === 'pressure')
        case 'reclaim-containers':
          beginReclaim()
          write(words.deletingUnusedContainers())
          return removeContainers()
        case 'reclaim-images':
          beginReclaim()
          write(words.deletingUnusedImages())
          return removeImages(action)
        case 'image-gc':
        case 'image-gc-failed':
          return collectImages(action)
        case 'container-gc':
          return removeContainers()
        case 'evict-pod':
        case 'reject-pod':
          return undefined
      }
    },
    /** What comes after all reclaiming. */
    finish(actions: readonly SimulatedAction[]): void {
      const evictedNow = [...state.effects.evicted.keys()].flatMap((uid) => node.pods.get(uid) ?? [])
      const overLimit = new Map(
        actions.flatMap(({ why, victims: [victim] }) =>
          why.key === 'simulate.why.local-limit' && victim?.kind === 'pod'
            ? [[victim.uid, why.params as LimitExceeded] as const]
            : [],
        ),
      )
      for (const pod of evictedNow) {
        const exceeded = overLimit.get(pod.uid)
        if (exceeded === undefined) evictForPressure(pod)
        else effects.evict(pod, { kind: 'limit', exceeded, ...graceOf(pod, 'local-limit') })
      }
      for (const uid of state.effects.rejected) {
        const pod = node.pods.get(uid)
        if (!pod) continue
        write(words.refused(pod))
        effects.refuse(pod)
      }
      if (isReclaiming && evictedNow.length === 0 && starved) nobodyEvicted(starved)
    },
  }

  function nobodyEvicted(threshold: EvictionThreshold): void {
    if (isReclaimEnough(kubelet.thresholds, observations, kubelet.version)) {
      write(words.ableToReduce(resourceOf(threshold.signal)))
      return
    }
    write(words.mustEvict(resourceOf(threshold.signal)))
    const active = world.activePods(at, state.effects)
    if (active.length === 0) {
      write(words.noneActive())
      return
    }
    write(words.ranked(rankForEviction(active, threshold.signal, kubelet.layout).flat()))
    for (const one of active) if (isExempt(one, kubelet.version)) write(words.cannotEvictCritical(one))
    write(words.unableToEvict())
  }
}
