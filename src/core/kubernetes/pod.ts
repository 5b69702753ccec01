import { z } from 'zod'
import { list } from './list.ts'
import { ObjectMeta } from './object-meta.ts'
import { podSchedulingFields } from './pod-scheduling.ts'
import { Quantities, Resources } from './quantities.ts'

const ContainerState = z
  .object({
    waiting: z.object({ reason: z.string().nullish(), message: z.string().nullish() }).nullish(),
    running: z.object({ startedAt: z.string().nullish() }).nullish(),
    terminated: z.object({ finishedAt: z.string().nullish() }).nullish(),
  })
  .nullish()

const ContainerStatus = z.object({
  name: z.string(),
  image: z.string().optional(),
  imageID: z.string().optional(),
  ready: z.boolean().optional(),
  containerID: z.string().optional(),
  state: ContainerState,
  /** What the kubelet has granted, and what is in force: they differ from the spec while a pod is resized. */
  allocatedResources: Quantities,
  resources: Resources,
})

const ContainerPort = z.object({
  containerPort: z.number().nullish(),
  hostPort: z.number().nullish(),
  hostIP: z.string().nullish(),
  protocol: z.string().nullish(),
})

const Container = z.object({
  name: z.string(),
  image: z.string().optional(),
  imagePullPolicy: z.string().nullish(),
  resources: Resources,
  ports: z.array(ContainerPort).nullish(),
  /** Of an init container: `Always` makes it a sidecar. */
  restartPolicy: z.string().nullish(),
})
export type Container = z.infer<typeof Container>

const Volume = z.object({
  name: z.string(),
  persistentVolumeClaim: z.object({ claimName: z.string() }).optional(),
  /** A claim of the pod's own, named `{pod}-{volume}`. */
  ephemeral: z
    .object({
      volumeClaimTemplate: z
        .object({ spec: z.object({ storageClassName: z.string().nullish() }).nullish() })
        .nullish(),
    })
    .nullish(),
  hostPath: z.object({ path: z.string() }).optional(),
  emptyDir: z
    .object({
      medium: z.string().optional(),
      sizeLimit: z.union([z.string(), z.number()]).optional(),
    })
    .nullish(),
})

/** The fields of a Pod that a patrol reads. */
export const Pod = z.object({
  metadata: ObjectMeta,
  spec: z.object({
    nodeName: z.string().optional(),
    priority: z.number().optional(),
    containers: list(Container),
    initContainers: z.array(Container).nullish(),
    resources: Resources,
    overhead: Quantities,
    hostNetwork: z.boolean().nullish(),
    terminationGracePeriodSeconds: z.number().nullish(),
    volumes: list(Volume),
    ...podSchedulingFields,
  }),
  status: z
    .object({
      phase: z.string().optional(),
      reason: z.string().optional(),
      message: z.string().optional(),
      startTime: z.string().optional(),
      containerStatuses: list(ContainerStatus),
      initContainerStatuses: z.array(ContainerStatus).nullish(),
    })
    .nullish()
    .transform((status) => status ?? { containerStatuses: [] }),
})
export type Pod = z.infer<typeof Pod>
