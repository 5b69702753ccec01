import { idlePod, inNamespace, MERGE, NOWHERE, STRATEGIC, type Exchange, type Story } from '../exchange.ts'

const NAMESPACE = 'answers-deletions'
const PODS = `/api/v1/namespaces/${NAMESPACE}/pods`
const CLAIMS = `/api/v1/namespaces/${NAMESPACE}/persistentvolumeclaims`
const MAPS = `/api/v1/namespaces/${NAMESPACE}/configmaps`
const pod = (name: string, more: object = {}): Exchange => ({
  what: `pod ${name} is made`,
  ask: `POST ${PODS}`,
  body: idlePod(name, more),
})
const map = (name: string, finalizers: string[] = []): Exchange => ({
  what: `map ${name} is made`,
  ask: `POST ${MAPS}`,
  body: {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name, labels: { made: 'here' }, ...(finalizers.length > 0 && { finalizers }) },
  },
})
const options = (more: object) => ({ kind: 'DeleteOptions', apiVersion: 'v1', ...more })

const ofPods: readonly Exchange[] = [
  pod('waiting'),
  { what: 'a pod on no node goes at once', ask: `DELETE ${PODS}/waiting` },
  { what: 'it is gone', ask: `GET ${PODS}/waiting` },
  pod('placed', { nodeName: NOWHERE }),
  { what: 'a pod on a node is left to its kubelet', ask: `DELETE ${PODS}/placed` },
  { what: 'it is ending', ask: `GET ${PODS}/placed` },
  { what: 'the grace is made shorter', ask: `DELETE ${PODS}/placed?gracePeriodSeconds=7` },
  { what: 'and not longer', ask: `DELETE ${PODS}/placed`, body: options({ gracePeriodSeconds: 60 }) },
  {
    what: 'another is meant',
    ask: `DELETE ${PODS}/placed`,
    body: options({ preconditions: { uid: 'another' } }),
  },
  { what: 'there is no grace', ask: `DELETE ${PODS}/placed`, body: options({ gracePeriodSeconds: 0 }) },
  { what: 'it is deleted twice', ask: `DELETE ${PODS}/placed` },
  pod('long', { nodeName: NOWHERE, terminationGracePeriodSeconds: 90 }),
  { what: 'its own grace', ask: `DELETE ${PODS}/long` },
  pod('tried', { nodeName: NOWHERE }),
  { what: 'it is only tried', ask: `DELETE ${PODS}/tried?dryRun=All` },
  { what: 'it is still there', ask: `GET ${PODS}/tried` },
  pod('ended', { nodeName: NOWHERE }),
  {
    what: 'it has ended',
    ask: `PATCH ${PODS}/ended/status`,
    headers: STRATEGIC,
    body: { status: { phase: 'Succeeded' } },
  },
  { what: 'a pod that has ended goes at once', ask: `DELETE ${PODS}/ended` },
]

const ofClaims: readonly Exchange[] = [
  {
    what: 'a claim is made',
    ask: `POST ${CLAIMS}`,
    body: {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { name: 'data' },
      spec: {
        accessModes: ['ReadWriteOnce'],
        resources: { requests: { storage: '1Gi' } },
        storageClassName: 'none',
      },
    },
  },
  {
    what: 'a pod uses it',
    ask: `POST ${PODS}`,
    body: {
      ...idlePod('user'),
      spec: {
        ...idlePod('user').spec,
        nodeName: NOWHERE,
        volumes: [{ name: 'data', persistentVolumeClaim: { claimName: 'data' } }],
      },
    },
  },
  { what: 'the claim is deleted', ask: `DELETE ${CLAIMS}/data` },
  { what: 'it hangs', ask: `GET ${CLAIMS}/data` },
  {
    what: 'its finalizers are taken away',
    ask: `PATCH ${CLAIMS}/data`,
    headers: STRATEGIC,
    body: { metadata: { finalizers: null } },
  },
  { what: 'it is gone', ask: `GET ${CLAIMS}/data` },
]

const held: readonly Exchange[] = [
  map('plain'),
  { what: 'a plain object', ask: `DELETE ${MAPS}/plain` },
  map('held', ['example.org/held']),
  { what: 'an object that is held', ask: `DELETE ${MAPS}/held` },
  { what: 'it is there', ask: `GET ${MAPS}/held` },
  {
    what: 'no finalizer is added now',
    ask: `PATCH ${MAPS}/held`,
    headers: MERGE,
    body: { metadata: { finalizers: ['example.org/held', 'example.org/more'] } },
  },
  {
    what: 'the last one is removed',
    ask: `PATCH ${MAPS}/held`,
    headers: MERGE,
    body: { metadata: { finalizers: [] } },
  },
  { what: 'nothing holds it', ask: `GET ${MAPS}/held` },
  map('propagated', ['example.org/held']),
  {
    what: 'its dependents go first',
    ask: `DELETE ${MAPS}/propagated?propagationPolicy=Foreground`,
    but: ['metadata.finalizers'],
  },
  map('strange'),
  { what: 'an unknown propagation', ask: `DELETE ${MAPS}/strange?propagationPolicy=Sideways` },
  { what: 'a negative grace', ask: `DELETE ${MAPS}/strange`, body: options({ gracePeriodSeconds: -1 }) },
  { what: 'options of another kind', ask: `DELETE ${MAPS}/strange`, body: { kind: 'Pod', apiVersion: 'v1' } },
  { what: 'what is not there', ask: `DELETE ${MAPS}/none` },
  map('several-1'),
  map('several-2'),
  {
    what: 'a collection is deleted',
    ask: `DELETE ${MAPS}?labelSelector=made%3Dhere&fieldSelector=metadata.name!%3Dpropagated`,
    only: ['kind', 'apiVersion', 'items.metadata.name'],
  },
  {
    what: 'it is empty but for what is held',
    ask: `GET ${MAPS}?labelSelector=made%3Dhere`,
    only: ['kind', 'items.metadata.name'],
  },
]

export const deletions: Story = {
  id: 'deletions',
  exchanges: [...inNamespace(NAMESPACE), ...ofPods, ...ofClaims, ...held],
}
