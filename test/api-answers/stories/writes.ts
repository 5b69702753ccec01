import { idlePod, inNamespace, JSON_PATCH, MERGE, STRATEGIC, type Exchange, type Story } from '../exchange.ts'

const NAMESPACE = 'answers-writes'
const MAPS = `/api/v1/namespaces/${NAMESPACE}/configmaps`
const PODS = `/api/v1/namespaces/${NAMESPACE}/pods`
const map = (name: string, data: object = { a: '1' }, metadata: object = {}) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, ...metadata },
  data,
})
const patch = (
  what: string,
  headers: Exchange['headers'],
  body: unknown,
  path = `${MAPS}/one`,
): Exchange => ({
  what,
  ask: `PATCH ${path}`,
  ...(headers && { headers }),
  body,
})

const making: readonly Exchange[] = [
  {
    what: 'a map is made',
    ask: `POST ${MAPS}`,
    body: map('one'),
    keep: { first: 'metadata.resourceVersion' },
  },
  { what: 'it is made twice', ask: `POST ${MAPS}`, body: map('one') },
  { what: 'one is only tried', ask: `POST ${MAPS}?dryRun=All`, body: map('tried') },
  { what: 'it is not there', ask: `GET ${MAPS}/tried` },
  { what: 'one is tried in an unknown way', ask: `POST ${MAPS}?dryRun=Some`, body: map('tried') },
  { what: 'a name is wrong', ask: `POST ${MAPS}`, body: map('One_two') },
  {
    what: 'a name is missing',
    ask: `POST ${MAPS}`,
    body: { apiVersion: 'v1', kind: 'ConfigMap', metadata: {} },
  },
  {
    what: 'a name is generated',
    ask: `POST ${MAPS}`,
    body: { ...map(''), metadata: { generateName: 'made-' } },
  },
  { what: 'it has a version already', ask: `POST ${MAPS}`, body: map('two', {}, { resourceVersion: '5' }) },
  { what: 'it is of another namespace', ask: `POST ${MAPS}`, body: map('two', {}, { namespace: 'default' }) },
  { what: 'it is of another kind', ask: `POST ${MAPS}`, body: { ...map('two'), kind: 'Secret' } },
  { what: 'it is of another version', ask: `POST ${MAPS}`, body: { ...map('two'), apiVersion: 'v2' } },
  { what: 'it is no object', ask: `POST ${MAPS}`, body: '"nonsense"' },
  { what: 'it is no JSON', ask: `POST ${MAPS}`, body: '{nonsense' },
  { what: 'it is empty', ask: `POST ${MAPS}`, body: '' },
  {
    what: 'it is of an unknown type',
    ask: `POST ${MAPS}`,
    headers: { 'content-type': 'text/plain' },
    body: map('two'),
  },
  {
    what: 'its namespace is not there',
    ask: 'POST /api/v1/namespaces/answers-none/configmaps',
    body: map('one'),
  },
  { what: 'a label is wrong', ask: `POST ${MAPS}`, body: map('two', {}, { labels: { a: 'b c' } }) },
  { what: 'a value is no text', ask: `POST ${MAPS}`, body: map('two', { a: 1 }) },
  { what: 'an unknown field is left out', ask: `POST ${MAPS}`, body: { ...map('two'), unknown: 1 } },
]

const replacing: readonly Exchange[] = [
  {
    what: 'it is replaced',
    ask: `PUT ${MAPS}/one`,
    body: map('one', { b: '2' }),
    keep: { second: 'metadata.resourceVersion' },
  },
  {
    what: 'it is replaced by one who has not seen that',
    ask: `PUT ${MAPS}/one`,
    body: map('one', { c: '3' }, { resourceVersion: '{first}' }),
  },
  {
    what: 'it is replaced by one who has',
    ask: `PUT ${MAPS}/one`,
    body: map('one', { c: '3' }, { resourceVersion: '{second}' }),
  },
  { what: 'it is replaced by another', ask: `PUT ${MAPS}/one`, body: map('two') },
  { what: 'another uid is meant', ask: `PUT ${MAPS}/one`, body: map('one', {}, { uid: 'another' }) },
  { what: 'what is not there is replaced', ask: `PUT ${MAPS}/none`, body: map('none') },
  { what: 'a collection is replaced', ask: `PUT ${MAPS}`, body: map('one') },
  { what: 'an object is posted to', ask: `POST ${MAPS}/one`, body: map('one') },
]

const patching: readonly Exchange[] = [
  patch('merged', MERGE, {
    metadata: { labels: { a: 'b' }, annotations: { c: 'd' } },
    data: { c: null, d: '4' },
  }),
  patch('merged strategically', STRATEGIC, { metadata: { labels: { a: null, e: 'f' } }, data: { e: '5' } }),
  patch('patched by operations', JSON_PATCH, [
    { op: 'test', path: '/data/e', value: '5' },
    { op: 'replace', path: '/data/e', value: '6' },
    { op: 'add', path: '/data/f', value: '7' },
    { op: 'remove', path: '/data/d' },
  ]),
  patch('an operation tests in vain', JSON_PATCH, [{ op: 'test', path: '/data/e', value: '5' }]),
  patch('an operation finds nothing', JSON_PATCH, [{ op: 'remove', path: '/data/none' }]),
  patch('no list of operations', JSON_PATCH, { op: 'remove' }),
  patch('patched with nothing', MERGE, {}),
  patch('patched with a wrong type', MERGE, { data: 'text' }),
  patch('patched with an old version', MERGE, { metadata: { resourceVersion: '{first}' }, data: { z: '1' } }),
  patch('patched with another name', MERGE, { metadata: { name: 'two' } }),
  patch('a patch of an unknown type', { 'content-type': 'application/json' }, {}),
  patch('a patch that is no JSON', MERGE, '{nonsense'),
  patch('what is not there is patched', MERGE, {}, `${MAPS}/none`),
  { ...patch('a patch is only tried', MERGE, { data: { tried: '1' } }, `${MAPS}/one?dryRun=All`) },
  { what: 'how it is after all', ask: `GET ${MAPS}/one` },
]

const pods: readonly Exchange[] = [
  { what: 'a pod is made', ask: `POST ${PODS}`, body: idlePod('web', { labels: { app: 'web' } }) },
  patch(
    'its image is patched',
    STRATEGIC,
    { spec: { containers: [{ name: 'main', image: 'lab.local/app2:1.0' }] } },
    `${PODS}/web`,
  ),
  patch('its node is patched', MERGE, { spec: { nodeName: 'nowhere' } }, `${PODS}/web`),
  patch(
    'its status is patched',
    STRATEGIC,
    { status: { phase: 'Running', conditions: [{ type: 'Ready', status: 'True' }] } },
    `${PODS}/web/status`,
  ),
  patch(
    'another condition is patched',
    STRATEGIC,
    { status: { conditions: [{ type: 'PodScheduled', status: 'True', reason: 'Told' }] } },
    `${PODS}/web/status`,
  ),
  patch('its status is patched past it', MERGE, { status: { phase: 'Failed' } }, `${PODS}/web`),
  { what: 'its status', ask: `GET ${PODS}/web/status` },
  {
    what: 'a pod without containers',
    ask: `POST ${PODS}`,
    body: { ...idlePod('none'), spec: { containers: [] } },
  },
  {
    what: 'a pod with a wrong policy',
    ask: `POST ${PODS}`,
    body: {
      ...idlePod('none'),
      spec: { containers: [{ name: 'main', image: 'x' }], restartPolicy: 'Sometimes' },
    },
  },
  {
    what: 'a pod with a wrong quantity',
    ask: `POST ${PODS}`,
    body: {
      ...idlePod('none'),
      spec: { containers: [{ name: 'main', image: 'x', resources: { limits: { memory: 'much' } } }] },
    },
  },
  {
    what: 'a pod that says much',
    ask: `POST ${PODS}`,
    body: {
      ...idlePod('much'),
      spec: {
        ...idlePod('much').spec,
        containers: [
          {
            name: 'main',
            image: 'lab.local/app1',
            ports: [{ containerPort: 80 }],
            env: [{ name: 'NODE', valueFrom: { fieldRef: { fieldPath: 'spec.nodeName' } } }],
            resources: { requests: { cpu: '100m', memory: '64Mi' }, limits: { memory: '64Mi' } },
            volumeMounts: [{ name: 'scratch', mountPath: '/scratch' }],
            livenessProbe: { httpGet: { path: '/', port: 80 } },
          },
        ],
        volumes: [
          { name: 'scratch', emptyDir: {} },
          { name: 'conf', configMap: { name: 'one' } },
        ],
        tolerations: [{ key: 'a', operator: 'Exists' }],
        priorityClassName: 'system-node-critical',
      },
      metadata: { name: 'much' },
    },
  },
]

export const writes: Story = {
  id: 'writes',
  exchanges: [...inNamespace(NAMESPACE), ...making, ...replacing, ...patching, ...pods],
}
