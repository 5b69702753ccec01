import type { Pod } from '../kubernetes/pod.ts'
import { message } from '../messages/message.ts'
import { candidates, isMeant } from './affinity-term.ts'
import { Domains } from './domains.ts'
import type { PlacementIndex } from './index-cluster.ts'
import { labelOf } from './labels.ts'
import { allOf, passes, type NodeCheck } from './node-check.ts'
import { isSamePod, namespaceOf } from './node-facts.ts'
import { requiredTerms } from './required-terms.ts'

/**
 * Filter InterPodAffinity: the pods that the pod has to be near, those it keeps away from, and those that keep it away.
 * Where a term depends on labels of namespaces it is not evaluated.
 */
export function checkPodAffinity(pod: Pod, index: PlacementIndex): NodeCheck {
  return index.arePodsKnown ? allOf([checkNear(pod, index), checkApart(pod, index)]) : passes
}

function checkNear(pod: Pod, index: PlacementIndex): NodeCheck {
  const { near } = requiredTerms(pod)
  const [first] = near
  if (!first) return passes
  const namespace = namespaceOf(pod)
  const meant = new Domains()
  const maybe = new Domains()
  for (const { pod: other, node } of candidates(first, namespace, index)) {
    if (isSamePod(other, pod)) continue
    // One pod has to be meant by all terms.
    const answers = near.map((term) => isMeant(term, namespace, other))
    if (answers.includes(false)) continue
    const domains = answers.includes(undefined) ? maybe : meant
    for (const { topologyKey } of near) domains.add(topologyKey, node, nameOf(other))
  }
  const isFirst =
    maybe.isEmpty() && meant.isEmpty() && near.every((term) => isMeant(term, namespace, pod) === true)
  const mayBeFirst = meant.isEmpty() && near.every((term) => isMeant(term, namespace, pod) !== false)

  return (node) => {
    const lacking = near.find(({ topologyKey }) => labelOf(node.labels, topologyKey) === undefined)
    if (lacking) return [message('placement.refused.topology-label', { topologyKey: lacking.topologyKey })]
    // The first of pods that have to be near each other may go anywhere.
    if (isFirst || near.every(({ topologyKey }) => meant.has(topologyKey, node))) return []
    const isMaybe = near.every(
      ({ topologyKey }) => meant.has(topologyKey, node) || maybe.has(topologyKey, node),
    )
    return [
      message(isMaybe || mayBeFirst ? 'placement.unknown.pod-affinity' : 'placement.refused.pod-affinity'),
    ]
  }
}

function checkApart(pod: Pod, index: PlacementIndex): NodeCheck {
  const certain = new Domains()
  const maybe = new Domains()
  const namespace = namespaceOf(pod)
  for (const term of requiredTerms(pod).apart) {
    for (const { pod: other, node } of candidates(term, namespace, index)) {
      const answer = !isSamePod(other, pod) && isMeant(term, namespace, other)
      if (answer !== false) (answer ? certain : maybe).add(term.topologyKey, node, nameOf(other))
    }
  }
  for (const { term, namespace: theirs, pods } of index.keepAway) {
    const answer = isMeant(term, theirs, pod)
    if (answer === false) continue
    for (const { pod: other, node } of pods)
      if (!isSamePod(other, pod)) (answer ? certain : maybe).add(term.topologyKey, node, nameOf(other))
  }
  if (certain.isEmpty() && maybe.isEmpty()) return passes
  return (node) => {
    const found = certain.find(node)
    if (found) return [message('placement.refused.pod-anti-affinity', found)]
    return maybe.find(node) ? [message('placement.unknown.pod-affinity')] : []
  }
}

function nameOf(pod: Pod): string {
  return `${namespaceOf(pod)}/${pod.metadata.name}`
}
