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
    ...(index === 0
      ? { diskAttribution: { value: [whereBytesAre(availableBytes)], source: 'test', observedAt: at } }
      : {}),
    imageNames: {},
    nodefs: index === 2 ? [] : [{ ...reading, availableBytes, usedBytes: CAPACITY - availableBytes }],
    facts: [],
  }
}

/** Half of it is an emptyDir, whose pod has a name that would be markup. */
function whereBytesAre(availableBytes: number): DiskAttribution {
  const usedBytes = CAPACITY - availableBytes
  const bytes = usedBytes / 2
  return {
    mountPoint: '/',
    capacityBytes: CAPACITY,
    usedBytes,
    reservedBytes: 0,
    availableBytes,
    consumers: [
      {
        kind: 'empty-dirs',
        bytes,
        consumers: [{ kind: 'empty-dirs', pod: HOSTILE_NAME, name: 'cache', bytes }],
      },
      { kind: 'remainder', bytes: usedBytes - bytes },
    ],
  }
}
