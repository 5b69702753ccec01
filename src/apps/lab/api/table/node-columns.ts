import type { KubernetesObject } from '../../store/kubernetes-object.ts'
import { AGE, at, NAME, recordsAt, shown, textAt, wide, type Column } from './columns.ts'

const ROLE = 'node-role.kubernetes.io/'

/** The columns of `kubectl get nodes`. */
export const NODE_COLUMNS: readonly Column[] = [
  NAME,
  shown('Status', statusOf),
  shown('Roles', ({ metadata: { labels = {} } }) => {
    const roles = Object.keys(labels).filter((label) => label.startsWith(ROLE) && label !== ROLE)
    return (
      roles
        .map((label) => label.slice(ROLE.length))
        .toSorted()
        .join(',') || '<none>'
    )
  }),
  AGE,
  shown('Version', (node) => textAt(node, 'status.nodeInfo.kubeletVersion')),
  wide('Internal-IP', (node) => address(node, 'InternalIP')),
  wide('External-IP', (node) => address(node, 'ExternalIP')),
  wide('OS-Image', (node) => textAt(node, 'status.nodeInfo.osImage', '<unknown>')),
  wide('Kernel-Version', (node) => textAt(node, 'status.nodeInfo.kernelVersion', '<unknown>')),
  wide('Container-Runtime', (node) => textAt(node, 'status.nodeInfo.containerRuntimeVersion', '<unknown>')),
]

function statusOf(node: KubernetesObject): string {
  const ready = recordsAt(node, 'status.conditions').find(({ type }) => type === 'Ready')
  const word = ready === undefined ? 'Unknown' : ready['status'] === 'True' ? 'Ready' : 'NotReady'
  return at(node, 'spec.unschedulable') === true ? `${word},SchedulingDisabled` : word
}

function address(node: KubernetesObject, wanted: string): string {
  const found = recordsAt(node, 'status.addresses').find(({ type }) => type === wanted)
  return textAt(found, 'address', '<none>')
}
