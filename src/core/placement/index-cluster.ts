import type { Node } from '../kubernetes/node.ts'
import type { PersistentVolumeClaim } from '../kubernetes/persistent-volume-claim.ts'
import type { PersistentVolume } from '../kubernetes/persistent-volume.ts'
import type { PodAffinityTerm } from '../kubernetes/pod-scheduling.ts'
import type { Pod } from '../kubernetes/pod.ts'
import type { StorageClass } from '../kubernetes/storage-class.ts'
import { amountsReader } from './amounts.ts'
import { namespaceOf, nodeFacts, type NodeFacts } from './node-facts.ts'
import { isTerminal } from './node-usage.ts'
import { requiredTerms } from './required-terms.ts'

/** What is known of a cluster. A part that could not be had is absent, never empty: what depends on it is then not evaluated. */
export interface Cluster {
  nodes: readonly Node[]
  pods?: readonly Pod[] | undefined
  claims?: readonly PersistentVolumeClaim[] | undefined
  volumes?: readonly PersistentVolume[] | undefined
  storageClasses?: readonly StorageClass[] | undefined
}

/** A pod that is on a known node and has not ended. */
export interface PodThere {
  pod: Pod
  node: NodeFacts
}

/** A term by which pods keep others away, with the pods that have it: those of one workload share it. */
export interface KeepAway {
  term: PodAffinityTerm
  namespace: string
  pods: readonly PodThere[]
}

/** A cluster, worked out for placing many pods. */
export interface PlacementIndex {
  nodes: readonly NodeFacts[]
  arePodsKnown: boolean
  podsByNamespace: ReadonlyMap<string, readonly PodThere[]>
  keepAway: readonly KeepAway[]
  /** By `namespace/name`. */
  claims: ReadonlyMap<string, PersistentVolumeClaim> | undefined
  volumes: ReadonlyMap<string, PersistentVolume> | undefined
  storageClasses: ReadonlyMap<string, StorageClass> | undefined
}

/** Works out once what placing any pod needs: sums and ports of every node, and objects by name. */
export function indexCluster({ nodes, pods, claims, volumes, storageClasses }: Cluster): PlacementIndex {
  const byNode = new Map<string, Pod[]>()
  for (const pod of pods ?? []) {
    if (pod.spec.nodeName && !isTerminal(pod)) group(byNode, pod.spec.nodeName, pod)
  }
  const read = amountsReader()
  const facts = nodes.map((node) => nodeFacts(node, byNode.get(node.metadata.name) ?? [], read))
  const podsByNamespace = new Map<string, PodThere[]>()
  const keepAway = new Map<string, KeepAway & { pods: PodThere[] }>()
  for (const node of facts) {
    for (const pod of node.pods) {
      const there = { pod, node }
      const namespace = namespaceOf(pod)
      group(podsByNamespace, namespace, there)
      for (const term of requiredTerms(pod).apart) {
        const key = `${namespace} ${JSON.stringify(term)}`
        const known = keepAway.get(key)
        if (known) known.pods.push(there)
        else keepAway.set(key, { term, namespace, pods: [there] })
      }
    }
  }
  return {
    nodes: facts,
    arePodsKnown: pods !== undefined,
    podsByNamespace,
    keepAway: [...keepAway.values()],
    claims: claims && new Map(claims.map((claim) => [`${namespaceOf(claim)}/${claim.metadata.name}`, claim])),
    volumes: volumes && byName(volumes),
    storageClasses: storageClasses && byName(storageClasses),
  }
}

function byName<T extends { metadata: { name: string } }>(objects: readonly T[]): Map<string, T> {
  return new Map(objects.map((object) => [object.metadata.name, object]))
}

function group<T>(groups: Map<string, T[]>, key: string, item: T): void {
  const known = groups.get(key)
  if (known) known.push(item)
  else groups.set(key, [item])
}
