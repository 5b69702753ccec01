import { idlePod, inNamespace, MERGE, NOWHERE, STRATEGIC, type Exchange, type Story } from '../exchange.ts'

const NAMESPACE = 'answers-subresources'
const CORE = `/api/v1/namespaces/${NAMESPACE}`
const BUDGETS = `/apis/policy/v1beta1/namespaces/${NAMESPACE}/poddisruptionbudgets`
const SETS = `/apis/apps/v1/namespaces/${NAMESPACE}/statefulsets`
const healthy = (name: string): Exchange[] => [
  {
    what: `pod ${name} is made`,
    ask: `POST ${CORE}/pods`,
    body: idlePod(name, { labels: { app: 'web' }, nodeName: NOWHERE }),
  },
  {
    what: `pod ${name} is ready`,
    ask: `PATCH ${CORE}/pods/${name}/status`,
    headers: STRATEGIC,
    body: { status: { phase: 'Running', conditions: [{ type: 'Ready', status: 'True' }] } },
  },
]
const evict = (what: string, name: string, more: object = {}, path = name): Exchange => ({
  what,
  ask: `POST ${CORE}/pods/${path}/eviction`,
  body: { apiVersion: 'policy/v1beta1', kind: 'Eviction', metadata: { name, namespace: NAMESPACE }, ...more },
})

const evictions: readonly Exchange[] = [
  ...healthy('web-1'),
  ...healthy('web-2'),
  {
    what: 'a budget is made',
    ask: `POST ${BUDGETS}`,
    body: {
      apiVersion: 'policy/v1beta1',
      kind: 'PodDisruptionBudget',
      metadata: { name: 'web' },
      spec: { minAvailable: 1, selector: { matchLabels: { app: 'web' } } },
    },
  },
  { what: 'its status', ask: `GET ${BUDGETS}/web`, until: ['status.disruptionsAllowed', 1] },
  evict('an eviction is only tried', 'web-1', { deleteOptions: { dryRun: ['All'] } }),
  evict('another pod is meant', 'web-2', {}, 'web-1'),
  evict('one may go', 'web-1'),
  { what: 'it is ending', ask: `GET ${CORE}/pods/web-1`, only: ['metadata.deletionGracePeriodSeconds'] },
  // The eviction itself names the pod and allows no further one; the controller forgets it once it sees it ending.
  { what: 'the budget is used up', ask: `GET ${BUDGETS}/web`, until: ['status.disruptedPods', undefined] },
  evict('a second may not', 'web-2'),
  evict('one that is not there', 'none'),
  { what: 'the first is gone', ask: `DELETE ${CORE}/pods/web-1?gracePeriodSeconds=0`, only: ['kind'] },
  {
    what: 'the budget counts',
    ask: `GET ${BUDGETS}/web`,
    until: ['status.expectedPods', 1],
    only: [
      'status.expectedPods',
      'status.currentHealthy',
      'status.desiredHealthy',
      'status.disruptionsAllowed',
    ],
  },
  {
    what: 'a budget in percent is made',
    ask: `POST ${BUDGETS}`,
    body: {
      apiVersion: 'policy/v1beta1',
      kind: 'PodDisruptionBudget',
      metadata: { name: 'half' },
      spec: { maxUnavailable: '50%', selector: { matchExpressions: [{ key: 'app', operator: 'Exists' }] } },
    },
    but: ['status'],
  },
  evict('two budgets', 'web-2'),
]

const bindings: readonly Exchange[] = [
  { what: 'a pod is made', ask: `POST ${CORE}/pods`, body: idlePod('loose') },
  { what: 'its log', ask: `GET ${CORE}/pods/loose/log` },
  { what: 'the log of another container', ask: `GET ${CORE}/pods/loose/log?container=none` },
  {
    what: 'it is bound',
    ask: `POST ${CORE}/pods/loose/binding`,
    body: {
      apiVersion: 'v1',
      kind: 'Binding',
      metadata: { name: 'loose' },
      target: { apiVersion: 'v1', kind: 'Node', name: NOWHERE },
    },
  },
  { what: 'it is on the node', ask: `GET ${CORE}/pods/loose` },
  {
    what: 'it is bound twice',
    ask: `POST ${CORE}/pods/loose/binding`,
    body: {
      apiVersion: 'v1',
      kind: 'Binding',
      metadata: { name: 'loose' },
      target: { kind: 'Node', name: 'b' },
    },
  },
  { what: 'an unknown subresource', ask: `GET ${CORE}/pods/loose/unknown` },
]

const scales: readonly Exchange[] = [
  {
    what: 'a set is made',
    ask: `POST ${SETS}`,
    body: {
      apiVersion: 'apps/v1',
      kind: 'StatefulSet',
      metadata: { name: 'es' },
      spec: {
        replicas: 0,
        serviceName: 'es',
        selector: { matchLabels: { app: 'es' } },
        template: {
          metadata: { labels: { app: 'es' } },
          spec: { containers: [{ name: 'es', image: 'lab.local/busybox:1.35' }] },
        },
        volumeClaimTemplates: [
          {
            metadata: { name: 'data' },
            spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
          },
        ],
      },
    },
  },
  { what: 'its scale', ask: `GET ${SETS}/es/scale`, but: ['status'] },
  {
    what: 'its scale is patched',
    ask: `PATCH ${SETS}/es/scale?dryRun=All`,
    headers: MERGE,
    body: { spec: { replicas: 3 } },
    but: ['status'],
  },
  { what: 'it was only tried', ask: `GET ${SETS}/es`, but: ['status'] },
  {
    what: 'a negative scale',
    ask: `PATCH ${SETS}/es/scale`,
    headers: MERGE,
    body: { spec: { replicas: -1 } },
  },
  {
    what: 'what must not change',
    ask: `PATCH ${SETS}/es`,
    headers: MERGE,
    body: { spec: { serviceName: 'other' } },
  },
]

export const subresources: Story = {
  id: 'subresources',
  exchanges: [...inNamespace(NAMESPACE), ...evictions, ...bindings, ...scales],
}
