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
    ...(imageFs?.usedBytes === undefined ? {} : { imageFsUsedBytes: imageFs.usedBytes }),
    ...(isKnown ? { isSingleFilesystem } : {}),
  }
}

function podUsage({ podRef, containers, volume }: NonNullable<Summary['pods']>[number]): PodUsage {
  return {
    ...podRef,
    logsBytes: sum((containers ?? []).map(({ logs }) => logs?.usedBytes)),
    rootfsBytes: sum((containers ?? []).map(({ rootfs }) => rootfs?.usedBytes)),
    // A volume with a claim is never counted for its pod (semantics §3.5).
    localVolumesBytes: sum(
      (volume ?? []).filter(({ pvcRef }) => pvcRef === undefined).map(({ usedBytes }) => usedBytes),
    ),
  }
}

function sum(bytes: readonly (number | undefined)[]): number {
  return bytes.reduce<number>((total, value) => total + (value ?? 0), 0)
}
