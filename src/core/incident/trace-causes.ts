import type { FoldedFact } from '../explain/facts/fact.ts'
import type { FactId } from '../explain/facts/vocabulary.ts'
import type { ImageNames, RootRule } from './causal-rule.ts'
import { CAUSAL_RULES, ROOT_RULES } from './causal-rules.ts'
import type { Episode } from './episodes.ts'
import type { CauseId, Certainty } from './incident.ts'

/** An episode with the rule that says why it happened, and the first cause it leads back to. */
export interface TracedEpisode extends Episode {
  rule: string
  certainty: Certainty
  cause: CauseId
}

/** The kubelet logs some effects just before their cause, and events show whole seconds. */
const SLACK_MS = 1000

interface Link {
  rule: string
  certainty: Certainty
  from: Episode
}

/** Leads every episode back to a first cause; those that lead to none are left out. */
export function traceCauses(happened: readonly Episode[], names: ImageNames): TracedEpisode[] {
  const byId = groupById(happened)
  const links = new Map<Episode, Link | undefined>()
  for (const effect of happened) links.set(effect, nearestCause(effect, byId, names))
  return happened.flatMap((episode) => {
    const link = links.get(episode)
    const root = rootOf(episode, links)
    if (!root) return []
    const rule = link?.rule ?? root.id
    return [{ ...episode, rule, certainty: link?.certainty ?? 'stated', cause: root.cause }]
  })
}

function groupById(happened: readonly Episode[]): Map<FactId, Episode[]> {
  const groups = new Map<FactId, Episode[]>()
  for (const episode of happened) {
    const group = groups.get(episode.fact.id)
    if (group) group.push(episode)
    else groups.set(episode.fact.id, [episode])
  }
  return groups
}

function nearestCause(
  effect: Episode,
  byId: ReadonlyMap<FactId, Episode[]>,
  names: ImageNames,
): Link | undefined {
  for (const rule of CAUSAL_RULES) {
    if (!rule.effects.includes(effect.fact.id)) continue
    let best: Link | undefined
    for (const from of rule.causes.flatMap((id) => byId.get(id) ?? [])) {
      if (from === effect || from.order > effect.lastOrder + SLACK_MS || !isSameNode(from.fact, effect.fact))
        continue
      const certainty = rule.connects ? rule.connects(from.fact, effect.fact, names) : 'stated'
      if (certainty === undefined) continue
      if (!best || isNearer(from, best.from, effect)) best = { rule: rule.id, certainty, from }
    }
    if (best) return best
  }
  return undefined
}

/** The latest one before the effect, else the earliest one after it began. */
function isNearer(candidate: Episode, best: Episode, effect: Episode): boolean {
  const isBefore = candidate.order <= effect.order
  if (isBefore !== best.order <= effect.order) return isBefore
  return isBefore ? candidate.order >= best.order : candidate.order < best.order
}

function rootOf(episode: Episode, links: ReadonlyMap<Episode, Link | undefined>): RootRule | undefined {
  const seen = new Set<Episode>()
  let at = episode
  for (let link = links.get(at); link && !seen.has(at); link = links.get(at)) {
    seen.add(at)
    at = link.from
  }
  return ROOT_RULES.find(
    ({ effects, applies }) => effects.includes(at.fact.id) && (applies?.(at.fact) ?? true),
  )
}

function isSameNode(a: FoldedFact, b: FoldedFact): boolean {
  return a.node === null || b.node === null || a.node === b.node
}
