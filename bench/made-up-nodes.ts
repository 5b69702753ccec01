import { KubeletConfiguration } from '../src/core/kubernetes/kubelet-configuration.ts'
import { Pod } from '../src/core/kubernetes/pod.ts'
import type { NodeView } from '../src/core/observe/node-view.ts'
import type { FilesystemReading } from '../src/core/observe/observation.ts'

const GIB = 2 ** 30
const MIB = 2 ** 20
const CAPACITY = 500 * GIB
const HISTORY_MINUTES = 1440

/** A node to simulate: the input of `kubepatrol simulate`. */
export function busyNode(size: {
  pods: number
  images: number
  megabytesPerSecond?: number
  podMegabytesPerSecond?: number
}): unknown {
  return {
    start: '2026-01-01T00:00:00Z',
    duration: '24h',
    kubelet: { version: 'v1.27.3' },
    filesystems: {
      nodefs: { capacity: CAPACITY, available: 120 * GIB, inodes: 32e6, inodesFree: 30e6 },
    },
    images: Array.from({ length: size.images }, (_, index) => ({
      name: `registry.example/app${index}:1`,
      size: (50 + (index % 37) * 20) * MIB,
      ...(index % 3 === 0 ? {} : { lastUsed: `-${index + 5}m` }),
    })),
    pods: Array.from({ length: size.pods }, (_, index) => ({
      name: `app-${index}`,
      priority: index % 5,
      ...(index === 5
        ? { emptyDirs: [{ name: 'data', growth: 1e6 * (size.podMegabytesPerSecond ?? 0) }] }
        : {}),
      containers: [
        {
          name: 'app',
          image: `registry.example/app${index}:1`,
          request: `${index % 7}Gi`,
          ...(index % 10 === 0 ? { limit: '20Gi' } : {}),
          writable: (index % 11) * 100 * MIB,
          logs: (index % 13) * 4 * MIB,
          logsGrowth: 50 * (index % 4),
        },
      ],
    })),
    writers: [{ name: 'data', bytesPerSecond: 1e6 * (size.megabytesPerSecond ?? 0) }],
  }
}

/** What a patrol knows of a fleet, a share of whose disks will be full within hours. */
export function fleet(size: {
  nodes: number
  pods: number
  images: number
  growingShare: number
}): NodeView[] {
  const now = Date.UTC(2026, 0, 2)
  const part = <T>(value: T) => ({ value, source: 'bench', observedAt: now })
  const kubeletConfiguration = part(
    KubeletConfiguration.parse({
      evictionHard: { 'nodefs.available': '10%', 'imagefs.available': '15%', 'nodefs.inodesFree': '5%' },
    }),
  )
  const images = part(
    Array.from({ length: size.images }, (_, index) => ({
      id: `sha256:${String(index).padStart(64, '0')}`,
      names: [`registry.example/app${index}:1`],
      reportedBytes: (50 + index) * MIB,
    })),
  )
  return Array.from({ length: size.nodes }, (_, number) => {
    const isGrowing = number < size.growingShare * size.nodes
    const name = `node-${number}`
    const pods = Array.from({ length: size.pods }, (__, index) => madeUpPod(name, index))
    return {
      name,
      observedAt: now,
      kubeletVersion: 'v1.27.3',
      containerRuntimeVersion: 'containerd://1.7.2',
      kubeletConfiguration,
      images,
      pods: part(pods),
      summaries: [now - 120_000, now].map((observedAt) => ({
        source: 'bench',
        observedAt,
        value: {
          isSingleFilesystem: true,
          pods: pods.map(({ metadata }, index) => ({
            namespace: 'default',
            name: metadata.name,
            uid: metadata.uid ?? '',
            logsBytes: index * MIB + (observedAt === now ? 12_000 : 0),
            rootfsBytes: index * 10 * MIB,
            localVolumesBytes: 0,
          })),
        },
      })),
      imageNames: {},
      facts: [],
      readings: [],
      history: readings(now, isGrowing ? 3 * MIB : 0, number),
    }
  })
}

function madeUpPod(nodeName: string, index: number): Pod {
  return Pod.parse({
    metadata: { name: `app-${index}`, namespace: 'default', uid: `${nodeName}-${index}` },
    spec: {
      nodeName,
      containers: [{ name: 'app', image: `registry.example/app${index}:1` }],
    },
    status: { phase: 'Running' },
  })
}

/** A day of readings, one a minute, with a little noise. */
function readings(now: number, bytesPerSecond: number, seed: number): FilesystemReading[] {
  return Array.from({ length: HISTORY_MINUTES }, (_, minute) => {
    const at = now - (HISTORY_MINUTES - 1 - minute) * 60_000
    const noise = ((minute * 7919 + seed * 104_729) % 1000) * 10_000
    const availableBytes = Math.floor(CAPACITY / 3 + ((now - at) / 1000) * bytesPerSecond + noise)
    return {
      at,
      capacityBytes: CAPACITY,
      availableBytes: Math.min(availableBytes, CAPACITY),
      usedBytes: CAPACITY - Math.min(availableBytes, CAPACITY),
      inodes: 32e6,
      inodesFree: 30e6,
    }
  })
}
