import type { NodeObject } from '../objects.ts'
import { workQueue, type ControlPlane } from './controller.ts'

const PRESSURE = 'node.kubernetes.io/disk-pressure'
const CORDON = 'node.kubernetes.io/unschedulable'
/** The node lifecycle controller looks at a changed node after a while. */
const LOOK_MS = 100

/** Gives nodes the taints of their conditions, and takes them away (semantics §3.11). */
export function runNodeTaints({ objects, agenda }: ControlPlane): void {
  const look = workQueue(agenda, (name) => {
    const node = objects.get<NodeObject>('nodes', undefined, name)
    if (!node) return
    const hasPressure = node.status.conditions.some(
      ({ type, status }) => type === 'DiskPressure' && status === 'True',
    )
    const wanted = new Map([
      [PRESSURE, hasPressure],
      [CORDON, node.spec.unschedulable === true],
    ])
    const taints = node.spec.taints ?? []
    const kept = taints.filter(({ key }) => wanted.get(key) ?? true)
    const added = [...wanted].filter(
      ([key, isWanted]) => isWanted && !taints.some((taint) => taint.key === key),
    )
    if (kept.length === taints.length && added.length === 0) return
    const next = [...kept, ...added.map(([key]) => ({ key, effect: 'NoSchedule' }))]
    objects.update('nodes', { ...node, spec: { ...node.spec, taints: next } })
  })
  objects.onChange(({ resource, object, type }) => {
    if (resource === 'nodes' && type === 'MODIFIED') look(object.metadata.name, LOOK_MS)
  })
}
