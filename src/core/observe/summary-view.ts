import type { Summary } from '../kubernetes/summary.ts'
import type { PodUsage, SummaryView } from './observation.ts'

/** What a patrol asks of the kubelet's summary. Figures the kubelet does not give count as nothing. */
export function summaryView({ node, pods }: Summary): SummaryView {
  const imageFs = node.runtime?.imageFs
  const nodeFs = node.fs
  const isKnown = nodeFs?.capacityBytes !== undefined && imageFs?.capacityBytes !== undefined
  const isSingleFilesystem =
    nodeFs?.capacityBytes === imageFs?.capacityBytes && nodeFs?.inodes === imageFs?.inodes
  return {
    pods: (pods ?? []).map(podUsage),
    ...claimFilesystems(pods ?? []),
    ...(imageFs?.usedBytes === undefined ? {} : { imageFsUsedBytes: imageFs.usedBytes }),
    ...(isKnown ? { isSingleFilesystem } : {}),
    ...imageFilesystem(imageFs),
  }
}

type PodStats = NonNullable<Summary['pods']>[number]

function claimFilesystems(pods: readonly PodStats[]): Pick<SummaryView, 'claimFilesystems'> {
  const found = pods.flatMap(({ volume }) =>
    (volume ?? []).flatMap(({ pvcRef, capacityBytes, inodes }) =>
      pvcRef?.name === undefined || capacityBytes === undefined || inodes === undefined
        ? []
        : { claim: `${pvcRef.namespace ?? 'default'}/${pvcRef.name}`, capacityBytes, inodes },
    ),
  )
  return found.length === 0 ? {} : { claimFilesystems: found }
}

type FilesystemStats = NonNullable<NonNullable<Summary['node']['runtime']>['imageFs']>

function imageFilesystem(stats: FilesystemStats | undefined): Pick<SummaryView, 'imageFs'> {
  if (stats?.capacityBytes === undefined || stats.availableBytes === undefined) return {}
  const { capacityBytes, availableBytes, inodes, inodesFree } = stats
  return {
    imageFs: {
      capacityBytes,
      availableBytes,
      ...(inodes === undefined ? {} : { inodes }),
      ...(inodesFree === undefined ? {} : { inodesFree }),
    },
  }
}

function podUsage({ podRef, containers, volume }: PodStats): PodUsage {
  const ofContainers = (containers ?? []).map(({ name, logs, rootfs }) => ({
    name,
    logsBytes: logs?.usedBytes ?? 0,
    rootfsBytes: rootfs?.usedBytes ?? 0,
  }))
  // A volume with a claim is never counted for its pod (semantics §3.5).
  const counted = (volume ?? []).filter(({ pvcRef }) => pvcRef === undefined)
  const inodes = [
    ...counted.map(({ inodesUsed }) => inodesUsed),
    ...(containers ?? []).flatMap(({ logs, rootfs }) => [logs?.inodesUsed, rootfs?.inodesUsed]),
  ]
  return {
    ...podRef,
    logsBytes: sum(ofContainers.map(({ logsBytes }) => logsBytes)),
    rootfsBytes: sum(ofContainers.map(({ rootfsBytes }) => rootfsBytes)),
    localVolumesBytes: sum(counted.map(({ usedBytes }) => usedBytes)),
    containers: ofContainers,
    localVolumes: counted.map(({ name, usedBytes }) => ({ name, usedBytes: usedBytes ?? 0 })),
    ...(inodes.some((count) => count !== undefined) ? { inodes: sum(inodes) } : {}),
  }
}

function sum(bytes: readonly (number | undefined)[]): number {
  return bytes.reduce<number>((total, value) => total + (value ?? 0), 0)
}
