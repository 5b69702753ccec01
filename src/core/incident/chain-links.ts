import type { FoldedFact } from '../explain/facts/fact.ts'
import type { FactId } from '../explain/facts/vocabulary.ts'
import { message, type Message } from '../messages/message.ts'
import { factMessage } from './fact-words.ts'
import { shortageOf, type IncidentDraft } from './incident-draft.ts'
import type { ChainLink } from './incident.ts'
import { reclaimPasses, type ReclaimPass } from './reclaim-passes.ts'
import { causeStatement } from './cause-statement.ts'
import type { TracedEpisode } from './trace-causes.ts'

/** Facts that are told as part of another link, where there is one. */
const PART_OF: Partial<Record<FactId, FactId>> = {
  'eviction-must-evict': 'pod-evicted',
  'pods-ranked': 'pod-evicted',
  'inodes-exhausted': 'eviction-threshold-met',
}

/** Facts that are evidence for a link, and no link of their own. */
const EVIDENCE_ONLY: ReadonlySet<FactId> = new Set<FactId>(['image-too-young', 'pods-ranked'])

/** A link in the making. */
interface LinkDraft {
  id: FactId
  episodes: TracedEpisode[]
  pass: ReclaimPass | undefined
}

/** What followed from the cause, step by step, in the order of the steps' first instants. */
export function chainLinks(draft: IncidentDraft): ChainLink[] {
  const passes = reclaimPasses(draft.happened)
  const links = new Map<string, LinkDraft>()
  const present = new Set(draft.traced.map(({ fact }) => fact.id))
  const sandboxes = sandboxSubjects(draft)
  for (const episode of draft.traced) {
    const partOf =
      PART_OF[episode.fact.id] ??
      wholeOf(episode.fact, draft) ??
      (sandboxes.has(episode.fact.subject) ? 'sandbox-image-missing' : undefined)
    const id = partOf !== undefined && present.has(partOf) ? partOf : episode.fact.id
    if (EVIDENCE_ONLY.has(id)) continue
    const pass = passOf(episode, passes)
    const key = `${id} ${pass ? outcome(pass) : ''}`
    const link = links.get(key)
    if (link) link.episodes.push(episode)
    else links.set(key, { id, episodes: [episode], pass })
  }
  const told = [...links.values()].map((link) => chainLink(link, draft)).toSorted((a, b) => a.order - b.order)
  return [...causeLink(draft), ...told.map(({ link }) => link)]
}

/** A collection that failed each time because it freed nothing is told once. */
function wholeOf({ id, evidence }: FoldedFact, { traced }: IncidentDraft): FactId | undefined {
  if (id !== 'image-gc-failed') return undefined
  const whole = traced.find(({ fact }) => fact.id === 'image-gc-freed-nothing')?.fact
  const isPart = evidence.every(({ file, line }) =>
    whole?.evidence.some((place) => place.file === file && place.line === line),
  )
  return isPart ? whole?.id : undefined
}

/** The pulls that failed for a sandbox are told with it: they share its image and pod. */
function sandboxSubjects({ traced }: IncidentDraft): ReadonlySet<string> {
  return new Set(
    traced.filter(({ fact }) => fact.id === 'sandbox-image-missing').map(({ fact }) => fact.subject),
  )
}

function causeLink(draft: IncidentDraft): ChainLink[] {
  const shortage = shortageOf(draft)
  if (!shortage) return []
  const { message: sentence, because, certainty } = causeStatement(draft)
  const at = shortage.fall.from.at
  return [{ id: draft.cause, at, atText: null, message: sentence, because, rule: null, certainty, facts: [] }]
}

function chainLink(
  { id, episodes, pass }: LinkDraft,
  draft: IncidentDraft,
): { link: ChainLink; order: number } {
  const first = firstOf(episodes)
  const told = episodes.find(({ fact }) => fact.id === id) ?? first
  const facts = [
    ...new Set([...episodes.map(({ fact }) => fact), ...(pass?.tooYoung ?? []).map(({ fact }) => fact)]),
  ]
  return {
    order: first.order,
    link: {
      id,
      at: first.at,
      atText: first.fact.atText,
      message: factMessage(id, facts, episodes.filter(({ fact }) => fact.id === id).length, draft, pass),
      because: becauseOf(told),
      rule: told.rule,
      certainty: told.certainty,
      facts: sortedFacts(facts),
    },
  }
}

function becauseOf({ rule, certainty }: TracedEpisode): Message {
  if (rule === 'removed-image-is-gone' && certainty === 'inferred')
    return message('rule.removed-image-is-gone.inferred')
  return message(`rule.${rule}` as 'rule.disk-is-short')
}

/** The first by a precise clock; by a clock of whole seconds only where there is no other. */
function firstOf(episodes: readonly TracedEpisode[]): TracedEpisode {
  const precise = episodes.filter(({ fact }) => !fact.isCoarse)
  return (precise.length > 0 ? precise : episodes).reduce((first, next) =>
    next.order < first.order ? next : first,
  )
}

function sortedFacts(facts: readonly FoldedFact[]): FoldedFact[] {
  return facts.toSorted((a, b) => a.order - b.order)
}

function passOf(episode: TracedEpisode, passes: readonly ReclaimPass[]): ReclaimPass | undefined {
  if (episode.fact.id === 'image-gc-freed-nothing' || episode.fact.id === 'image-gc-failed') {
    return passes.findLast(({ start }) => start.order <= episode.lastOrder)
  }
  if (episode.fact.id !== 'node-level-reclaim') return undefined
  return passes.find(({ start }) => start.fact.id === 'node-level-reclaim' && start.order >= episode.order)
}

function outcome({ removed }: ReclaimPass): string {
  return removed.length > 0 ? 'removed' : 'nothing'
}
