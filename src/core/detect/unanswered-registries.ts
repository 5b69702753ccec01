import { pullFailure } from '../explain/pull-error.ts'
import type { ClusterView } from '../observe/cluster-view.ts'
import type { Duration } from '../units/duration.ts'
import { containersOf, registryOfImage } from './image-names.ts'

/** What was stated longer ago says nothing of now. */
const FRESH: Duration = 3_600_000

/** The registries that do not answer a node, by node: as far as failed pulls tell, whose error is of the network. */
export function unansweredRegistries({
  objects,
  nodes,
  observedAt,
}: ClusterView): ReadonlyMap<string, ReadonlySet<string>> {
  const byNode = new Map<string, Set<string>>()
  const add = (node: string, image: string) => {
    const known = byNode.get(node)
    if (known) known.add(registryOfImage(image))
    else byNode.set(node, new Set([registryOfImage(image)]))
  }
  for (const pod of objects.pods?.value ?? []) {
    const { nodeName } = pod.spec
    if (nodeName === undefined || pod.status.phase === 'Failed') continue
    for (const { spec, status } of containersOf(pod)) {
      const waiting = status?.state?.waiting
      if (!/^(?:ErrImagePull|ImagePullBackOff|RegistryUnavailable)$/.test(waiting?.reason ?? '')) continue
      const isOfNetwork = pullFailure(waiting?.message ?? '') === 'image-pull-failed-network'
      if (spec.image !== undefined && isOfNetwork) add(nodeName, spec.image)
    }
  }
  for (const [node, { facts }] of nodes) {
    for (const { id, fields, lastAt } of facts) {
      const { image } = fields
      if (id !== 'image-pull-failed-network' || typeof image !== 'string') continue
      if (lastAt !== null && observedAt - lastAt <= FRESH) add(node, image)
    }
  }
  return byNode
}
