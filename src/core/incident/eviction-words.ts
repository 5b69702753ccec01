import type { FoldedFact } from '../explain/facts/fact.ts'
import type { FactWords } from '../messages/fact-words.ts'
import { claimsOf, podName, uncountedVolumes } from '../observe/node-view.ts'
import { numberField, podLabel, podsOf } from './connections.ts'
import type { IncidentDraft } from './incident-draft.ts'

/** Why the first evicted pod was taken: its place in the kubelet's ranking, and what it used (semantics §3.5, §3.7). */
export function evictionWords(
  evictions: readonly FoldedFact[],
  { happened, live }: IncidentDraft,
): Partial<FactWords> {
  const evicted = evictions.flatMap(podsOf)
  const first = evicted[0]
  if (!first) return {}
  const ranked = happened
    .filter(({ fact }) => fact.id === 'pods-ranked')
    .flatMap(({ fact }) => podsOf(fact).slice(0, 1))
  const rankedFirst = ranked.some(
    ({ uid, name }) => (uid !== undefined && uid === first.uid) || (uid === undefined && name === first.name),
  )
  const stated = evictions.map((fact) => numberField(fact, 'usageBytes')).find((bytes) => bytes !== undefined)
  const counted = live?.view.summaries
    .flatMap(({ value }) => value.pods)
    .findLast(({ uid }) => uid === first.uid)
  const usageBytes =
    stated ?? (counted && counted.logsBytes + counted.rootfsBytes + counted.localVolumesBytes)
  return {
    rankedFirst,
    ...(usageBytes === undefined ? {} : { usageBytes }),
    ...(counted === undefined
      ? {}
      : { logBytes: Math.min(counted.logsBytes, usageBytes ?? counted.logsBytes) }),
    hasUncountedVolume: holdsUncountedVolume(podLabel(first), live),
  }
}

function holdsUncountedVolume(name: string | undefined, live: IncidentDraft['live']): boolean {
  if (!live || name === undefined) return false
  const uncounted = new Set(uncountedVolumes(live.view).map(({ claim }) => claim))
  return (live.view.pods?.value ?? []).some(
    (pod) => podName(pod) === name && claimsOf(pod).some((claim) => uncounted.has(claim)),
  )
}
