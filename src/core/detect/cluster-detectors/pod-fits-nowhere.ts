import { z } from 'zod'
import { message } from '../../messages/message.ts'
import type { ClusterView } from '../../observe/cluster-view.ts'
import { podName } from '../../observe/node-view.ts'
import { few } from '../../placement/few.ts'
import { indexCluster, type PlacementIndex } from '../../placement/index-cluster.ts'
import { placePod, type Placement } from '../../placement/place-pod.ts'
import { shown } from '../../tell/shown-text.ts'
import { defineClusterDetector } from '../cluster-detector.ts'
import { isNew } from '../elapsed.ts'
import { evictedBefore } from '../evicted-before.ts'
import type { Found } from '../finding.ts'
import { wholeList } from '../objects-by-name.ts'
import { refusingNodes } from '../refusing-nodes.ts'
import { isUnscheduled } from '../unscheduled.ts'
import { workloadsOf, type Workload } from '../workloads.ts'

/** A pod that waits for a node, while every one refuses it by the scheduler's own rules: why, and what would help. */
export const podFitsNowhere = defineClusterDetector({
  id: 'pod-fits-nowhere',
  reason: 'PodFitsNowhere',
  severity: 'warning',
  summary: 'A pod waits to be scheduled, and every node refuses it: why, and what would help.',
  options: z.strictObject({
    /** What a newer pod needs may yet come. */
    minimumSeconds: z.number().nonnegative().default(60),
    /** Workloads that are looked at; each one is held against every node. */
    maximumWorkloads: z.number().int().positive().default(100),
  }),

  detect(cluster, { minimumSeconds, maximumWorkloads }) {
    const { objects, observedAt } = cluster
    const waiting = (objects.pods?.value ?? []).filter(
      (pod) => isUnscheduled(pod) && !isNew(pod.metadata, observedAt, minimumSeconds * 1000),
    )
    const index = waiting.length > 0 ? indexOf(cluster) : undefined
    if (!index) return []
    const replacedBy = evictedBefore(cluster)
    return workloadsOf(waiting)
      .slice(0, maximumWorkloads)
      .flatMap((workload) => found(workload, index, replacedBy))
  },
})

/** Where some could not be read, what depends on them is not evaluated, and no pod is said to fit nowhere. */
function indexOf(cluster: ClusterView): PlacementIndex | undefined {
  const nodes = wholeList(cluster, 'nodes')
  if (!nodes) return undefined
  return indexCluster({
    nodes: nodes.value,
    pods: cluster.objects.pods?.value,
    claims: wholeList(cluster, 'persistentVolumeClaims')?.value,
    volumes: wholeList(cluster, 'persistentVolumes')?.value,
    storageClasses: wholeList(cluster, 'storageClasses')?.value,
  })
}

/** Pods of one owner are alike to the scheduler, so the first one stands for all. */
function found(
  { object, pods }: Workload,
  index: PlacementIndex,
  replacedBy: ReturnType<typeof evictedBefore>,
): Found[] {
  const [first] = pods
  const placements = placePod(first, index)
  if (placements.length === 0 || !placements.every(isRefusedForItself)) return []
  const evicted = replacedBy(first)
  const words = {
    pods: few(pods, podName),
    ...(evicted ? { replaces: evictedWords(evicted) } : {}),
    nodes: placements.length,
    ...refusingNodes(placements),
  }
  return [{ object, message: message('finding.pod-fits-nowhere', words) }]
}

/** What is wrong with a claim wherever the pod would run, is said of the claim. */
const OF_CLAIM =
  /^placement\.refused\.(?:claim-missing|claim-lost|claim-being-deleted|claim-of-another-pod|volume-missing|scheduling-gates)$/

function isRefusedForItself({ verdict, reasons }: Placement): boolean {
  return verdict === 'refused' && !reasons.some(({ key }) => OF_CLAIM.test(key))
}

function evictedWords({ pod, node }: { pod: string; node?: string | undefined }) {
  return { pod: shown(pod), ...(node === undefined ? {} : { node: shown(node) }) }
}
