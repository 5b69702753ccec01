import { describe, expect, it } from 'vitest'
import { readFacts } from '../read-facts.ts'
import { createFramer } from './framer.ts'

function factsOf(lines: string) {
  const framer = createFramer({ file: 'log', year: 2021 })
  return [...lines.split('\n').flatMap((line) => framer.push(line)), ...framer.end()].flatMap(readFacts)
}

const RECLAIM =
  'I1107 05:44:51.031315   13241 eviction_manager.go:366] "Eviction manager: attempting to reclaim" resourceName="ephemeral-storage"'
const QUOTED = JSON.stringify(RECLAIM)
const csv = (text: string) => `"${text.replaceAll('"', '""')}"`
const html = (text: string) => `<pre>${text.replaceAll('"', '&quot;')}</pre>`

describe('a line of the kubelet in what shippers, stores and people put around it', () => {
  it.each<[string, string]>([
    ['a shipper of journals', `{"hostname":"n1","systemd_unit":"kubelet.service","message":${QUOTED}}`],
    ['Elasticsearch, a hit a line', `{"_source":{"host":{"name":"n1"},"message":${QUOTED}}}`],
    ['Elasticsearch, on one line', `{"took":3,"hits":{"hits":[{"_source":{"message":${QUOTED}}}]}}`],
    ['Elasticsearch, indented', `    {\n      "_source" : {\n        "message" : ${QUOTED}\n      }\n    }`],
    ['a cloud', `{"jsonPayload":{"MESSAGE":${QUOTED},"_HOSTNAME":"n1"},"timestamp":"2021-11-07T05:44:51Z"}`],
    ['Loki, a line', `{"labels":{"host":"n1"},"line":${QUOTED},"timestamp":"2021-11-07T05:44:51.1Z"}`],
    ['Loki, its answer', `{"data":{"result":[{"stream":{},"values":[["1636263891031315000",${QUOTED}]]}]}}`],
    [
      'Splunk',
      `{"result":{"host":"n1","_raw":${JSON.stringify(`Nov 07 05:44:51 n1 kubelet[1]: ${RECLAIM}`)}}}`,
    ],
    ['a table of values', `"2021-11-07T05:44:51.000Z","n1",${csv(RECLAIM)}`],
    [
      'klog as JSON',
      '{"ts":1636263891031.3,"v":0,"msg":"Eviction manager: attempting to reclaim","resourceName":"ephemeral-storage"}',
    ],
    [
      'k0s',
      `Nov 07 05:44:51 n1 k0s[1]: time="2021-11-07 05:44:51" level=info msg=${QUOTED} component=kubelet`,
    ],
    ['a journal, indented JSON', `{\n\t"_HOSTNAME" : "n1",\n\t"MESSAGE" : ${QUOTED}\n}`],
    [
      'a journal, verbose',
      `Sun 2021-11-07 05:44:51.1 UTC [s=1;i=2]\n    _HOSTNAME=n1\n    MESSAGE=${RECLAIM}`,
    ],
    ['fluent-bit', `[0] kubelet: [1636263891.031315000, {"MESSAGE"=>${QUOTED}, "_HOSTNAME"=>"n1"}]`],
    ['fluent-bit, unescaped', `[0] kube: [[1636263891.031315000, {}], {"MESSAGE"=>"${RECLAIM}"}]`],
    ['kubectl logs --prefix', `[pod/node-logs-x7k2p/kubelet] ${RECLAIM}`],
    ['a journal without its host', `Nov 07 05:44:51 kubelet[13241]: ${RECLAIM}`],
    ['a German journal', `Okt 07 05:44:51 n1 kubelet[1]: ${RECLAIM}`],
    ['a Russian journal', `нояб. 07 05:44:51 n1 kubelet[1]: ${RECLAIM}`],
    ['a web page', html(RECLAIM)],
    ['a playbook', `        ${JSON.stringify(`Nov 07 05:44:51 n1 kubelet[1]: ${RECLAIM}`)},`],
    [
      'a container that wrote it in pieces',
      `2021-11-07T05:44:51.1Z stderr P ${RECLAIM.slice(0, 90)}\n2021-11-07T05:44:51.1Z stderr F ${RECLAIM.slice(90)}`,
    ],
    ['a terminal that broke its header', `${RECLAIM.slice(0, 40)}\n${RECLAIM.slice(40)}`],
  ])('%s', (_, lines) => {
    expect(factsOf(lines).map(({ id, fields }) => ({ id, fields }))).toEqual([
      { id: 'eviction-threshold-met', fields: { resource: 'ephemeral-storage' } },
    ])
  })

  it.each([
    ['fluent-bit', `[0] kubelet: [1636263891.031315, {"_HOSTNAME"=>"n1", "MESSAGE"=>${QUOTED}}]`],
    ['JSON', `{"host":"n1","message":${QUOTED}}`],
    ['a journal without its host', `Nov 07 05:44:51 kubelet[13241]: ${RECLAIM}`],
  ])('tells that it is the kubelet that wrote it: %s', (_, line) => {
    expect(factsOf(line)).toMatchObject([{ id: 'eviction-threshold-met', from: 'kubelet' }])
  })

  it.each<[string, string, { at?: number; path?: string }]>([
    [
      'Prometheus',
      'level=error ts=2024-05-06T07:08:09.123Z caller=db.go:1 msg="wal" err="write /prometheus/wal/7: no space left on device"',
      { at: Date.UTC(2024, 4, 6, 7, 8, 9, 123), path: '/prometheus/wal/7' },
    ],
    [
      'slog',
      'time=2024-05-06T07:08:09.123Z level=ERROR source=db.go:1 msg="write /prometheus/wal/7: no space left on device"',
      { at: Date.UTC(2024, 4, 6, 7, 8, 9, 123), path: '/prometheus/wal/7' },
    ],
    [
      'Redis',
      '1:M 06 May 2024 07:08:09.123 # Write error saving DB on disk: No space left on device',
      { at: Date.UTC(2024, 4, 6, 7, 8, 9, 123) },
    ],
    ['Java', 'org.example.store.StoreException: java.io.IOException: No space left on device', {}],
    ['Java, its cause', 'Caused by: java.io.IOException: No space left on device', {}],
    [
      'a stamp before a path',
      '2024-05-06T07:08:09.123Z write /data/7: no space left on device',
      { at: Date.UTC(2024, 4, 6, 7, 8, 9, 123), path: '/data/7' },
    ],
    ['a pod, prefixed', '[pod/shop-0/db] java.io.IOException: No space left on device', {}],
  ])('reads what %s writes', (_, line, { at, path }) => {
    expect(factsOf(line)).toMatchObject([
      { id: 'no-space-left', node: null, at: at ?? null, fields: path === undefined ? {} : { path } },
    ])
  })

  it('counts what each command says as one statement', () => {
    const lines = [
      'mkdir: cannot create directory ‘/var/lib/app/one’: No space left on device',
      'cp: error writing ‘/var/lib/app/two’: No space left on device',
    ]
    expect(factsOf(lines.join('\n')).map(({ fields }) => fields)).toEqual([
      { path: '/var/lib/app/one' },
      { path: '/var/lib/app/two' },
    ])
  })

  it('takes host and instant from around it', () => {
    const facts = [
      `{"@timestamp":"2024-05-06T07:08:09.123Z","host":{"name":"n1"},"message":"eviction manager: attempting to reclaim ephemeral-storage"}`,
      `{"data":{"result":[{"stream":{},"values":[["1715000000123000000",${QUOTED}]]}]}}`,
    ].flatMap(factsOf)
    expect(facts.map(({ at, node }) => [new Date(at ?? 0).toISOString(), node])).toEqual([
      ['2024-05-06T07:08:09.123Z', 'n1'],
      ['2024-05-06T12:53:20.123Z', null],
    ])
  })

  it('reads lists of objects in the JSON of klog', () => {
    const lines = [
      '{"ts":1712203010223.9,"v":0,"msg":"Eviction manager: pods ranked for eviction","pods":[{"name":"web-7f9","namespace":"shop"},{"name":"db-0","namespace":"shop"}]}',
      '{"ts":1712203053223.9,"v":0,"msg":"Failed to admit pod to node","pod":{"name":"web-7g0","namespace":"shop"},"nodeCondition":["DiskPressure"]}',
      '{"ts":1712203010125.4,"v":0,"msg":"Attempting to delete unused images"}',
    ]
    const [ranked, ...others] = factsOf(lines.join('\n'))
    expect(ranked?.fields['pods']).toEqual([
      { namespace: 'shop', name: 'web-7f9' },
      { namespace: 'shop', name: 'db-0' },
    ])
    expect(others.map(({ id }) => id)).toEqual([
      'pod-admission-rejected',
      'disk-pressure-condition',
      'node-level-reclaim',
    ])
  })

  it('reads events that an exporter writes', () => {
    const object = { kind: 'Pod', namespace: 'shop', name: 'api-1' }
    const event = {
      reason: 'Evicted',
      message: 'The node was low on resource: ephemeral-storage. ',
      involvedObject: object,
      source: { component: 'kubelet', host: 'n1' },
    }
    for (const written of [event, { verb: 'ADDED', event }]) {
      expect(factsOf(JSON.stringify(written))).toMatchObject([
        { id: 'pod-evicted', node: 'n1', fields: { pods: [{ namespace: 'shop', name: 'api-1' }] } },
      ])
    }
  })

  it('names no word that a terminal broke', () => {
    const id = `sha256:${'0123456789abcdef'.repeat(4)}`
    const line = `I1107 05:44:51.031315   13241 image_gc_manager.go:400] "Removing image to free bytes" imageID="${id}" size=29`
    const [joined] = factsOf(`${line.slice(0, 120)}\n${line.slice(120)}`)
    expect(joined?.fields).toEqual({ imageId: id, sizeBytes: 29 })
  })
})

describe('what a shipper carries that is no such line', () => {
  it.each([
    '{"content":"I think the node was low on resource: ephemeral-storage and that is why the pod was evicted"}',
    '{"kind":"Event","requestObject":{"status":{"conditions":[{"type":"DiskPressure","status":"False","message":"kubelet has no disk pressure"}]}}}',
    '{"msg":"alert rule loaded","expr":"kube_node_status_condition{condition=\\"DiskPressure\\"} == 1"}',
    '{"level":"error","msg":"failed to start watcher: no space left on device","component":"fsnotify"}',
    '"question","answer"\n"why","the pod was evicted"',
  ])('%s', (lines) => {
    expect(factsOf(lines)).toEqual([])
  })

  it.each([
    ['v1', 'message', 'involvedObject', { source: { host: 'n1' }, lastTimestamp: '2024-05-06T07:08:09Z' }],
    [
      'events.k8s.io/v1',
      'note',
      'regarding',
      { deprecatedSource: { host: 'n1' }, deprecatedLastTimestamp: '2024-05-06T07:08:09Z' },
    ],
  ])('reads an event of %s on a line of its own', (_, text, about, rest) => {
    const event = {
      reason: 'Evicted',
      [text]: 'The node was low on resource: ephemeral-storage.',
      [about]: { kind: 'Pod', namespace: 'log', name: 'es-0', uid: '21be88c8-7d35-42a3-8cb7-d91c5a1bc1ef' },
      ...rest,
    }
    for (const line of [event, { type: 'ADDED', object: event }, { items: [event] }]) {
      expect(factsOf(JSON.stringify(line))).toMatchObject([
        {
          id: 'pod-evicted',
          at: Date.UTC(2024, 4, 6, 7, 8, 9),
          node: 'n1',
          from: 'events',
          fields: {
            pods: [{ namespace: 'log', name: 'es-0', uid: '21be88c8-7d35-42a3-8cb7-d91c5a1bc1ef' }],
          },
        },
      ])
    }
  })
})
