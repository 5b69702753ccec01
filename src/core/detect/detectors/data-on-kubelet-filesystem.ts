import { z } from 'zod'
import { message } from '../../messages/message.ts'
import {
  hostPathVolumes,
  localVolumes,
  type NodeView,
  type UncountedVolume,
} from '../../observe/node-view.ts'
import { latestReading } from '../../observe/plausible-readings.ts'
import { few } from '../../placement/few.ts'
import { defineDetector } from '../detector.ts'

/**
 * Data of applications on the filesystem that the kubelet watches, in volumes that no statistic of it counts (semantics
 * §3.5, §7.2): when they fill it, pods are evicted that free nothing. The kubelet tells the size of a claim's
 * filesystem, which shows whether it is its own; of a hostPath nobody tells.
 */
export const dataOnKubeletFilesystem = defineDetector({
  id: 'data-on-kubelet-filesystem',
  reason: 'DataOnKubeletFilesystem',
  severity: 'info',
  summary: 'Local volumes or hostPaths are on the filesystem that the kubelet watches, and count for no pod.',
  options: z.strictObject({}),

  detect(view) {
    const sharing = claimsOnKubeletFilesystem(view)
    const local = sharing.size > 0 ? localVolumes(view) : []
    const certain = local.filter(({ claim }) => claim !== undefined && sharing.has(claim))
    const possible = hostPathsToWriteTo(view)
    if (certain.length === 0 && possible.length === 0) return []
    return [
      message('finding.data-on-kubelet-filesystem', {
        certain: few(certain, ({ path, claim }) => `${path} (${claim})`),
        possible: few(possible, ({ path, pods }) => `${path} (${pods[0] ?? ''})`),
      }),
    ]
  },
})

/** The claims whose filesystem is as large as the kubelet's own, in bytes and inodes: two disks are hardly ever. */
function claimsOnKubeletFilesystem({ summaries, readings }: NodeView): ReadonlySet<string> {
  const own = latestReading(readings)
  const told = summaries.at(-1)?.value.claimFilesystems ?? []
  const alike = told.filter(
    ({ capacityBytes, inodes }) => own && capacityBytes === own.capacityBytes && inodes === own.inodes,
  )
  return new Set(alike.map(({ claim }) => claim))
}

/** Where logs and the kubelet itself live is no place of an application. */
const WATCHED_FOR_OTHERS =
  /^\/var\/(?:log|lib\/(?:kubelet|docker|containerd|containers|cni|calico))(?:\/|$)|^\/opt\/cni(?:\/|$)/

/** The hostPaths of pods, a path once. */
function hostPathsToWriteTo(view: NodeView): UncountedVolume[] {
  const paths = hostPathVolumes(view).filter(({ path }) => !WATCHED_FOR_OTHERS.test(path))
  return [...new Map(paths.map((volume) => [volume.path, volume])).values()]
}
