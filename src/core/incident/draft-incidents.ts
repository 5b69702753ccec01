import { episodes, type Episode } from './episodes.ts'
import { IMAGE_REMOVALS } from './connections.ts'
import type { IncidentEvidence, NodeEvidence } from './evidence.ts'
import type { IncidentDraft } from './incident-draft.ts'
import type { CauseId } from './incident.ts'
import { traceCauses, type TracedEpisode } from './trace-causes.ts'
import { underShortage } from './under-shortage.ts'

/** Sorts what happened by node and first cause. */
export function draftIncidents({
  facts,
  imageNames,
  nodes = [],
  pods,
  observedAt,
}: IncidentEvidence): IncidentDraft[] {
  const happened = episodes(facts)
  const traced = traceCauses(happened, imageNames)
  const nameless = onlyNode(happened, nodes)
  const drafts = new Map<string, IncidentDraft & { traced: TracedEpisode[] }>()
  const draft = (cause: CauseId, node: string | null) => {
    const key = `${cause} ${node ?? ''}`
    const live = nodes.find(({ view }) => view.name === node)
    const made = drafts.get(key) ?? {
      cause,
      node,
      traced: [],
      happened: happened.filter(({ fact }) => (fact.node ?? nameless) === node),
      names: imageNames,
      pods,
      ...(live === undefined ? {} : { live }),
      ...(observedAt === undefined ? {} : { observedAt }),
    }
    drafts.set(key, made)
    return made
  }
  for (const { view, shortage } of nodes) {
    if (shortage) draft(shortage.unit === 'bytes' ? 'disk-filled' : 'inodes-filled', view.name)
  }
  for (const episode of traced) {
    const node = episode.fact.node ?? nameless
    const told = underShortage(episode, nodes.find(({ view }) => view.name === node)?.shortage)
    draft(told.cause, node).traced.push(told)
  }
  return [...drafts.values()].flatMap(withoutUnmissed)
}

/** The node that facts without a node belong to: the only one there is. */
function onlyNode(happened: readonly Episode[], nodes: readonly NodeEvidence[]): string | null {
  const names = new Set([...happened.map(({ fact }) => fact.node), ...nodes.map(({ view }) => view.name)])
  names.delete(null)
  return names.size === 1 ? ([...names][0] ?? null) : null
}

/** That an image was removed is no trouble until something asks for it; then only those that are asked for are. */
function withoutUnmissed(draft: IncidentDraft): IncidentDraft[] {
  if (draft.cause !== 'image-lost') return [draft]
  const effects = draft.traced.filter(({ fact }) => !IMAGE_REMOVALS.has(fact.id))
  if (effects.length === 0) return []
  const missed = new Set(effects.map(({ root }) => root.fact))
  const traced = draft.traced.filter(({ fact }) => !IMAGE_REMOVALS.has(fact.id) || missed.has(fact))
  return [{ ...draft, traced }]
}
