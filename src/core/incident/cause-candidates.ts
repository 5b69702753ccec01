import type { FactId } from '../explain/facts/vocabulary.ts'
import type { CausalRule, ImageNames } from './causal-rule.ts'
import type { Episode } from './episodes.ts'

/** Where the causes of an effect are looked for: lists of episodes, each in the order of their instants. */
export type CauseCandidates = (rule: CausalRule, cause: FactId, effect: Episode) => readonly Episode[][]

/** Sorts what happened so that an effect meets only the causes it may share something with, however many there are. */
export function causeCandidates(happened: readonly Episode[], names: ImageNames): CauseCandidates {
  const byId = grouped(happened, ({ fact }) => [fact.id])
  const byKey = new Map<string, Map<string, Episode[]>>()
  return (rule, cause, effect) => {
    const all = byId.get(cause)
    if (!all) return []
    const { shares } = rule
    const keys = shares?.byEffect(effect.fact) ?? []
    // An effect that does not say what it is about may have any of them as its cause.
    if (!shares || keys.length === 0) return [all]
    const place = `${rule.id} ${cause}`
    let index = byKey.get(place)
    if (!index) {
      index = grouped(all, ({ fact }) => orAnything(shares.byCause(fact, names)))
      byKey.set(place, index)
    }
    return [...new Set([...keys, ANYTHING])].flatMap((key) => {
      const shared = index.get(key)
      return shared ? [shared] : []
    })
  }
}

/** Causes that do not say what they are about. */
const ANYTHING = ''

function orAnything(keys: readonly string[]): readonly string[] {
  return keys.length > 0 ? keys : [ANYTHING]
}

function grouped<K>(
  episodes: readonly Episode[],
  keysOf: (episode: Episode) => readonly K[],
): Map<K, Episode[]> {
  const groups = new Map<K, Episode[]>()
  for (const episode of episodes) {
    for (const key of new Set(keysOf(episode))) {
      const group = groups.get(key)
      if (group) group.push(episode)
      else groups.set(key, [episode])
    }
  }
  return groups
}
