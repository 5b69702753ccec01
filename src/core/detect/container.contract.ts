import type { Pod } from '../kubernetes/pod.ts'
import { pod } from '../placement/cluster.contract.ts'

type State = Record<string, unknown>

/** A pod of the namespace `app` on the node `n1`, with one container of an image in a state. */
export function podOf(
  name: string,
  image: string,
  state: State,
  { nodeName = 'n1', imagePullPolicy = 'IfNotPresent', imageID = '', owner = '', phase = 'Running' } = {},
): Pod {
  const ownerReferences = owner ? [{ kind: 'DaemonSet', name: owner, uid: owner }] : undefined
  return pod(
    name,
    { nodeName, containers: [{ name: 'c', image, imagePullPolicy }] },
    { namespace: 'app', uid: name, ...(ownerReferences && { ownerReferences }) },
    { phase, containerStatuses: [{ name: 'c', image, imageID, state }] },
  )
}

export const waiting = (reason: string, message?: string): State => ({ waiting: { reason, message } })
export const running = (startedAt: string): State => ({ running: { startedAt } })
