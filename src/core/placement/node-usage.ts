import type { Pod } from '../kubernetes/pod.ts'
import { add, type Amounts, type amountsReader } from './amounts.ts'
import { takePorts, type PortsInUse } from './host-port.ts'
import { heldBy } from './pod-requests.ts'

/** What the pods of a node have taken of it. */
export interface NodeUsage {
  pods: number
  amounts: Amounts
  ports: PortsInUse
}

/** Adds up what pods hold; those that have ended are not to be among them. */
export function usageOf(pods: readonly Pod[], read: ReturnType<typeof amountsReader>): NodeUsage {
  const usage: NodeUsage = { pods: pods.length, amounts: new Map(), ports: new Map() }
  for (const pod of pods) {
    add(usage.amounts, heldBy(pod, read))
    takePorts(usage.ports, pod)
  }
  return usage
}

/** Whether a pod has ended, so that it holds nothing; one that is being deleted still does. */
export function isTerminal({ status }: Pod): boolean {
  return status.phase === 'Succeeded' || status.phase === 'Failed'
}
