import type { DiskAttribution } from '../../src/core/observe/attribution/disk-attribution.ts'
import { KubeletConfiguration } from '../../src/core/kubernetes/kubelet-configuration.ts'
import type { NodeObservation, Observation } from '../../src/core/observe/observation.ts'

const CAPACITY = 100e9
/** How a hostile cluster names a thing. */
export const HOSTILE_NAME = '<img id="hostile" src="x" onerror="window.hostile=1">\u202Egnp.exe'

/** A cluster of so many nodes at an instant of a made-up time, in seconds: one fills its disk, one is not seen, one is hostile. */
export function fleetObservation(count: number, second: number): Observation {
  const observedAt = Date.UTC(2026, 0, 1) + second * 1000
  const nodes = Array.from({ length: count }, (_, index) => node(index, second, observedAt))
  return {
    observedAt,
    cluster: {},
    nodes,
    gaps: [
      { part: 'stats/summary', node: 'worker-0002', why: 'timed-out', detail: `${HOSTILE_NAME} is slow` },
    ],
  }
}

function node(index: number, second: number, at: number): NodeObservation {
  const name = index === 3 ? HOSTILE_NAME : `worker-${String(index).padStart(4, '0')}`
  const availableBytes = index === 1 ? 40e9 - second * 50e6 : index === 0 ? 5e9 : (30 + (index % 60)) * 1e9
  const reading = { at, capacityBytes: CAPACITY, inodes: 1000, inodesFree: 900 }
  return {
    name,
    kubeletVersion: 'v1.28.15',
    containerRuntimeVersion: 'containerd://1.7.0',
    kubeletConfiguration: {
      value: KubeletConfiguration.parse({
        evictionHard: { 'nodefs.available': '10%', 'imagefs.available': '15%' },
      }),
      source: 'test',
      observedAt: at,
    },
    ...(index === 4
      ? { summary: { value: { pods: [], isSingleFilesystem: false }, source: 'test', observedAt: at } }
      : {}),
    ...(index === 4 ? { imagefs: [{ ...reading, availableBytes: 20e9, usedBytes: 80e9 }] } : {}),
    ...(index === 0 ? seenByItsAgent(second, at) : {}),
    // Silent since the third round.
    ...(index === 1
      ? { agent: { heardAt: at - Math.max(0, second - 60) * 1000, isHeard: second < 90 } }
      : {}),
    imageNames: {},
    nodefs: index === 2 ? [] : [{ ...reading, availableBytes, usedBytes: CAPACITY - availableBytes }],
    facts: [],
  }
}

/** A node whose agent tells all there is to tell: half of its disk is an emptyDir, whose pod has a name that would be markup. */
function seenByItsAgent(second: number, at: number): Partial<NodeObservation> {
  const part = <T>(value: T) => ({ value, source: 'test', observedAt: at, seenBy: 'agent' as const })
  const bytesOfImages = 300e6
  return {
    agent: { heardAt: at - 12_000, isHeard: true },
    diskAttribution: part([whereBytesAre(5e9, second)]),
    images: part([
      {
        id: 'sha256:aa',
        names: ['registry.example/shop/cart:1.4', 'registry.example/shop/cart@sha256:aa'],
        reportedBytes: bytesOfImages,
        onDiskBytes: 2 * bytesOfImages,
        pullable: { state: 'yes', why: 'found', host: 'registry.example', checkedAt: at - 3_600_000 },
      },
      {
        id: 'sha256:bb',
        names: [`${HOSTILE_NAME}:1`],
        reportedBytes: bytesOfImages,
        pullable: { state: 'unknown', why: 'no-digest', checkedAt: at - 60_000 },
      },
      { id: 'sha256:cc', names: ['registry.example/pause:3.9'], reportedBytes: 1e6, isPinned: true },
      // It was in use in the first rounds.
      { id: 'sha256:dd', names: ['registry.example/batch:7'], reportedBytes: 9e6 },
    ]),
    containers: part(
      (second < 120 ? ['sha256:aa', 'sha256:dd'] : ['sha256:aa']).map((imageId) => ({
        id: `container-of-${imageId}`,
        name: 'app',
        attempt: 0,
        sandboxId: 'sandbox',
        state: 'running' as const,
        createdAt: at,
        image: imageId,
        imageId,
      })),
    ),
    sandboxes: part([
      {
        id: 'sandbox',
        namespace: 'shop',
        name: 'cart-0',
        uid: 'u',
        attempt: 0,
        isReady: true,
        createdAt: at,
      },
    ]),
    orphanedDirectories: part([
      {
        uid: ORPHAN,
        path: `/var/lib/kubelet/pods/${ORPHAN}`,
        mounts: [`/var/lib/kubelet/pods/${ORPHAN}/volumes/kubernetes.io~csi/${HOSTILE_NAME}/mount`],
        processes: ['java (4711)'],
        data: [],
      },
    ]),
  }
}

const ORPHAN = '6f0c5d0e-1f9f-4f37-9d3e-0c3b2c6f7a11'

/** Whose bytes they are; a local volume takes from the rest what it grows by. */
function whereBytesAre(availableBytes: number, second: number): DiskAttribution {
  const usedBytes = CAPACITY - availableBytes
  const bytes = usedBytes / 2
  const volume = 10e9 + second * 20e6
  const logs = [
    { kind: 'container-logs' as const, pod: 'shop/cart-0', name: 'app', bytes: 2e9 },
    { kind: 'container-logs' as const, pod: 'shop/cart-0', name: 'sidecar', bytes: 1e9 },
  ]
  const consumers: DiskAttribution['consumers'] = [
    {
      kind: 'empty-dirs',
      bytes,
      consumers: [{ kind: 'empty-dirs', pod: HOSTILE_NAME, name: 'cache', bytes }],
    },
    {
      kind: 'local-volumes',
      bytes: volume,
      consumers: [{ kind: 'local-volumes', name: 'pv-7', bytes: volume }],
    },
    { kind: 'image-layers', bytes: 12e9 },
    { kind: 'container-logs', bytes: 3e9, consumers: logs },
    {
      kind: 'orphaned-pods',
      bytes: 2e9,
      consumers: [{ kind: 'orphaned-pods', pod: ORPHAN, bytes: 2e9 }],
    },
    { kind: 'system-logs', bytes: 1e9 },
  ]
  const found = consumers.reduce((sum, one) => sum + one.bytes, 0)
  return {
    mountPoint: '/',
    capacityBytes: CAPACITY,
    usedBytes,
    reservedBytes: 0,
    availableBytes,
    consumers: [...consumers, { kind: 'remainder', bytes: usedBytes - found }],
  }
}
