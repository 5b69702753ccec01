import { z } from 'zod'
import type { Pod } from '../../kubernetes/pod.ts'
import { message } from '../../messages/message.ts'
import { shown } from '../../tell/shown-text.ts'
import { countedByNamespace, ownersOf } from '../by-namespace.ts'
import { defineClusterDetector } from '../cluster-detector.ts'

/** emptyDir volumes on the disk without a sizeLimit: nothing stops what is written there before the disk is full (semantics §3.8). */
export const emptyDirUnbounded = defineClusterDetector({
  id: 'empty-dir-unbounded',
  reason: 'EmptyDirUnbounded',
  severity: 'info',
  summary: 'emptyDir volumes have no sizeLimit, so that they may fill the disk of their node.',
  options: z.strictObject({}),

  detect({ objects }) {
    return countedByNamespace(objects.pods?.value ?? [], unboundedIn).map(({ namespace, pods, count }) => ({
      object: { kind: 'Namespace', name: namespace },
      message: message('finding.empty-dir-unbounded', {
        namespace: shown(namespace),
        volumes: count,
        owners: ownersOf(pods),
      }),
    }))
  },
})

/** A limit of the pods' ephemeral storage counts its emptyDirs, too; a sizeLimit of 0 is none. */
function unboundedIn({ spec }: Pod): number {
  const { containers } = spec
  const isLimited =
    containers.length > 0 &&
    containers.every(({ resources }) => resources?.limits?.['ephemeral-storage'] !== undefined)
  if (isLimited) return 0
  return spec.volumes.filter(
    ({ emptyDir }) =>
      emptyDir && (emptyDir.medium ?? '') === '' && /^0?$/.test(String(emptyDir.sizeLimit ?? '')),
  ).length
}
