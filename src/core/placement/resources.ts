import type { Pod } from '../kubernetes/pod.ts'
import { message, type Message } from '../messages/message.ts'
import type { Lack } from '../messages/placement.ts'
import { amountsReader } from './amounts.ts'
import { few, MOST_NAMED } from './few.ts'
import { hostPortsOf, isTaken, portText } from './host-port.ts'
import { passes, type NodeCheck } from './node-check.ts'
import { usageBeside } from './node-facts.ts'
import { requestsOf } from './pod-requests.ts'

/** Resources that the scheduler counts; others, such as `storage`, it passes over. */
const COUNTED = /^(?:cpu|memory|ephemeral-storage|(?:hugepages|attachable-volumes)-.*)$|\//

/** Filter NodeResourcesFit: a place among the node's pods, and enough of each resource that the pod asks for. */
export function checkResources(pod: Pod): NodeCheck {
  const wanted = [...requestsOf(pod, amountsReader())].filter(
    ([resource, amount]) => COUNTED.test(resource) && !(amount <= 0),
  )
  return (node) => {
    const { allocatable } = node
    if (!allocatable) return [message('placement.unknown.allocatable')]
    const usage = usageBeside(node, pod)
    const reasons: Message[] = []
    const unread: string[] = []
    const mostPods = allocatable.get('pods') ?? 0
    if (Number.isNaN(mostPods)) unread.push('pods')
    if (usage.pods + 1 > mostPods)
      reasons.push(message('placement.refused.too-many-pods', { allocatable: mostPods }))

    const lacks: Lack[] = []
    for (const [resource, requested] of wanted) {
      // What a node does not list it has none of.
      const free = (allocatable.get(resource) ?? 0) - (usage.amounts.get(resource) ?? 0)
      if (requested > free) lacks.push({ resource, requested, free: Math.max(free, 0) })
      else if (!(requested <= free)) unread.push(resource)
    }
    if (lacks.length > 0)
      reasons.push(
        message('placement.refused.insufficient', { lacks: lacks.slice(0, MOST_NAMED), count: lacks.length }),
      )
    if (unread.length > 0)
      reasons.push(message('placement.unknown.quantity', { resources: few(unread, String) }))
    return reasons
  }
}

/** Filter NodePorts: no port that the pod takes of its node may be taken there. */
export function checkHostPorts(pod: Pod): NodeCheck {
  const wanted = hostPortsOf(pod)
  if (wanted.length === 0) return passes
  return (node) => {
    const { ports } = usageBeside(node, pod)
    const taken = wanted.filter((port) => isTaken(port, ports))
    return taken.length === 0
      ? []
      : [message('placement.refused.host-ports', { ports: few(taken, portText) })]
  }
}
