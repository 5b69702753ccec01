import type { Container, Pod } from '../kubernetes/pod.ts'
import type { Quantities } from '../kubernetes/quantities.ts'
import { add, raise, type Amounts } from './amounts.ts'

type Read = (quantities: Quantities) => Amounts

/**
 * What a pod asks for, as the scheduler counts it: the sum of its containers and sidecars, or the most that any init
 * container needs beside the sidecars before it; what is asked for the pod as a whole takes precedence; and its overhead.
 */
export function requestsOf(pod: Pod, read: Read): Amounts {
  return withPodLevel(
    pod,
    read,
    ofContainers(pod, (container) => read(requestsOfContainer(container))),
  )
}

/** What a pod on a node holds: what it asks for, or what it still has while it is being resized, whichever is more. */
export function heldBy(pod: Pod, read: Read): Amounts {
  const statuses = new Map(
    [...pod.status.containerStatuses, ...(pod.status.initContainerStatuses ?? [])].map((status) => [
      status.name,
      status,
    ]),
  )
  const granted = ({ name }: Container) => statuses.get(name)?.allocatedResources
  const inForce = ({ name }: Container) => statuses.get(name)?.resources?.requests
  const containers = [...pod.spec.containers, ...(pod.spec.initContainers ?? [])]
  const isResized = containers.some(
    (container) => differs(granted(container), container) || differs(inForce(container), container),
  )
  if (!isResized) return requestsOf(pod, read)

  const most = ofContainers(pod, (container) => read(requestsOfContainer(container)))
  raise(
    most,
    ofContainers(pod, (container) => read(granted(container) ?? requestsOfContainer(container))),
  )
  raise(
    most,
    ofContainers(pod, (container) =>
      read(inForce(container) ?? granted(container) ?? requestsOfContainer(container)),
    ),
  )
  return withPodLevel(pod, read, most)
}

/** The API server takes a limit for a request that is not given; a pod from a template has not passed it yet. */
function requestsOfContainer({ resources }: Container): Quantities {
  return resources?.limits ? { ...resources.limits, ...resources.requests } : resources?.requests
}

function differs(quantities: Quantities, { resources }: Container): boolean {
  if (!quantities) return false
  return Object.entries(quantities).some(
    ([resource, quantity]) => quantity !== resources?.requests?.[resource],
  )
}

function ofContainers({ spec }: Pod, of: (container: Container) => Amounts): Amounts {
  const total: Amounts = new Map()
  for (const container of spec.containers) add(total, of(container))
  if (!spec.initContainers?.length) return total

  const sidecars: Amounts = new Map()
  const peak: Amounts = new Map()
  for (const container of spec.initContainers) {
    const needed = of(container)
    if (container.restartPolicy === 'Always') {
      add(total, needed)
      add(sidecars, needed)
    } else {
      add(needed, sidecars)
      raise(peak, needed)
    }
  }
  raise(total, peak)
  return total
}

const POD_LEVEL = /^(?:cpu|memory|hugepages-.*)$/

function withPodLevel({ spec }: Pod, read: Read, amounts: Amounts): Amounts {
  for (const [resource, amount] of read(spec.resources?.requests)) {
    if (POD_LEVEL.test(resource)) amounts.set(resource, amount)
  }
  if (spec.overhead) add(amounts, read(spec.overhead))
  return amounts
}
