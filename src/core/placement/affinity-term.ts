import type { PodAffinityTerm } from '../kubernetes/pod-scheduling.ts'
import type { Pod } from '../kubernetes/pod.ts'
import type { PlacementIndex, PodThere } from './index-cluster.ts'
import { selects } from './labels.ts'
import { namespaceOf } from './node-facts.ts'

/**
 * Whether a term of a pod's affinity means another pod; undefined when that depends on labels of its namespace.
 * A term that names no namespace means the one of the pod it belongs to.
 */
export function isMeant(term: PodAffinityTerm, ownNamespace: string, pod: Pod): boolean | undefined {
  if (!selects(term.labelSelector, pod.metadata.labels)) return false
  const { namespaces, namespaceSelector } = term
  const namespace = namespaceOf(pod)
  if (namespaces?.includes(namespace)) return true
  if (!namespaceSelector) return !namespaces?.length && namespace === ownNamespace
  return selectsAll(namespaceSelector) ? true : undefined
}

/** The pods among which those are that a term may mean. */
export function candidates(
  { namespaces, namespaceSelector }: PodAffinityTerm,
  ownNamespace: string,
  { podsByNamespace }: PlacementIndex,
): readonly PodThere[] {
  if (namespaceSelector) return [...podsByNamespace.values()].flat()
  const meant = namespaces?.length ? [...new Set(namespaces)] : [ownNamespace]
  return meant.flatMap((namespace) => podsByNamespace.get(namespace) ?? [])
}

function selectsAll({ matchLabels, matchExpressions }: NonNullable<PodAffinityTerm['namespaceSelector']>) {
  return Object.keys(matchLabels ?? {}).length + matchExpressions.length === 0
}
