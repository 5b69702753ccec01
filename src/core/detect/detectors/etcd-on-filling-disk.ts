import { z } from 'zod'
import type { Pod } from '../../kubernetes/pod.ts'
import { message } from '../../messages/message.ts'
import { podName } from '../../observe/node-view.ts'
import { shown } from '../../tell/shown-text.ts'
import { defineDetector } from '../detector.ts'
import { isNear, ofTwo } from '../threshold-words.ts'
import { watchedFilesystems } from '../watched-filesystems.ts'

/**
 * etcd keeps its data in a directory of a node whose disk is about to be short: a full disk stops it, and with it the
 * control plane. Whether the directory is on that very disk, only the node tells.
 */
export const etcdOnFillingDisk = defineDetector({
  id: 'etcd-on-filling-disk',
  reason: 'EtcdOnFillingDisk',
  severity: 'warning',
  summary: 'etcd keeps its data on a node whose disk is near a threshold.',
  options: z.strictObject({
    /** Percent of the capacity that is left above the first level at which the kubelet acts. */
    marginPercent: z.number().min(0).max(50).default(5),
  }),

  detect(view, { marginPercent }) {
    const etcd = (view.pods?.value ?? []).flatMap((pod) => {
      const path = dataPathOf(pod)
      return path === undefined ? [] : [{ pod, path }]
    })[0]
    if (!etcd) return []
    const disk = watchedFilesystems(view).find(({ holds }) => holds !== 'images')
    const level = disk?.levels.find(({ unit }) => unit === 'bytes')
    if (!disk || !level) return []
    const isCrossed = disk.latest.availableBytes < level.below
    if (!isCrossed && !isNear(level, disk.latest, marginPercent)) return []
    return [
      message('finding.etcd-on-filling-disk', {
        ...ofTwo(disk.holds),
        pod: shown(podName(etcd.pod)),
        path: shown(etcd.path),
        available: disk.latest.availableBytes,
        capacityBytes: disk.latest.capacityBytes,
      }),
    ]
  },
})

/** Where a static pod of etcd keeps its data: a hostPath that is no place of keys. */
function dataPathOf({ metadata, spec }: Pod): string | undefined {
  const isStatic = metadata.annotations?.['kubernetes.io/config.mirror'] !== undefined
  const isEtcd =
    metadata.labels?.['component'] === 'etcd' || spec.containers.some(({ name }) => name === 'etcd')
  if (!isStatic || !isEtcd) return undefined
  return spec.volumes.find(({ hostPath }) => hostPath && !/^\/etc(?:\/|$)|pki|cert/.test(hostPath.path))
    ?.hostPath?.path
}
