import { imageReference } from './images.ts'
import type { KubernetesObject } from './kubernetes-api.ts'
import type { PodInBrief } from './scenario.ts'

/** The container's name in every pod that a scenario describes in brief. */
export const CONTAINER = 'c'

/** The Pod that is meant. */
export function wholePod(brief: PodInBrief): KubernetesObject & { spec: object } {
  const { emptyDir, command, request, limit, priorityClass } = brief
  const storage = (amount: string | undefined) =>
    amount === undefined ? undefined : { 'ephemeral-storage': amount }
  const container = {
    name: CONTAINER,
    image: imageReference(brief.image),
    imagePullPolicy: 'IfNotPresent',
    command: command === undefined ? undefined : ['/bin/busybox', 'sh', '-c', command],
    resources: { requests: storage(request), limits: storage(limit) },
    volumeMounts: emptyDir === false ? undefined : [{ name: 'data', mountPath: '/data' }],
  }
  const volume = { name: 'data', emptyDir: typeof emptyDir === 'string' ? { sizeLimit: emptyDir } : {} }
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: brief.pod, namespace: brief.namespace },
    spec: {
      hostNetwork: true,
      restartPolicy: brief.restartPolicy,
      terminationGracePeriodSeconds: brief.graceSeconds,
      priorityClassName: priorityClass,
      containers: [container],
      volumes: emptyDir === false ? undefined : [volume],
    },
  }
}
