import { describe, expect, it } from 'vitest'
import { foldFacts } from '../fold.ts'
import { readFacts } from '../read-facts.ts'
import { createFramer } from './framer.ts'

function factsOf(lines: string) {
  const framer = createFramer({ file: 'log', year: 2021 })
  return [...lines.split('\n').flatMap((line) => framer.push(line)), ...framer.end()].flatMap(readFacts)
}
const idsOf = (lines: string) => [...new Set(factsOf(lines).map(({ id }) => id))].toSorted()

const RECLAIM = 'eviction manager: attempting to reclaim ephemeral-storage'
const KLOG = `W1107 05:44:51.031315   13241 eviction_manager.go:330] ${RECLAIM}`
const STRUCTURED = String.raw`"Eviction manager: attempting to reclaim" resourceName="ephemeral-storage"`

describe('lines that somebody cut or blackened', () => {
  it.each(['<IP>', '[redacted]', 'node-***'])('knows no node by the name of %s', (host) => {
    expect(factsOf(`Nov 07 05:44:51 ${host} kubelet[13241]: ${KLOG}`)).toMatchObject([
      { id: 'eviction-threshold-met', node: null, from: 'kubelet' },
    ])
  })

  it('does not go on with a quote that was cut when another message begins', () => {
    const cut =
      'W1107 05:44:51.031315   13241 manager.go:1] Failed to pull image "a.example/b:1": Error: Status 500: "<!DOCTYPE html>'
    const next =
      'Failed to pull image "c.example/d:1": Error response from daemon: unauthorized: authentication required'
    expect(factsOf(`${cut}\n${next}`).map(({ id, fields }) => [id, fields['image']])).toEqual([
      ['image-pull-failed-auth', 'c.example/d:1'],
    ])
  })

  it('reads the alarm that etcdctl lists', () => {
    expect(idsOf('memberID:8630161756594109333 alarm:NOSPACE')).toEqual(['etcd-space-exceeded'])
  })
})

describe('a full disk in the log of a program that dates its lines', () => {
  it.each([
    '2024-03-01 10:11:12,123 [main] ERROR o.a.k.Foo - Error while writing /data/x: java.io.IOException: No space left on device',
    '[2024-03-01 10:11:12,123] ERROR Error while flushing log for t-0 in dir /kafka (kafka.server.Log) java.io.IOException: No space left on device',
    '[2024-03-01T10:11:12,123][ERROR][o.e.x.Foo] [n1] fatal error java.io.IOException: No space left on device',
    '2024-03-01 10:11:12.123 ERROR 1 --- [main] c.e.App : java.io.IOException: No space left on device',
    '2024/03/01 10:11:12 [crit] 123#0: *1 pwrite() "/var/cache/x" failed (28: No space left on device) while reading upstream',
    "2024-03-01T10:11:12.1234567Z ##[error]No space left on device : '/home/x'",
    '2024-03-01T10:11:12.123456Z 0 [Warning] InnoDB: Writing partial data failed. Error 28 No space left on device',
    '2024-03-01 10:11:12.123 UTC [57] ERROR:  could not extend file "base/1": No space left on device',
    '2024-03-01T10:11:12.123+0000 E STORAGE  [thread1] WiredTiger error (28): /data/x: handle-write: failed: No space left on device',
    "2024-03-01 10:11:12,123 - root - ERROR - [Errno 28] No space left on device: '/tmp/x'",
    '2024/03/01 10:11:12 failed to write snapshot: write /data/x: no space left on device',
  ])('%s', (line) => {
    expect(idsOf(line)).toEqual(['no-space-left'])
  })
})

describe('whom and when a table of an early release is about', () => {
  it('names the kubelet before the type', () => {
    const row =
      '1m\t\t1m\t\t1\tkubelet, n1\t\t\tWarning\t\tEvicted\t\tThe node was low on resource: [DiskPressure].'
    expect(factsOf(row)).toMatchObject([
      { id: 'pod-evicted', node: 'n1' },
      { id: 'disk-pressure-condition', node: 'n1' },
    ])
  })

  it('dates by the day of the week', () => {
    const row =
      'Thu, 12 Feb 2015 18:34:09 +0000\t{kubelet n1}\t\t\tfailedSync\tError syncing pod, skipping: mkdir /var/lib/kubelet/pods/bb1ee0e8: no space left on device'
    expect(factsOf(row)).toMatchObject([{ id: 'no-space-left', at: Date.UTC(2015, 1, 12, 18, 34, 9) }])
  })

  it('names the described pod and node', () => {
    const pod = [
      'Name:   es-0',
      'Namespace:   log',
      'Node:   n1/',
      'Status:   Failed',
      'Reason:   Evicted',
      'Message:   The node was low on resource: ephemeral-storage.',
    ]
    expect(factsOf(pod.join('\n'))).toMatchObject([
      { id: 'pod-evicted', node: 'n1', fields: { pods: [{ namespace: 'log', name: 'es-0' }] } },
    ])
    const node =
      'Name:   n1\nConditions:\n  DiskPressure   True   Mon, 10 Jul 2017 12:48:23 +0000   Mon, 10 Jul 2017 07:32:14 +0000   KubeletHasDiskPressure   kubelet has disk pressure'
    expect(factsOf(node)).toMatchObject([{ id: 'disk-pressure-condition', node: 'n1' }])
  })
})

describe("events in columns of one's own", () => {
  const text = 'The node was low on resource: ephemeral-storage.'
  it.each([
    [`2024-03-01T04:24:32Z   Warning   Evicted   es-0   ${text}`, [{ name: 'es-0' }]],
    [`2024-03-01T04:24:32Z   2024-03-01T05:00:00Z   3   kubelet   Warning   Evicted   ${text}`, []],
    [
      `log   2024-03-01T04:24:32Z   Warning   Evicted   Pod   es-0   ${text}`,
      [{ namespace: 'log', name: 'es-0' }],
    ],
  ])('%s', (line, pods) => {
    expect(factsOf(line)).toMatchObject([
      { id: 'pod-evicted', at: Date.UTC(2024, 2, 1, 4, 24, 32), from: 'events', fields: { pods } },
    ])
  })

  it('names the pod of a row that cannot pull', () => {
    expect(
      factsOf('log   es-0   0/1   ImagePullBackOff   0   2d   10.0.0.1   n1   <none>   <none>'),
    ).toMatchObject([{ id: 'image-pull-backoff', fields: { pod: { namespace: 'log', name: 'es-0' } } }])
  })
})

/** As a terminal of a width shows a text. */
function wrapped(text: string, width: number) {
  return text.match(new RegExp(`.{1,${width}}`, 'g'))?.join('\n') ?? ''
}

describe('text that a terminal broke', () => {
  const carrier = 'Nov 07 05:44:53 n1 kubelet[13241]: '
  it.each([80, 100, 117, 120, 132])('says at %d columns what it said', (width) => {
    const failed = `${carrier}E1107 05:44:53.931315   13241 kubelet.go:1278] Image garbage collection failed multiple times in a row: failed to garbage collect required amount of images. Wanted to free 21849563955 bytes, but freed 0 bytes`
    expect(factsOf(wrapped(failed, width)).map(({ id, fields }) => [id, fields['bytesToFree']])).toEqual([
      ['image-gc-failed', 21_849_563_955],
      ['image-gc-freed-nothing', 21_849_563_955],
    ])
    expect(factsOf(wrapped(`${carrier}${KLOG}`, width)).map(({ fields }) => fields)).toEqual([
      { resource: 'ephemeral-storage' },
    ])
  })
})

describe('every shape that a line comes in', () => {
  it.each<[string, string]>([
    ['raw klog', KLOG],
    ['journald', `Nov 07 05:44:51 n1 kubelet[13241]: ${KLOG}`],
    ['journald, precise', `Nov 07 05:44:51.031401 n1 kubelet[13241]: ${KLOG}`],
    ['journald, iso', `2021-11-07T05:44:51+0800 n1 kubelet[13241]: ${KLOG}`],
    ['journald, full', `Sun 2021-11-07 05:44:51 CST n1 kubelet[13241]: ${KLOG}`],
    ['journald, Chinese', `11月 07 13:44:51 n1 kubelet[13241]: ${KLOG}`],
    ['journald, json', JSON.stringify({ MESSAGE: KLOG, __REALTIME_TIMESTAMP: '1636263891031401' })],
    ['journald, export', `__REALTIME_TIMESTAMP=1636263891031401\n_HOSTNAME=n1\nMESSAGE=${KLOG}`],
    ['syslog', `Nov  7 05:44:51 n1 kubelet: ${KLOG}`],
    ['RFC 3339 syslog', `2021-11-07T05:44:51.031401+08:00 n1 kubelet[13241]: ${KLOG}`],
    ['tag only', `kubelet[13241]: ${KLOG}`],
    ['message only', RECLAIM],
    ['structured, message only', STRUCTURED],
    [
      'klog JSON in a journal line',
      `Nov 07 05:44:51 n1 kubelet[1]: ${JSON.stringify({ ts: 1636263891031.4, v: 0, msg: 'Eviction manager: attempting to reclaim', resourceName: 'ephemeral-storage' })}`,
    ],
    [
      'docker json-file',
      JSON.stringify({ log: `${KLOG}\n`, stream: 'stderr', time: '2021-11-07T05:44:51.03Z' }),
    ],
    ['CRI log', `2021-11-07T05:44:51.031401Z stderr F ${KLOG}`],
    ['k3s', `Nov 07 05:44:51 n1 k3s[1]: ${KLOG}`],
    ['microk8s', `Nov 07 05:44:51 n1 microk8s.daemon-kubelite[1]: ${KLOG}`],
    ['hyperkube under a shell', `Nov 07 05:44:51 n1 sh[1]: ${KLOG}`],
    ['compose', `node-1  | ${KLOG}`],
    ['a line number', `  1234  ${KLOG}`],
    ['grep', `/var/log/messages-20211107:4321:${KLOG}`],
    ['a list', `  - ${KLOG}`],
    ['a prompt', `# ${KLOG}`],
    ['a quote', `> ${KLOG}`],
    ['a box', `│ ${KLOG} │`],
    ['colours', `\u001b[33m${KLOG}\u001b[0m`],
    ['a build service', `2021-11-07T05:44:51.1234567Z ${KLOG}`],
    ['a header that is cut', `...15   13241 eviction_manager.go:330] ${RECLAIM}`],
    ['CR LF', `${KLOG}\r`],
    ['wrapped by a terminal', `Nov 07 05:44:51 n1 kubelet[13241]: ${KLOG.slice(0, 90)}\n${KLOG.slice(90)}`],
    ['wrapped at a blank', KLOG.replace(' to reclaim', '\n    to reclaim')],
    [
      'an event of describe',
      '  Warning  EvictionThresholdMet  3m (x15 over 12m)  kubelet, n1  Attempting to reclaim ephemeral-storage',
    ],
    [
      'an event of early releases',
      '4h\t\t19s\t564\tkubelet, n1\t\tWarning\tEvictionThresholdMet\tAttempting to reclaim ephemeral-storage',
    ],
    [
      'an event of get',
      '3m12s       Warning   EvictionThresholdMet   node/n1   Attempting to reclaim ephemeral-storage',
    ],
    [
      'an event of get -A',
      'default   3m12s   Warning   EvictionThresholdMet   node/n1   Attempting to reclaim ephemeral-storage',
    ],
    [
      'an event in a log',
      `I1107 05:44:51.031315 7 event.go:278] Event(v1.ObjectReference{Kind:"Node", Namespace:"", Name:"n1", UID:"n1", APIVersion:"", ResourceVersion:"", FieldPath:""}): type: 'Warning' reason: 'EvictionThresholdMet' Attempting to reclaim ephemeral-storage`,
    ],
  ])('%s', (_, lines) => {
    const facts = factsOf(lines)
    expect(facts.map(({ id }) => id)).toEqual(['eviction-threshold-met'])
    expect(facts[0]?.fields).toEqual({ resource: 'ephemeral-storage' })
  })

  it('finds two records on one line', () => {
    const second =
      'Nov  7 05:44:52 n1 kubelet: I1107 05:44:52.041315   13241 image_gc_manager.go:317] attempting to delete unused images'
    const facts = factsOf(`Nov  7 05:44:51 n1 kubelet: ${KLOG} ${second}`)
    expect(facts.map(({ id }) => id)).toEqual(['eviction-threshold-met', 'node-level-reclaim'])
    expect(facts[0]?.fields).toEqual({ resource: 'ephemeral-storage' })
  })

  it('reads a value of several lines', () => {
    const lines = `E1107 05:44:51.031315 1 kubelet.go:1] "Image garbage collection failed multiple times in a row" err=<\n\trpc error: code = Unknown\n\tdesc = timeout\n >`
    expect(factsOf(lines)).toMatchObject([
      { id: 'image-gc-failed', fields: { error: 'rpc error: code = Unknown\ndesc = timeout' } },
    ])
  })

  it('puts a UID together that a terminal broke, and never names half of one', () => {
    const text =
      'Orphaned pod "f6a977f4-2098-11eb-90a3-2c534a095a16" found, but volume paths are still present on disk.'
    const line = `E1107 09:32:03.431224   13241 kubelet_volumes.go:154] ${text}`
    expect(factsOf(`${line.slice(0, 75)}\n${line.slice(75)}`)[0]?.fields).toEqual({
      podUid: 'f6a977f4-2098-11eb-90a3-2c534a095a16',
    })
    expect(factsOf(line.slice(0, 75))).toEqual([])
  })

  it('orders events by when they were last seen', () => {
    const rows = [
      '  Normal   NodeHasNoDiskPressure  1m   kubelet, n1  Node n1 status is now: NodeHasNoDiskPressure',
      '  Normal   NodeHasDiskPressure    12m  kubelet, n1  Node n1 status is now: NodeHasDiskPressure',
    ]
    const folded = foldFacts([], factsOf(rows.join('\n')))
    expect(folded.toSorted((a, b) => a.order - b.order).map(({ id }) => id)).toEqual([
      'disk-pressure-condition',
      'disk-pressure-cleared',
    ])
  })

  it('gives a journal in local time the zone that klog betrays', () => {
    const lines = [
      `Nov 07 13:44:51 n1 kubelet[1]: ${KLOG}`,
      'Nov 07 13:44:52 n1 kernel: EXT4-fs error (device sda1): ext4_find_entry:1455: inode #2',
    ]
    expect(factsOf(lines.join('\n')).map(({ at }) => new Date(at ?? 0).toISOString())).toEqual([
      '2021-11-07T05:44:51.031Z',
      '2021-11-07T05:44:52.000Z',
    ])
  })
})

describe('what only looks like a log', () => {
  it.each([
    'I think the kubelet was attempting to reclaim ephemeral-storage.',
    'The docs say "eviction manager: must evict pod(s) to reclaim" means the disk is short.',
    '出现 DiskPressure 时，kubelet 会驱逐 Pod，提示 no space left on device',
    '\tklog.Warningf("eviction manager: attempting to reclaim %v", resourceToReclaim)',
    'ErrNoSpace = errors.New("no space left on device")',
    'evicted-7d9f   1/1   Running   0   3d',
    '  DiskPressure   False   Mon, 21 Jun 2021 11:37:50 +0800   Fri, 18 Jun 2021 15:29:20 +0800   KubeletHasNoDiskPressure   kubelet has no disk pressure',
    'Tolerations:     node.kubernetes.io/disk-pressure:NoSchedule op=Exists',
    '/dev/loop3        12345   12345       0  100% /snap/core/1234',
    '/dev/vda4        40G   40G     0 100% /var/lib/docker',
    'persistentvolume/pvc-8b4c   1Mi   RWX   Delete   Terminating   default/test-claim   nfs   28m',
    'tail: inotify cannot be used, reverting to polling: No space left on device',
    'I1107 05:44:51.041315 1 flags.go:33] FLAG: --eviction-hard="imagefs.available<15%,nodefs.inodesFree<5%"',
  ])('%s', (line) => {
    expect(idsOf(line)).toEqual([])
  })
})
