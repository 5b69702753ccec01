import { rankForEviction } from '../../../../core/kubelet/eviction/ranking.ts'
import { isExempt } from '../../../../core/kubelet/eviction/pods.ts'
import { evictionGrace } from '../../../../core/kubelet/eviction/grace-period.ts'
import type { LimitExceeded } from '../../../../core/kubelet/eviction/local-limits.ts'
import { isReclaimEnough } from '../../../../core/kubelet/eviction/eviction-pass.ts'
import { EVICTION_SIGNALS, observeSignals, resourceOf } from '../../../../core/kubelet/eviction/signals.ts'
import type { EvictionThreshold } from '../../../../core/kubelet/eviction/thresholds.ts'
import { shortfallText } from '../../../../core/kubelet/image-gc/shortfall-text.ts'
import type { SimulatedAction } from '../../../../core/forecast/simulation/action.ts'
import type { SimulationState } from '../../../../core/forecast/simulation/simulated-kubelet.ts'
import type { World } from '../../../../core/forecast/simulation/world.ts'
import type { Chance } from '../chance.ts'
import type { LoopParts } from './loop-effects.ts'
import type { KubeletWords } from './kubelet-words.ts'
import type { PodOnNode } from './node-state.ts'
import { simulatedPod } from './node-world.ts'

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

/** What a step has come to. */
export interface PassFacts {
  state: SimulationState
  world: World
  /** How many collections in a row have failed before. */
  failures: number
}

/** Tells what a step did, in the order in which a kubelet does it, and hands its victims over. */
export function passTeller(
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
