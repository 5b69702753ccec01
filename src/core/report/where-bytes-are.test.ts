import { describe, expect, it } from 'vitest'
import { nodeView } from '../detect/node-view.contract.ts'
import { say } from '../messages/message.ts'
import type { DiskAttribution, DiskConsumer } from '../observe/attribution/disk-attribution.ts'
import type { NodeView } from '../observe/node-view.ts'
import type { Part, PodUsage } from '../observe/observation.ts'
import { whereBytesAre, type ConsumerRow } from './where-bytes-are.ts'

const part = <T>(value: T, observedAt = 0): Part<T> => ({ value, source: 'test', observedAt })
const MB = 1e6

/** Such as `logs 30 +2/s [ns/a 20 [app 15, side 5], ns/b 10]`. */
function text({ name, bytes, bytesPerSecond, rows }: ConsumerRow): string {
  const rate =
    bytesPerSecond === undefined ? '' : ` ${bytesPerSecond >= 0 ? '+' : ''}${bytesPerSecond / MB}/s`
  const below = rows.length === 0 ? '' : ` [${rows.map(text).join(', ')}]`
  return `${typeof name === 'string' ? name : say(name, 'en')} ${bytes / MB}${rate}${below}`
}
const shown = (view: NodeView, disk = 0) => whereBytesAre(view)?.value[disk]?.kinds.map(text)

describe('where the bytes of a walked node are', () => {
  const disk = (...consumers: DiskConsumer[]): DiskAttribution => ({
    mountPoint: '/',
    capacityBytes: 1e9,
    usedBytes: consumers.reduce((sum, { bytes }) => sum + bytes, 0),
    reservedBytes: 0,
    availableBytes: 0,
    consumers,
  })
  const kind = (id: DiskConsumer['kind'], ...of: Omit<DiskConsumer, 'kind'>[]): DiskConsumer => ({
    kind: id,
    bytes: of.reduce((sum, { bytes }) => sum + bytes, 0),
    consumers: of.map((one) => ({ kind: one.count === undefined ? id : 'others', ...one })),
  })
  const logs = (...mega: [number, number, number]) =>
    kind(
      'container-logs',
      { pod: 'ns/a', name: 'app', bytes: mega[0] * MB },
      { pod: 'ns/b', name: 'app', bytes: mega[1] * MB },
      { pod: 'ns/a', name: 'side', bytes: mega[2] * MB },
    )
  const walked = (now: DiskAttribution, earlier?: DiskAttribution) =>
    nodeView([500], {
      diskAttribution: part([now], 10_000),
      ...(earlier && { earlierDiskAttribution: part([earlier], 0) }),
    })

  it('is told by kind, by pod, and by what a pod has several of', () => {
    const rest = { kind: 'remainder' as const, bytes: -2 * MB }
    expect(shown(walked(disk(logs(15, 10, 5), rest)))).toEqual([
      'container logs 30 [ns/a 20 [app 15, side 5], ns/b app 10]',
      'not found by a walk -2',
    ])
  })

  it('has the smaller ones last, however much they are together', () => {
    const volumes = kind(
      'local-volumes',
      { name: 'pv-1', bytes: 5 * MB },
      { bytes: 50 * MB, count: 9 },
      { name: 'pv-2', bytes: 6 * MB },
    )
    expect(shown(walked(disk(volumes)))).toEqual([
      'local persistent volumes 61 [pv-2 6, pv-1 5, 9 others 50]',
    ])
  })

  it('says who grew since it was looked at before, and who shrank', () => {
    expect(shown(walked(disk(logs(35, 10, 4)), disk(logs(15, 10, 5))))).toEqual([
      'container logs 49 +1.9/s [ns/a 39 +1.9/s [app 35 +2/s, side 4 -0.1/s], ns/b app 10 +0/s]',
    ])
  })

  it('takes what is new for grown, but not where it may have been among the smaller ones', () => {
    const volume = (name: string, mega: number) => ({ name, bytes: mega * MB })
    const now = disk(kind('local-volumes', volume('pv-1', 10)), kind('other-volumes', volume('x', 10)))
    const others = { bytes: MB, count: 2 }
    expect(shown(walked(now, disk(kind('other-volumes', volume('y', 5), others))))).toEqual([
      'local persistent volumes 10 +1/s [pv-1 10 +1/s]',
      'other volumes 10 +0.4/s [x 10]',
    ])
  })
})

describe('where the bytes of a node without an agent are', () => {
  const usage = (logsBytes: number): PodUsage => ({
    namespace: 'ns',
    name: 'a',
    uid: 'u',
    logsBytes,
    rootfsBytes: 20 * MB,
    localVolumesBytes: 30 * MB,
    containers: [{ name: 'app', logsBytes, rootfsBytes: 20 * MB }],
    localVolumes: [{ name: 'cache', usedBytes: 30 * MB }],
  })
  const summary = (logs: number, at = 0) =>
    part({ pods: [usage(logs * MB)], imageFsUsedBytes: 100 * MB, isSingleFilesystem: true }, at)

  it('is what its kubelet counts, with what it does not', () => {
    const volume = {
      metadata: { name: 'pv-1' },
      spec: { local: { path: '/data/es' }, claimRef: { namespace: 'ns', name: 'data' } },
    }
    const view = nodeView([500], {
      containerRuntimeVersion: 'containerd://1.7.0',
      images: part([{ names: ['a:1'], reportedBytes: 40 * MB }]),
      summaries: [summary(10)],
      persistentVolumes: part([volume as never]),
    })
    expect(shown(view)).toEqual([
      'image layers, unpacked 80',
      'image content, as pulled 40',
      'emptyDir volumes 30 [ns/a cache 30]',
      'writable layers 20 [ns/a app 20]',
      'container logs 10 [ns/a app 10]',
      'not counted by the kubelet 320',
    ])
    const [disk] = whereBytesAre(view)?.value ?? []
    expect(disk?.note && say(disk.note, 'en')).toBe('No kubelet counts what is in /data/es ns/data.')
  })

  it('says who grows by what was counted before, and how fast the rest does', () => {
    const view = nodeView([500], { summaries: [summary(10, 0), summary(130, 60_000)] })
    const rows = shown({
      ...view,
      readings: [500, 320].map((mega, index) => ({
        at: index * 60_000,
        capacityBytes: 1e9,
        availableBytes: mega * MB,
        usedBytes: 1e9 - mega * MB,
        inodes: 1,
        inodesFree: 1,
      })),
    })
    expect(rows).toContain('container logs 130 +2/s [ns/a app 130 +2/s]')
    expect(rows).toContain('not counted by the kubelet 420 +1/s')
  })

  it('is told for each of two filesystems', () => {
    const view = nodeView([500], {
      containerRuntimeVersion: 'docker://19.3.1',
      summaries: [part({ pods: [usage(10 * MB)], imageFsUsedBytes: 100 * MB, isSingleFilesystem: false })],
      imagefsReadings: nodeView([700]).readings,
    })
    expect(shown(view, 1)).toEqual([
      'image layers, unpacked 100',
      'writable layers 20 [ns/a app 20]',
      'not counted by the kubelet 180',
    ])
    expect(whereBytesAre(view)?.value.map(({ mountPoint }) => mountPoint)).toEqual(['nodefs', 'imagefs'])
  })

  it('is not known before anything was counted', () => {
    expect(whereBytesAre(nodeView([500]))).toBeUndefined()
  })
})
