import { groupVersionOf } from '../store/object-store.ts'
import type { ServedResource, Subresource } from '../store/resources.ts'

const VERBS = ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch']
const SUBRESOURCES: Record<
  Subresource,
  { kind?: string; group?: string; version?: string; verbs: string[] }
> = {
  status: { verbs: ['get', 'patch', 'update'] },
  scale: { kind: 'Scale', group: 'autoscaling', version: 'v1', verbs: ['get', 'patch', 'update'] },
  eviction: { kind: 'Eviction', group: 'policy', version: 'v1', verbs: ['create'] },
  binding: { kind: 'Binding', verbs: ['create'] },
  log: { verbs: ['get'] },
  proxy: { kind: 'NodeProxyOptions', verbs: ['get'] },
}
const REVIEWS: Record<string, readonly [name: string, kind: string][]> = {
  'authorization.k8s.io': [
    ['selfsubjectaccessreviews', 'SelfSubjectAccessReview'],
    ['selfsubjectrulesreviews', 'SelfSubjectRulesReview'],
    ['subjectaccessreviews', 'SubjectAccessReview'],
  ],
  'authentication.k8s.io': [
    ['selfsubjectreviews', 'SelfSubjectReview'],
    ['tokenreviews', 'TokenReview'],
  ],
}

/** What a client asks before it asks for objects (the unaggregated form); undefined for another path. */
export function discovery(resources: readonly ServedResource[], path: string): object | undefined {
  const groups = groupsOf(resources)
  if (path === '/api') {
    return {
      kind: 'APIVersions',
      versions: ['v1'],
      serverAddressByClientCIDRs: [],
    }
  }
  if (path === '/apis') {
    return { kind: 'APIGroupList', apiVersion: 'v1', groups: [...groups].map(groupObject) }
  }
  const match = /^\/(?:api|apis\/([^/]+))(?:\/([^/]+))?$/.exec(path)
  if (match === null) return undefined
  const [, group = '', version] = match
  const versions = group === '' ? ['v1'] : groups.get(group)
  if (versions === undefined) return undefined
  if (version === undefined) return { apiVersion: 'v1', kind: 'APIGroup', ...groupObject([group, versions]) }
  if (!versions.includes(version)) return undefined
  const own = resources.filter((one) => one.group === group && one.versions.includes(version))
  return {
    kind: 'APIResourceList',
    apiVersion: 'v1',
    groupVersion: group === '' ? version : `${group}/${version}`,
    resources: [...own.flatMap(entries), ...(REVIEWS[group] ?? []).map(reviewEntry)],
  }
}

function groupsOf(resources: readonly ServedResource[]): Map<string, string[]> {
  const groups = new Map<string, string[]>()
  for (const { group, versions } of resources) {
    if (group === '') continue
    const known = groups.get(group) ?? []
    groups.set(group, [...new Set([...known, ...versions])])
  }
  for (const group of Object.keys(REVIEWS)) groups.set(group, ['v1'])
  return groups
}

function groupObject([name, versions]: readonly [string, readonly string[]]) {
  const listed = versions.map((version) => ({ groupVersion: `${name}/${version}`, version }))
  return { name, versions: listed, preferredVersion: listed[0] }
}

function entries(resource: ServedResource): object[] {
  const { name, singular, kind, isNamespaced, shortNames, categories, subresources } = resource
  const own = {
    name,
    singularName: singular,
    namespaced: isNamespaced,
    kind,
    verbs: VERBS,
    ...(shortNames.length > 0 && { shortNames }),
    ...(categories.length > 0 && { categories }),
  }
  const below = subresources.map((subresource) => ({
    name: `${name}/${subresource}`,
    singularName: '',
    namespaced: isNamespaced,
    kind,
    ...SUBRESOURCES[subresource],
  }))
  return [own, ...below]
}

function reviewEntry([name, kind]: readonly [string, string]): object {
  return { name, singularName: kind.toLowerCase(), namespaced: false, kind, verbs: ['create'] }
}

/** The resource that a path's group, version and plural name. */
export function servedAt(
  resources: readonly ServedResource[],
  { group, version, name }: { group: string; version: string; name: string },
): ServedResource | undefined {
  return resources.find((one) => one.group === group && one.name === name && one.versions.includes(version))
}

/** The object in the version that was asked for. */
export function inVersion<T extends { apiVersion?: string; kind?: string; metadata?: unknown }>(
  resource: ServedResource,
  version: string,
  object: T,
): T {
  const apiVersion = resource.group === '' ? version : `${resource.group}/${version}`
  if (object.apiVersion === apiVersion && object.kind === resource.kind) return object
  return { ...object, apiVersion: apiVersion || groupVersionOf(resource), kind: resource.kind }
}
