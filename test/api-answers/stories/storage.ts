import { AS_TABLE, inNamespace, type Exchange, type Story } from '../exchange.ts'

const NAMESPACE = 'answers-storage'
const CLAIMS = `/api/v1/namespaces/${NAMESPACE}/persistentvolumeclaims`
const EVENTS = `/api/v1/namespaces/${NAMESPACE}/events`
const ENOUGH = { accessModes: ['ReadWriteOnce'], storageClassName: 'answers-local' }
const volume = (name: string, spec: object): Exchange => ({
  what: `volume ${name}`,
  ask: 'POST /api/v1/persistentvolumes',
  body: { apiVersion: 'v1', kind: 'PersistentVolume', metadata: { name }, spec },
})

const volumes: readonly Exchange[] = [
  {
    what: 'a class is made',
    ask: 'POST /apis/storage.k8s.io/v1/storageclasses',
    body: {
      apiVersion: 'storage.k8s.io/v1',
      kind: 'StorageClass',
      metadata: { name: 'answers-local' },
      provisioner: 'kubernetes.io/no-provisioner',
      volumeBindingMode: 'WaitForFirstConsumer',
    },
  },
  {
    what: 'the class as a table',
    ask: 'GET /apis/storage.k8s.io/v1/storageclasses/answers-local',
    headers: AS_TABLE,
  },
  volume('answers-pv', {
    ...ENOUGH,
    capacity: { storage: '1Gi' },
    persistentVolumeReclaimPolicy: 'Retain',
    local: { path: '/mnt/data' },
    nodeAffinity: {
      required: {
        nodeSelectorTerms: [
          { matchExpressions: [{ key: 'kubernetes.io/hostname', operator: 'In', values: ['nowhere'] }] },
        ],
      },
    },
  }),
  {
    what: 'the volume as a table',
    ask: 'GET /api/v1/persistentvolumes/answers-pv',
    headers: AS_TABLE,
    until: ['rows.0.cells.4', 'Available'],
  },
  volume('answers-wrong', { ...ENOUGH, local: { path: '/mnt/data' } }),
  {
    what: 'a claim that waits',
    ask: `POST ${CLAIMS}`,
    body: {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { name: 'waits' },
      spec: { ...ENOUGH, resources: { requests: { storage: '1Gi' } } },
    },
  },
  { what: 'the claim as a table', ask: `GET ${CLAIMS}/waits`, headers: AS_TABLE },
  {
    what: 'a claim for nothing',
    ask: `POST ${CLAIMS}`,
    body: { apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: { name: 'wrong' }, spec: {} },
  },
  {
    what: 'claims, deleted',
    ask: `DELETE ${CLAIMS}`,
    only: ['kind', 'apiVersion'],
  },
  { what: 'volumes, deleted', ask: 'DELETE /api/v1/persistentvolumes/answers-pv', only: ['kind'] },
  {
    what: 'classes, deleted',
    ask: 'DELETE /apis/storage.k8s.io/v1/storageclasses/answers-local',
    only: ['kind'],
  },
]

const event = (name: string, reason: string, uid: string): Exchange => ({
  what: `event ${name} is made`,
  ask: `POST ${EVENTS}`,
  body: {
    apiVersion: 'v1',
    kind: 'Event',
    metadata: { name },
    involvedObject: { apiVersion: 'v1', kind: 'Pod', name: 'es-0', namespace: NAMESPACE, uid },
    reason,
    message: `It was ${reason}.`,
    type: 'Warning',
    source: { component: 'kubelet', host: 'nowhere' },
    count: 3,
    firstTimestamp: '2026-01-02T03:04:05Z',
    lastTimestamp: '2026-01-02T03:05:05Z',
  },
})
const some = (what: string, selector: string): Exchange => ({
  what,
  ask: `GET ${EVENTS}?fieldSelector=${encodeURIComponent(selector)}`,
  only: ['kind', 'items.metadata.name', 'message', 'code', 'reason'],
})
const events: readonly Exchange[] = [
  event('es-0.1', 'Evicted', 'uid-1'),
  event('es-0.2', 'Failed', 'uid-2'),
  some('of an object', 'involvedObject.name=es-0,involvedObject.kind=Pod,reason!=x'),
  some('of a uid', 'involvedObject.uid=uid-2'),
  some('by reason', 'reason=Evicted'),
  some('by what wrote it', 'source=kubelet,type=Warning'),
  some('by what cannot be selected', 'message=x'),
  {
    what: 'as a table',
    ask: `GET ${EVENTS}?fieldSelector=reason%3DEvicted`,
    headers: AS_TABLE,
    but: ['rows.cells.0', 'rows.cells.5', 'rows.cells.7'],
  },
]

export const storage: Story = {
  id: 'storage',
  exchanges: [...inNamespace(NAMESPACE), ...volumes, ...events],
}
