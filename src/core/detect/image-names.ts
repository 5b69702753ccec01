import { normaliseImageReference } from '../kubernetes/image-reference.ts'
import type { Container, Pod } from '../kubernetes/pod.ts'
import type { NodeView } from '../observe/node-view.ts'

type ContainerStatus = Pod['status']['containerStatuses'][number]

/** A container of a pod with what its kubelet says of it. */
export interface PodContainer {
  spec: Container
  status: ContainerStatus | undefined
}

/** The containers of a pod, init containers among them. */
export function containersOf({ spec, status }: Pod): PodContainer[] {
  const statuses = [...status.containerStatuses, ...(status.initContainerStatuses ?? [])]
  return [...spec.containers, ...(spec.initContainers ?? [])].map((container) => ({
    spec: container,
    status: statuses.find(({ name }) => name === container.name),
  }))
}

/** Every name by which a container's image may be listed: as it is asked for, as it runs, and by its digest. */
export function namesOfImage({ spec, status }: PodContainer): string[] {
  const asked = [spec.image, status?.image, status?.imageID?.replace(/^[\w-]+:\/\//, '')]
  const names = asked.flatMap((name) => (name ? comparableName(name) : []))
  return [...new Set(names)]
}

/** A name as all compare it; where it has a digest, without the tag that says nothing more. */
export function comparableName(name: string): string {
  const whole = normaliseImageReference(name)
  const at = whole.indexOf('@')
  return at === -1 ? whole : whole.slice(0, at).replace(/:[\w][\w.-]*$/, '') + whole.slice(at)
}

/** The registry that an image is pulled from; `docker.io` is never written. */
export function registryOfImage(image: string): string {
  return normaliseImageReference(image).split('/', 1)[0] ?? ''
}

/** Of an image a node lists so many names at most (semantics §10.1). */
export const LISTED_NAMES = 5

/** So many images Node.status.images lists by default, the largest (semantics §10.1). */
const LISTED_IMAGES = 50

/** Whether Node.status.images, with so many in it, may leave out others: by what its kubelet is told, or by default. */
export function mayBeCut(
  listed: number,
  { kubeletConfiguration }: Pick<NodeView, 'kubeletConfiguration'>,
): boolean {
  const most = kubeletConfiguration?.value.nodeStatusMaxImages ?? LISTED_IMAGES
  return most >= 0 && listed >= most
}
