import { normaliseImageReference } from '../../kubernetes/image-reference.ts'
import type { Pod } from '../../kubernetes/pod.ts'
import type { ObservedImage } from '../../observe/observation.ts'

/** What an observed image is called in a simulation: its id, or a name where no id is known. */
export function imageKey({ id, names }: ObservedImage): string {
  return id ?? names[0] ?? ''
}

/** Finds the observed image that a pod's container is made from, whichever of its names the pod uses. */
export function imageFinder(images: readonly ObservedImage[]): (reference: string) => string | undefined {
  const known = new Map<string, string>()
  for (const image of images) {
    for (const name of [...image.names, ...(image.id === undefined ? [] : [image.id])]) {
      known.set(normaliseImageReference(name), imageKey(image))
    }
  }
  return (reference) => known.get(normaliseImageReference(reference))
}

/** The image of each container that a pod has: what the runtime said it is made from, else what the pod asks for. */
export function containerImages(
  pod: Pod,
  find: (reference: string) => string | undefined,
): ReadonlyMap<string, string> {
  const statuses = new Map(pod.status.containerStatuses.map((status) => [status.name, status]))
  return new Map(
    pod.spec.containers.flatMap(({ name, image }) => {
      const status = statuses.get(name)
      const found = [status?.imageID, status?.image, image]
        .filter((reference) => reference !== undefined && reference !== '')
        .map((reference) => find(reference ?? ''))
        .find((key) => key !== undefined)
      return found === undefined ? [] : [[name, found] as const]
    }),
  )
}
