import type { Pod } from '../kubernetes/pod.ts'

/** Whether a pod waits to be scheduled. */
export function isUnscheduled({ metadata, spec, status }: Pod): boolean {
  return !spec.nodeName && status.phase === 'Pending' && !metadata.deletionTimestamp
}

/** Whether a pod was evicted by a kubelet: its object is left. */
export function isEvicted({ status }: Pod): boolean {
  return status.phase === 'Failed' && status.reason === 'Evicted'
}
