import { groupVersionOf } from '../store/object-store.ts'
import type { ServedResource, Subresource } from '../store/resources.ts'

const VERBS = ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch']
/** The order in which custom resources say them. */
const CUSTOM_VERBS = ['delete', 'deletecollection', 'get', 'list', 'patch', 'create', 'update', 'watch']
/** The first minor version in which they can be deleted by collection. */
const DELETED_ONE_BY_ONE: Readonly<Partial<Record<string, number>>> = { Namespace: Infinity, Service: 23 }
/** From here on Kubernetes says the singular name of its own resources. */
const SINGULAR_NAMES_SINCE = 27
const SUBRESOURCES: Record<
  Subresource,
  { kind?: string; group?: string; version?: string; verbs: string[] }
> = {
  status: { verbs: ['get', 'patch', 'update'] },
  scale: { kind: 'Scale', group: 'autoscaling', version: 'v1', verbs: ['get', 'patch', 'update'] },
  eviction: { kind: 'Eviction', group: 'policy', version: 'v1', verbs: ['create'] },
  binding: { kind: 'Binding', verbs: ['create'] },
  log: { verbs: ['get'] },
  proxy: { kind: 'NodeProxyOptions', verbs: ['create', 'delete', 'get', 'patch', 'update'] },
}
interface Review {
  name: string
  kind: string
  since?: number
}
const REVIEW_VERSIONS: readonly { version: string; below?: number }[] = [
  { version: 'v1' },
  { version: 'v1beta1', below: 22 },
]
const REVIEWS: Record<string, readonly Review[]> = {
  'authorization.k8s.io': [
    { name: 'selfsubjectaccessreviews', kind: 'SelfSubjectAccessReview' },
    { name: 'selfsubjectrulesreviews', kind: 'SelfSubjectRulesReview' },
    { name: 'subjectaccessreviews', kind: 'SubjectAccessReview' },
  ],
  'authentication.k8s.io': [
    { name: 'selfsubjectreviews', kind: 'SelfSubjectReview', since: 28 },
    { name: 'tokenreviews', kind: 'TokenReview' },
  ],
}

/** What a client asks before it asks for objects (the unaggregated form); undefined for another path. */
export function discovery(
  resources: readonly ServedResource[],
  path: string,
  minor: number,
): object | undefined {
  const groups = groupsOf(resources, minor)
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
  const reviews = (REVIEWS[group] ?? []).filter(({ since = 0 }) => minor >= since)
  return {
    kind: 'APIResourceList',
    // Of the core group it never said its version.
    ...(group !== '' && { apiVersion: 'v1' }),
    groupVersion: group === '' ? version : `${group}/${version}`,
    resources: [
      ...own.flatMap((resource) => entries(resource, minor)),
      ...reviews.map((one) => reviewEntry(one, minor)),
    ],
  }
}

function groupsOf(resources: readonly ServedResource[], minor: number): Map<string, string[]> {
  const groups = new Map<string, string[]>()
  for (const { group, versions } of resources) {
    if (group === '') continue
    const known = groups.get(group) ?? []
    groups.set(group, [...new Set([...known, ...versions])])
  }
  const reviewed = REVIEW_VERSIONS.filter(({ below = Infinity }) => minor < below)
  for (const group of Object.keys(REVIEWS)) {
    groups.set(
      group,
      reviewed.map(({ version }) => version),
    )
  }
  return groups
}

function groupObject([name, versions]: readonly [string, readonly string[]]) {
  const listed = versions.map((version) => ({ groupVersion: `${name}/${version}`, version }))
  return { name, versions: listed, preferredVersion: listed[0] }
}

function entries(resource: ServedResource, minor: number): object[] {
  const { name, singular, kind, isNamespaced, shortNames, categories, subresources } = resource
  const own = {
    name,
    singularName: resource.custom || minor >= SINGULAR_NAMES_SINCE ? singular : '',
    namespaced: isNamespaced,
    kind,
    verbs: verbsOf(resource, minor),
    ...(shortNames.length > 0 && { shortNames }),
    ...(categories.length > 0 && { categories }),
  }
  const below = subresources.map((subresource) => ({
    name: `${name}/${subresource}`,
    singularName: '',
    namespaced: isNamespaced,
    kind,
    ...SUBRESOURCES[subresource],
    ...(subresource === 'eviction' && { version: minor < 22 ? 'v1beta1' : 'v1' }),
  }))
  return [own, ...below]
}

function verbsOf({ kind, group, custom }: ServedResource, minor: number): string[] {
  if (custom !== undefined) return CUSTOM_VERBS
  const isWhole = group !== '' || minor >= (DELETED_ONE_BY_ONE[kind] ?? 0)
  return isWhole ? VERBS : VERBS.filter((verb) => verb !== 'deletecollection')
}

function reviewEntry({ name, kind }: Review, minor: number): object {
  return {
    name,
    singularName: minor >= SINGULAR_NAMES_SINCE ? kind.toLowerCase() : '',
    namespaced: false,
    kind,
    verbs: ['create'],
  }
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
