/** What the fake serves, as discovery lists it. */
export interface ServedResource {
  groupVersion: string
  name: string
  kind: string
  isNamespaced: boolean
}

const served = (groupVersion: string, name: string, kind: string, isNamespaced: boolean): ServedResource => ({
  groupVersion,
  name,
  kind,
  isNamespaced,
})

export const SERVED: readonly ServedResource[] = [
  served('v1', 'nodes', 'Node', false),
  served('v1', 'pods', 'Pod', true),
  served('v1', 'persistentvolumeclaims', 'PersistentVolumeClaim', true),
  served('v1', 'persistentvolumes', 'PersistentVolume', false),
  served('v1', 'events', 'Event', true),
  served('storage.k8s.io/v1', 'storageclasses', 'StorageClass', false),
  served('storage.k8s.io/v1', 'volumeattachments', 'VolumeAttachment', false),
  served('storage.k8s.io/v1beta1', 'volumeattachments', 'VolumeAttachment', false),
  served('apps/v1', 'statefulsets', 'StatefulSet', true),
]

/** What kubectl asks before it asks for objects; undefined for another path. */
export function discovery(path: string): object | undefined {
  if (path === '/api') return { kind: 'APIVersions', versions: ['v1'] }
  const groups = [...new Set(SERVED.map(({ groupVersion }) => groupVersion).filter((name) => name !== 'v1'))]
  if (path === '/apis') {
    const named = [...new Set(groups.map((groupVersion) => groupVersion.split('/')[0]))]
    return {
      kind: 'APIGroupList',
      apiVersion: 'v1',
      groups: named.map((name) => {
        const versions = groups
          .filter((groupVersion) => groupVersion.startsWith(`${name}/`))
          .map((groupVersion) => ({ groupVersion, version: groupVersion.split('/')[1] }))
        return { name, versions, preferredVersion: versions[0] }
      }),
    }
  }
  const groupVersion = /^\/apis?\/(.+)$/.exec(path)?.[1]
  const resources = SERVED.filter((resource) => resource.groupVersion === groupVersion)
  if (resources.length === 0) return undefined
  return {
    kind: 'APIResourceList',
    apiVersion: 'v1',
    groupVersion,
    resources: resources.map(({ name, kind, isNamespaced }) => ({
      name,
      singularName: '',
      namespaced: isNamespaced,
      kind,
      verbs: ['get', 'list', 'watch'],
    })),
  }
}
