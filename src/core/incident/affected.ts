import type { FactId } from '../explain/facts/vocabulary.ts'
import { claimsOf, podName, type NodeView } from '../observe/node-view.ts'
import { imagesOf, podLabel, podLabels, podsOf, textField } from './connections.ts'
import { distinct } from './fact-words.ts'
import { shortageOf, type IncidentDraft } from './incident-draft.ts'
import type { Incident } from './incident.ts'

/** Facts about pods and images that were considered and spared. */
const SPARED: ReadonlySet<FactId> = new Set<FactId>([
  'pods-ranked',
  'image-too-young',
  'eviction-blocked-critical-pod',
])

/** Whom an incident harms: pods, images that are gone or cannot be had, the claims of those pods, the node. */
export function affectedBy(draft: IncidentDraft): Incident['affected'] {
  const facts = draft.traced.map(({ fact }) => fact).filter(({ id }) => !SPARED.has(id))
  const pods = podLabels(facts.flatMap(podsOf))
  const suspects = shortageOf(draft)?.attribution?.suspects ?? []
  return {
    images: distinct(facts.map((fact) => imagesOf(fact, draft.names)[0])),
    pods,
    volumes: distinct([
      ...suspects.map(({ claim }) => claim),
      ...claimsOfPods(pods, draft.live?.view),
      ...facts.map(({ fields }) => claimLabel(fields['claim'])),
    ]),
    nodes: draft.node === null ? distinct(facts.map((fact) => textField(fact, 'node'))) : [draft.node],
  }
}

function claimsOfPods(names: readonly string[], view: NodeView | undefined): string[] {
  return (view?.pods?.value ?? []).filter((pod) => names.includes(podName(pod))).flatMap(claimsOf)
}

function claimLabel(claim: unknown): string | undefined {
  if (claim === null || typeof claim !== 'object') return undefined
  const { namespace, name } = claim as { namespace?: string; name?: string }
  return name === undefined
    ? undefined
    : podLabel({ ...(namespace === undefined ? {} : { namespace }), name })
}
