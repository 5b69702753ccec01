import { groupBy } from '../container-gc/group-by.ts'
import { hasRequestFor, responseTo, type FilesystemLayout, type SignalResponse } from './layout.ts'
import type { EvictablePod, PodDiskUsage } from './pods.ts'
import { resourceOf, type EvictionSignal } from './signals.ts'

/** What counts of a pod for a signal: bytes or inodes; undefined when it has no stats (semantics §3.5). */
export function measuredUsage(
  { usage }: EvictablePod,
  signal: EvictionSignal,
  layout: FilesystemLayout,
): number | undefined {
  if (!usage) return undefined
  const isInodes = resourceOf(signal) === 'inodes'
  let total = 0
  for (const measure of responseTo(signal, layout).measures) total += figureOf(usage, measure, isInodes)
  return total
}

function figureOf(
  usage: PodDiskUsage,
  measure: SignalResponse['measures'][number],
  isInodes: boolean,
): number {
  if (measure === 'writable-layers') return isInodes ? (usage.writableInodes ?? 0) : usage.writableBytes
  if (measure === 'logs') return isInodes ? (usage.logInodes ?? 0) : usage.logBytes
  return isInodes ? (usage.volumeInodes ?? 0) : usage.volumeBytes
}

/**
 * The pods in the order in which they would be evicted for a signal (semantics §3.7, all versions): those
 * without stats first, whatever their priority, then those over their request; among both by priority, then
 * by usage over request, larger first. Pods that tie stand together in one group: their order is undefined.
 */
export function rankForEviction<Pod extends EvictablePod>(
  pods: readonly Pod[],
  signal: EvictionSignal,
  layout: FilesystemLayout,
): Pod[][] {
  const ranked = pods.map((pod) => ({ pod, ...standing(pod, signal, layout) })).toSorted(compareStandings)
  const groups: (typeof ranked)[] = []
  for (const one of ranked) {
    const last = groups.at(-1)
    if (last?.[0] && compareStandings(last[0], one) === 0) last.push(one)
    else groups.push([one])
  }
  return groups.map((group) => group.map(({ pod }) => pod))
}

/**
 * The first group of that order. Of pods whose usage takes time to tell only those are measured that may be in
 * it: `measured` gives some of them with what they use now; whether they have stats, their priorities and
 * their requests stay.
 */
export function firstForEviction<Pod extends EvictablePod>(
  pods: readonly Pod[],
  signal: EvictionSignal,
  layout: FilesystemLayout,
  measured: (some: readonly Pod[]) => readonly Pod[] = (some) => some,
): Pod[] {
  const unknown = pods.filter(({ usage }) => usage === undefined)
  if (unknown.length > 0) return firstOf(unknown, signal, layout)
  const byPriority = [...groupBy(pods, ({ priority = 0 }) => priority)].toSorted(([a], [b]) => a - b)
  let within: Pod[] = []
  for (const [, alike] of byPriority) {
    const first = firstOf(measured(alike), signal, layout)
    if (first[0] && standing(first[0], signal, layout).class === EXCEEDS) return first
    if (within.length === 0) within = first
  }
  return within
}

function firstOf<Pod extends EvictablePod>(
  pods: readonly Pod[],
  signal: EvictionSignal,
  layout: FilesystemLayout,
): Pod[] {
  let first: { standing: Standing; pods: Pod[] } | undefined
  for (const pod of pods) {
    const own = standing(pod, signal, layout)
    const order = first ? compareStandings(own, first.standing) : -1
    if (order < 0) first = { standing: own, pods: [pod] }
    else if (order === 0) first?.pods.push(pod)
  }
  return first?.pods ?? []
}

const EXCEEDS = 1

interface Standing {
  /** Without stats, over the request, or within it. */
  class: 0 | 1 | 2
  priority: number
  /** Usage less the request for ephemeral storage, also where inodes are ranked; `Infinity` without stats. */
  over: number
}

function standing(pod: EvictablePod, signal: EvictionSignal, layout: FilesystemLayout): Standing {
  const usage = measuredUsage(pod, signal, layout)
  const requestBytes = pod.requestBytes ?? 0
  const priority = pod.priority ?? 0
  if (usage === undefined) return { class: 0, priority, over: Infinity }
  const exceeds = usage > (hasRequestFor(signal) ? requestBytes : 0)
  return { class: exceeds ? EXCEEDS : 2, priority, over: usage - requestBytes }
}

function compareStandings(a: Standing, b: Standing): number {
  if (a.class !== b.class) return a.class - b.class
  if (a.priority !== b.priority) return a.priority - b.priority
  return a.over === b.over ? 0 : b.over - a.over
}
