import type { Chance } from '../chance.ts'
import type { PodObject, PodSpec, PodTemplate, WorkloadObject } from '../objects.ts'
import { defaultPullPolicy } from '../../../../core/kubelet/image-pull/image-reference.ts'

/** What the API server and its admission fill in. */
const DEFAULTS = {
  restartPolicy: 'Always',
  terminationGracePeriodSeconds: 30,
  dnsPolicy: 'ClusterFirst',
  schedulerName: 'default-scheduler',
  priority: 0,
}
const PRIORITIES: Readonly<Record<string, number>> = {
  'system-node-critical': 2_000_001_000,
  'system-cluster-critical': 2_000_000_000,
}

/** A template's spec with the API server's defaults; made once for a template, and shared by its pods. */
export function podSpecOf(template: PodTemplate): PodSpec {
  const known = specs.get(template)
  if (known) return known
  const { spec } = template
  const made: PodSpec = {
    ...DEFAULTS,
    ...(spec.priorityClassName !== undefined && { priority: PRIORITIES[spec.priorityClassName] ?? 0 }),
    ...spec,
    containers: spec.containers.map((container) => ({
      ...container,
      imagePullPolicy: container.imagePullPolicy ?? defaultPullPolicy(container.image),
      resources: container.resources ?? {},
    })),
  }
  specs.set(template, made)
  return made
}

const specs = new WeakMap<PodTemplate, PodSpec>()

/** A pod of a workload, still without a node unless it is given one. */
export function workloadPod(
  workload: WorkloadObject,
  name: string,
  chance: Chance,
  more: Partial<PodSpec> = {},
  labels: Record<string, string> = {},
): PodObject {
  const { template } = workload.spec
  const { apiVersion, kind, metadata } = workload
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      namespace: metadata.namespace ?? 'default',
      uid: chance.uid(),
      labels: { ...template.metadata.labels, ...labels },
      ...(template.metadata.annotations && { annotations: template.metadata.annotations }),
      ownerReferences: [
        {
          apiVersion,
          kind,
          name: metadata.name,
          uid: metadata.uid ?? '',
          controller: true,
          blockOwnerDeletion: true,
        },
      ],
    },
    spec: { ...podSpecOf(template), ...more },
    status: { phase: 'Pending' },
  }
}
