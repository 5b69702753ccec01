import { z } from 'zod'
import type { Pod } from '../../kubernetes/pod.ts'
import { message } from '../../messages/message.ts'
import { podName } from '../../observe/node-view.ts'
import { few } from '../../placement/few.ts'
import { shown } from '../../tell/shown-text.ts'
import { defineClusterDetector } from '../cluster-detector.ts'
import { containersOf } from '../image-names.ts'
import { objectOfPods } from '../object-of-pods.ts'
import { workloadsOf } from '../workloads.ts'

/** The runtime has the image, or should have, and cannot make a container of it. Only what it says itself tells why. */
export const containerCannotBeCreated = defineClusterDetector({
  id: 'container-cannot-be-created',
  reason: 'ContainerCannotBeCreated',
  severity: 'warning',
  summary:
    'The container runtime of a node cannot create a container: an image or a disk that is broken, commonly.',
  options: z.strictObject({}),

  detect({ objects }) {
    const failing = (objects.pods?.value ?? []).filter(
      (pod) => failureOf(pod) && !pod.metadata.deletionTimestamp,
    )
    return workloadsOf(failing).map(({ pods }) => {
      const { image, said } = failureOf(pods[0]) ?? { image: '', said: '' }
      const words = {
        pods: few(pods, podName),
        nodes: few([...new Set(pods.flatMap(({ spec }) => spec.nodeName ?? []))], String),
        image: shown(image),
        ...(said === '' ? {} : { said: shown(said, 200) }),
        isFull: /no space left on device|disk quota exceeded/i.test(said),
      }
      return { ...objectOfPods(pods, image), message: message('finding.container-cannot-be-created', words) }
    })
  },
})

function failureOf(pod: Pod): { image: string; said: string } | undefined {
  for (const { spec, status } of containersOf(pod)) {
    const waiting = status?.state?.waiting
    if (waiting?.reason === 'CreateContainerError') {
      return { image: spec.image ?? '', said: waiting.message ?? '' }
    }
  }
  return undefined
}
