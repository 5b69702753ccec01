import type { Pod } from '../../kubernetes/pod.ts'

const MIRROR = 'kubernetes.io/config.mirror'

type Containers = NonNullable<Pod['spec']['initContainers']>
type Statuses = Pod['status']['containerStatuses']

/**
 * A pod with no more of it than an agent needs to tell whom its kubelet evicts and which images are in use
 * (semantics §3.4, §1.3): it is sent again with each round.
 */
export function toldPod({ metadata, spec, status }: Pod): Pod {
  const { name, namespace, uid, deletionTimestamp, ownerReferences } = metadata
  const mirror = metadata.annotations?.[MIRROR]
  return {
    metadata: {
      name,
      namespace,
      uid,
      deletionTimestamp,
      ownerReferences,
      ...(mirror !== undefined && { annotations: { [MIRROR]: mirror } }),
    },
    spec: {
      nodeName: spec.nodeName,
      priority: spec.priority,
      terminationGracePeriodSeconds: spec.terminationGracePeriodSeconds,
      containers: toldContainers(spec.containers),
      initContainers: spec.initContainers && toldContainers(spec.initContainers),
      volumes: spec.volumes,
    },
    status: {
      phase: status.phase,
      reason: status.reason,
      startTime: status.startTime,
      containerStatuses: toldStatuses(status.containerStatuses),
      initContainerStatuses: status.initContainerStatuses && toldStatuses(status.initContainerStatuses),
    },
  }
}

const toldContainers = (containers: Containers): Containers =>
  containers.map(({ name, image, resources }) => ({ name, image, resources }))

const toldStatuses = (statuses: Statuses): Statuses =>
  statuses.map(({ name, image, imageID }) => ({ name, image, imageID }))
