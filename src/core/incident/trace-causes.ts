import type { FoldedFact } from '../explain/facts/fact.ts'
import type { FactId } from '../explain/facts/vocabulary.ts'
import type { CausalRule, ImageNames, RootRule } from './causal-rule.ts'
import { CAUSAL_RULES, ROOT_RULES } from './causal-rules.ts'
import { causeCandidates, type CauseCandidates } from './cause-candidates.ts'
import type { Episode } from './episodes.ts'
import type { CauseId, Certainty } from './incident.ts'

/** An episode with the rule that says why it happened, and the first cause it leads back to. */
export interface TracedEpisode extends Episode {
  rule: string
  certainty: Certainty
  cause: CauseId
  /** What its chain of causes begins with, as far as is known. */
  root: Episode
}

/** The kubelet logs some effects just before their cause, and events show whole seconds. */
const SLACK_MS = 1000

/** The rules that say why a fact happened, in their order. */
const RULES_OF: ReadonlyMap<FactId, readonly CausalRule[]> = new Map(
  CAUSAL_RULES.flatMap(({ effects }) => effects).map((effect) => [
    effect,
    CAUSAL_RULES.filter(({ effects }) => effects.includes(effect)),
  ]),
)

interface Link {
  rule: string
  certainty: Certainty
  from: Episode
}

/** Leads every episode back to a first cause; those that lead to none are left out. */
export function traceCauses(happened: readonly Episode[], names: ImageNames): TracedEpisode[] {
  const candidates = causeCandidates(happened, names)
  const links = new Map<Episode, Link | undefined>()
  for (const effect of happened) links.set(effect, nearestCause(effect, candidates, names))
  return happened.flatMap((episode) => {
    const link = links.get(episode)
    const root = rootOf(episode, links)
    if (!root) return []
    const { fact, at, order, lastOrder } = episode
    return [
      {
        fact,
        at,
        order,
        lastOrder,
        rule: link?.rule ?? root.rule.id,
        certainty: link?.certainty ?? 'stated',
        cause: root.rule.cause,
        root: root.episode,
      },
    ]
  })
}

function nearestCause(effect: Episode, candidates: CauseCandidates, names: ImageNames): Link | undefined {
  for (const rule of RULES_OF.get(effect.fact.id) ?? []) {
    let best: Link | undefined
    for (const list of rule.causes.flatMap((cause) => candidates(rule, cause, effect))) {
      const link = nearestOf(list, effect, rule, names)
      if (link && (!best || isNearer(link.from, best.from, effect))) best = link
    }
    if (best) return best
  }
  return undefined
}

/** Looks from the effect backwards, then forwards as far as a cause may be stated late. */
function nearestOf(
  candidates: readonly Episode[],
  effect: Episode,
  rule: CausalRule,
  names: ImageNames,
): Link | undefined {
  const after = firstAfter(candidates, effect.order)
  const latest = effect.lastOrder + SLACK_MS
  for (let index = after - 1; index >= 0; index--) {
    const link = connect(candidates[index], effect, rule, names)
    if (link) return link
  }
  for (let index = after; index < candidates.length; index++) {
    if ((candidates[index]?.order ?? 0) > latest) return undefined
    const link = connect(candidates[index], effect, rule, names)
    if (link) return link
  }
  return undefined
}

function connect(
  from: Episode | undefined,
  effect: Episode,
  rule: CausalRule,
  names: ImageNames,
): Link | undefined {
  if (!from || from === effect || !isSameNode(from.fact, effect.fact)) return undefined
  const certainty = rule.connects ? rule.connects(from.fact, effect.fact, names) : 'stated'
  return certainty && { rule: rule.id, certainty, from }
}

/** The index of the first episode later than an instant, in a list ordered by instants. */
function firstAfter(episodes: readonly Episode[], order: number): number {
  let low = 0
  let high = episodes.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((episodes[middle]?.order ?? 0) <= order) low = middle + 1
    else high = middle
  }
  return low
}

/** The latest one before the effect, else the earliest one after it began. */
function isNearer(candidate: Episode, best: Episode, effect: Episode): boolean {
  const isBefore = candidate.order <= effect.order
  if (isBefore !== best.order <= effect.order) return isBefore
  return isBefore ? candidate.order >= best.order : candidate.order < best.order
}

function rootOf(
  episode: Episode,
  links: ReadonlyMap<Episode, Link | undefined>,
): { rule: RootRule; episode: Episode } | undefined {
  const seen = new Set<Episode>()
  let at = episode
  for (let link = links.get(at); link && !seen.has(at); link = links.get(at)) {
    seen.add(at)
    at = link.from
  }
  const rule = ROOT_RULES.find(
    ({ effects, applies }) => effects.includes(at.fact.id) && (applies?.(at.fact) ?? true),
  )
  return rule && { rule, episode: at }
}

function isSameNode(a: FoldedFact, b: FoldedFact): boolean {
  return a.node === null || b.node === null || a.node === b.node
}
