import type { KubernetesObject } from '../../store/kubernetes-object.ts'
import { AGE, at, NAME, numberAt, recordsAt, shown, textAt, wide, type Column } from './columns.ts'

const counted = (name: string, path: string) => shown(name, (object) => numberAt(object, path), 'integer')
const readyOfWanted = shown(
  'Ready',
  (object) => `${numberAt(object, 'status.readyReplicas')}/${numberAt(object, 'spec.replicas')}`,
)
const containers = [
  wide('Containers', (object) => templateList(object, 'name')),
  wide('Images', (object) => templateList(object, 'image')),
]
const selector = wide('Selector', (object) => pairs(at(object, 'spec.selector.matchLabels')))

function templateList(object: KubernetesObject, field: string): string {
  return recordsAt(object, 'spec.template.spec.containers')
    .map((one) => textAt(one, field))
    .join(',')
}

function pairs(labels: unknown): string {
  return (
    Object.entries(labels ?? {})
      .map(([key, value]) => `${key}=${value}`)
      .join(',') || '<none>'
  )
}

export const STATEFUL_SET_COLUMNS: readonly Column[] = [NAME, readyOfWanted, AGE, ...containers]
export const DEPLOYMENT_COLUMNS: readonly Column[] = [
  NAME,
  readyOfWanted,
  counted('Up-to-date', 'status.updatedReplicas'),
  counted('Available', 'status.availableReplicas'),
  AGE,
  ...containers,
  selector,
]
export const REPLICA_SET_COLUMNS: readonly Column[] = [
  NAME,
  counted('Desired', 'spec.replicas'),
  counted('Current', 'status.replicas'),
  counted('Ready', 'status.readyReplicas'),
  AGE,
  ...containers,
  selector,
]
export const DAEMON_SET_COLUMNS: readonly Column[] = [
  NAME,
  counted('Desired', 'status.desiredNumberScheduled'),
  counted('Current', 'status.currentNumberScheduled'),
  counted('Ready', 'status.numberReady'),
  counted('Up-to-date', 'status.updatedNumberScheduled'),
  counted('Available', 'status.numberAvailable'),
  shown('Node Selector', (object) => pairs(at(object, 'spec.template.spec.nodeSelector'))),
  AGE,
  ...containers,
  selector,
]
export const SERVICE_COLUMNS: readonly Column[] = [
  NAME,
  shown('Type', (service) => textAt(service, 'spec.type', 'ClusterIP')),
  shown('Cluster-IP', (service) => textAt(service, 'spec.clusterIP', '<none>')),
  shown('External-IP', () => '<none>'),
  shown('Port(s)', (service) => {
    const ports = recordsAt(service, 'spec.ports')
    return (
      ports.map((one) => `${textAt(one, 'port')}/${textAt(one, 'protocol', 'TCP')}`).join(',') || '<none>'
    )
  }),
  AGE,
  wide('Selector', (service) => pairs(at(service, 'spec.selector'))),
]
