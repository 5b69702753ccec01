import { z } from 'zod'
import type { Container, Pod } from '../../kubernetes/pod.ts'
import { message } from '../../messages/message.ts'
import { shown } from '../../tell/shown-text.ts'
import { countedByNamespace, ownersOf } from '../by-namespace.ts'
import { defineClusterDetector } from '../cluster-detector.ts'

/**
 * Containers without a limit on ephemeral storage: nothing stops them before the disk is full, and without a request
 * they are the first to be evicted, whatever they use (semantics §3.7, §3.8).
 */
export const ephemeralStorageUnbounded = defineClusterDetector({
  id: 'ephemeral-storage-unbounded',
  reason: 'EphemeralStorageUnbounded',
  severity: 'info',
  summary:
    'Containers may write as much to the disk of their node as there is: they have no ephemeral-storage limit.',
  options: z.strictObject({}),

  detect({ objects }) {
    return countedByNamespace(objects.pods?.value ?? [], unboundedIn).map(({ namespace, pods, count }) => ({
      object: { kind: 'Namespace', name: namespace },
      message: message('finding.ephemeral-storage-unbounded', {
        namespace: shown(namespace),
        containers: count,
        withoutRequest: pods.reduce((total, pod) => total + withoutRequestIn(pod), 0),
        owners: ownersOf(pods),
      }),
    }))
  },
})

const STORAGE = 'ephemeral-storage'

const isUnbounded = ({ resources }: Container) => resources?.limits?.[STORAGE] === undefined
const isUnasked = (container: Container) =>
  isUnbounded(container) && container.resources?.requests?.[STORAGE] === undefined

const unboundedIn = ({ spec }: Pod) => spec.containers.filter(isUnbounded).length
const withoutRequestIn = ({ spec }: Pod) => spec.containers.filter(isUnasked).length
