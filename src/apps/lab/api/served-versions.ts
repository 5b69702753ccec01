import type { ServedResource } from '../store/resources.ts'

/** Where not every minor version of Kubernetes serves a version: the first that does, and the first that does not. */
const SPANS: Readonly<Partial<Record<string, readonly [since: number, below: number]>>> = {
  'batch/v1 cronjobs': [21, Infinity],
  'batch/v1beta1 cronjobs': [0, 25],
  'policy/v1 poddisruptionbudgets': [21, Infinity],
  'policy/v1beta1 poddisruptionbudgets': [0, 25],
  'discovery.k8s.io/v1 endpointslices': [21, Infinity],
  'discovery.k8s.io/v1beta1 endpointslices': [0, 25],
  'storage.k8s.io/v1beta1 csidrivers': [0, 22],
  'storage.k8s.io/v1beta1 csinodes': [0, 22],
  'storage.k8s.io/v1beta1 storageclasses': [0, 22],
  'storage.k8s.io/v1beta1 volumeattachments': [0, 22],
  'coordination.k8s.io/v1beta1 leases': [0, 22],
  'scheduling.k8s.io/v1beta1 priorityclasses': [0, 22],
  'rbac.authorization.k8s.io/v1beta1 clusterroles': [0, 22],
  'rbac.authorization.k8s.io/v1beta1 clusterrolebindings': [0, 22],
  'rbac.authorization.k8s.io/v1beta1 roles': [0, 22],
  'rbac.authorization.k8s.io/v1beta1 rolebindings': [0, 22],
  'apiextensions.k8s.io/v1beta1 customresourcedefinitions': [0, 22],
}

/** The resources in the versions that a minor version of Kubernetes serves. */
export function servedIn(resources: readonly ServedResource[], minor: number): ServedResource[] {
  return resources.flatMap((resource) => {
    if (resource.custom !== undefined) return [resource]
    const { group, name, versions } = resource
    const [first, ...further] = versions.filter((version) => {
      const [since, below] = SPANS[`${group}/${version} ${name}`] ?? [0, Infinity]
      return minor >= since && minor < below
    })
    return first === undefined ? [] : [{ ...resource, versions: [first, ...further] as const }]
  })
}

/** Of Kubernetes: 20 of `v1.20.2`. */
export function minorOf(version: string): number {
  return Number(/^v\d+\.(\d+)/.exec(version)?.[1] ?? 0)
}
