import { z } from 'zod'
import { message } from '../../messages/message.ts'
import type { NodeView } from '../../observe/node-view.ts'
import { crossedLevels } from '../../kubelet/disk-levels.ts'
import { shown } from '../../tell/shown-text.ts'
import { defineClusterDetector } from '../cluster-detector.ts'
import { elapsedSince } from '../elapsed.ts'
import { evictionLevels } from '../threshold-words.ts'
import { watchedFilesystems } from '../watched-filesystems.ts'

/** A Node with the condition DiskPressure: its kubelet evicts, and no pod is scheduled there (semantics §3.11, §3.12). */
export const nodeUnderDiskPressure = defineClusterDetector({
  id: 'node-under-disk-pressure',
  reason: 'NodeUnderDiskPressure',
  severity: 'critical',
  summary:
    'A node is under DiskPressure: its kubelet deletes idle images and evicts pods, and takes no new ones.',
  options: z.strictObject({}),

  detect({ objects, nodes, observedAt }) {
    return (objects.nodes?.value ?? []).flatMap(({ metadata: { name }, status }) => {
      const condition = status.conditions.find(({ type }) => type === 'DiskPressure')
      if (condition?.status !== 'True') return []
      const lasting = elapsedSince(condition.lastTransitionTime, observedAt)
      const endsAfter = transitionOnceMet(nodes.get(name))
      const words = {
        node: shown(name),
        ...(lasting === undefined ? {} : { seconds: Math.round(lasting / 1000) }),
        ...(endsAfter === undefined ? {} : { endsAfter }),
      }
      const object = { kind: 'Node', name }
      return [{ object, node: name, message: message('finding.node-under-disk-pressure', words) }]
    })
  },
})

/** How long the condition outlasts a shortage, where every threshold is known to be met again. */
function transitionOnceMet(view: NodeView | undefined): string | undefined {
  const filesystems = view ? watchedFilesystems(view) : []
  const isMet =
    filesystems.some(({ holds }) => holds !== 'images') &&
    filesystems.every((filesystem) => {
      const levels = evictionLevels(filesystem)
      return levels.length > 0 && crossedLevels(levels, filesystem.latest).length === 0
    })
  return isMet ? view?.kubeletConfiguration?.value.evictionPressureTransitionPeriod : undefined
}
