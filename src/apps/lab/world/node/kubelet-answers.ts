import type { SimulatedKubelet } from '../../../../core/forecast/simulation/simulated-kubelet.ts'
import { defaultHardThresholds } from '../../../../core/kubelet/eviction/thresholds.ts'
import type { KubeletVersion } from '../../../../core/kubelet/kubelet-version.ts'
import type { Instant } from '../../../../core/units/instant.ts'
import { toSeconds } from '../kubernetes-time.ts'
import type { VolumeSpec } from '../objects.ts'
import { usedOf } from './container-life.ts'
import type { Disk } from './disk.ts'
import type { NodeState, PodOnNode } from './node-state.ts'
import { isEmptyDir } from './node-world.ts'

/** The configuration in effect: what is set, and the kubelet's defaults (semantics §10.1). */
export function effectiveConfiguration(
  set: Readonly<Record<string, unknown>>,
  version: KubeletVersion,
): Record<string, unknown> {
  return {
    staticPodPath: '/etc/kubernetes/manifests',
    syncFrequency: '1m0s',
    fileCheckFrequency: '20s',
    nodeStatusUpdateFrequency: '10s',
    nodeStatusReportFrequency: '5m0s',
    nodeLeaseDurationSeconds: 40,
    imageMinimumGCAge: '2m0s',
    imageGCHighThresholdPercent: 85,
    imageGCLowThresholdPercent: 80,
    volumeStatsAggPeriod: '1m0s',
    maxPods: 110,
    serializeImagePulls: true,
    evictionHard: { 'memory.available': '100Mi', ...defaultHardThresholds(version) },
    evictionPressureTransitionPeriod: '5m0s',
    containerLogMaxSize: '10Mi',
    containerLogMaxFiles: 5,
    nodeStatusMaxImages: 50,
    ...set,
  }
}

/** What the kubelet answers to `stats/summary` (semantics §10.1). */
export function summaryOf(node: NodeState, at: Instant) {
  const time = toSeconds(at)
  return {
    node: {
      nodeName: node.plan.name,
      startTime: toSeconds(at - 1000 * (node.plan.upSeconds ?? 3600)),
      fs: filesystem(node.disk, at, node.disk.figures(at).usedBytes),
      runtime: { imageFs: filesystem(node.imageDisk, at, node.images.usedBytes()) },
    },
    pods: [...node.pods.values()].flatMap((pod) => podStats(node, pod, at, time)),
  }
}

function filesystem(disk: Disk, at: Instant, usedBytes: number) {
  const { availableBytes, capacityBytes, inodes, inodesFree } = disk.figures(at)
  return {
    time: toSeconds(at),
    availableBytes,
    capacityBytes,
    usedBytes,
    inodesFree,
    inodes,
    inodesUsed: inodes - inodesFree,
  }
}

/** A pod without a running container has no figures. */
function podStats(
  node: NodeState,
  { uid, namespace, name, containers, volumes, object }: PodOnNode,
  at: Instant,
  time: string,
) {
  const running = containers.filter(({ isRunning }) => isRunning)
  if (running.length === 0) return []
  const room = (disk: Disk) => {
    const { availableBytes, capacityBytes, inodes, inodesFree } = disk.figures(at)
    return { time, availableBytes, capacityBytes, inodes, inodesFree }
  }
  return {
    podRef: { name, namespace, uid },
    startTime: object.status.startTime,
    containers: running.map(({ name: container, startedAt, layer, log }) => ({
      name: container,
      startTime: toSeconds(startedAt),
      rootfs: { ...room(node.imageDisk), ...usedOf(layer, at) },
      logs: { ...room(node.disk), ...usedOf(log, at) },
    })),
    volume: [...volumes].flatMap(([volume, part]) => {
      const spec = object.spec.volumes?.find((one) => one.name === volume)
      // Of a host path the kubelet has no figures.
      if (!spec || spec.hostPath) return []
      return {
        name: volume,
        ...pvcRef(spec, namespace),
        ...room(node.disk),
        ...volumeUse(node, object, volume, part, at),
      }
    }),
  }
}

/** For a local volume that is a directory the kubelet shows the whole filesystem (semantics §7.2). */
function volumeUse(
  { disk }: NodeState,
  object: PodOnNode['object'],
  name: string,
  part: Parameters<typeof usedOf>[0],
  at: Instant,
) {
  if (isEmptyDir(object, name)) return usedOf(part, at)
  const { usedBytes, inodes, inodesFree } = disk.figures(at)
  return { usedBytes, inodesUsed: inodes - inodesFree }
}

function pvcRef({ persistentVolumeClaim }: VolumeSpec, namespace: string) {
  return persistentVolumeClaim ? { pvcRef: { name: persistentVolumeClaim.claimName, namespace } } : {}
}

/** What a kubelet has counted, as Prometheus reads it (semantics §10.1). */
export function metricsText(
  kubelet: SimulatedKubelet,
  evictions: ReadonlyMap<string, number>,
  imagesRemoved: number,
): string {
  const lines = [
    '# TYPE process_start_time_seconds gauge',
    `process_start_time_seconds ${kubelet.startedAt / 1000}`,
    '# TYPE kubelet_evictions counter',
    ...[...evictions].map(([signal, count]) => `kubelet_evictions{eviction_signal="${signal}"} ${count}`),
  ]
  if (kubelet.version.minor >= 29) {
    const label = kubelet.version.minor >= 30 ? '{reason="space"}' : ''
    lines.push(
      '# TYPE kubelet_image_garbage_collected_total counter',
      `kubelet_image_garbage_collected_total${label} ${imagesRemoved}`,
    )
  }
  return `${lines.join('\n')}\n`
}
