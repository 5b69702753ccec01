import { APPLY, inNamespace, MERGE, type Exchange, type Story } from '../exchange.ts'

const NAMESPACE = 'answers-apply'
const MAPS = `/api/v1/namespaces/${NAMESPACE}/configmaps`
const PODS = `/api/v1/namespaces/${NAMESPACE}/pods`
const SETS = `/apis/apps/v1/namespaces/${NAMESPACE}/replicasets`
const apply = (what: string, path: string, query: string, body: unknown): Exchange => ({
  what,
  ask: `PATCH ${path}?${query}`,
  headers: APPLY,
  body,
})
const map = (data: object, more: object = {}) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'one', ...more },
  data,
})

const maps: readonly Exchange[] = [
  apply('it is made', `${MAPS}/one`, 'fieldManager=ours', map({ a: '1', b: '2' })),
  apply('nothing is changed', `${MAPS}/one`, 'fieldManager=ours', map({ a: '1', b: '2' })),
  apply(
    'another agrees',
    `${MAPS}/one`,
    'fieldManager=theirs',
    map({ a: '1', c: '3' }, { labels: { x: 'y' } }),
  ),
  apply('another disagrees', `${MAPS}/one`, 'fieldManager=theirs', map({ a: '9', b: '8', c: '3' })),
  apply('another insists', `${MAPS}/one`, 'fieldManager=theirs&force=true', map({ a: '9', c: '3' })),
  apply('what is not applied again goes', `${MAPS}/one`, 'fieldManager=ours', map({})),
  {
    what: 'it is patched by somebody',
    ask: `PATCH ${MAPS}/one?fieldManager=somebody`,
    headers: MERGE,
    body: { data: { a: '7', d: '4' } },
  },
  apply('what somebody set is in the way', `${MAPS}/one`, 'fieldManager=theirs', map({ a: '9', c: '3' })),
  apply('it is only tried', `${MAPS}/one`, 'fieldManager=ours&dryRun=All', map({ e: '5' })),
  { what: 'how it is after all', ask: `GET ${MAPS}/one` },
  apply('nobody manages it', `${MAPS}/one`, '', map({ a: '1' })),
  apply(
    'it is YAML',
    `${MAPS}/two`,
    'fieldManager=ours',
    'apiVersion: v1\nkind: ConfigMap\ndata:\n  a: "1"\n',
  ),
  apply('it is neither', `${MAPS}/two`, 'fieldManager=ours', '{nonsense'),
  apply('it has no kind', `${MAPS}/two`, 'fieldManager=ours', { data: { a: '1' } }),
  apply('it has another name', `${MAPS}/two`, 'fieldManager=ours', map({})),
  apply('it has managers already', `${MAPS}/one`, 'fieldManager=ours', map({}, { managedFields: [{}] })),
]

const container = (more: object) => ({ name: 'main', image: 'lab.local/app1:1.0', ...more })
const set = (containers: readonly object[]) => ({
  apiVersion: 'apps/v1',
  kind: 'ReplicaSet',
  metadata: { name: 'web', finalizers: ['example.org/ours'] },
  spec: {
    replicas: 0,
    selector: { matchLabels: { app: 'web' } },
    template: { metadata: { labels: { app: 'web' } }, spec: { containers } },
  },
})
const workloads: readonly Exchange[] = [
  {
    ...apply(
      'a workload is made',
      `${SETS}/web`,
      'fieldManager=ours',
      set([container({ env: [{ name: 'A', value: '1' }], ports: [{ containerPort: 80, protocol: 'TCP' }] })]),
    ),
    but: ['status'],
  },
  {
    ...apply('another adds a container', `${SETS}/web`, 'fieldManager=theirs', {
      apiVersion: 'apps/v1',
      kind: 'ReplicaSet',
      metadata: { name: 'web', finalizers: ['example.org/theirs'] },
      spec: {
        template: {
          spec: {
            containers: [
              { name: 'main', env: [{ name: 'B', value: '2' }] },
              { name: 'side', image: 'lab.local/app2:1.0' },
            ],
          },
        },
      },
    }),
    but: ['status', 'metadata.managedFields', 'metadata.generation'],
  },
  {
    ...apply(
      'the first goes on without its variable',
      `${SETS}/web`,
      'fieldManager=ours',
      set([container({})]),
    ),
    but: ['status', 'metadata.managedFields', 'metadata.generation'],
  },
  {
    ...apply('the first wants another image', `${SETS}/web`, 'fieldManager=theirs', {
      apiVersion: 'apps/v1',
      kind: 'ReplicaSet',
      spec: { template: { spec: { containers: [{ name: 'main', image: 'lab.local/app3:1.0' }] } } },
    }),
  },
  {
    what: 'it goes',
    ask: `PATCH ${SETS}/web`,
    headers: MERGE,
    body: { metadata: { finalizers: [] } },
    only: ['kind', 'metadata.finalizers'],
  },
  {
    ...apply('a pod without containers', `${PODS}/none`, 'fieldManager=ours', {
      apiVersion: 'v1',
      kind: 'Pod',
      spec: {},
    }),
  },
]

export const applied: Story = {
  id: 'apply',
  comparesManagedFields: true,
  exchanges: [...inNamespace(NAMESPACE), ...maps, ...workloads],
}
