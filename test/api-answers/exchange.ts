/** One request to an API server, as data, so that the same can be asked of several. */
export interface Exchange {
  /** Unique in its story. */
  what: string
  /** `GET /api/v1/…`; `{word}` stands for what an earlier exchange kept. */
  ask: string
  headers?: Readonly<Record<string, string>>
  /** JSON, unless it is a text. */
  body?: unknown
  /** Keeps parts of the answer for later requests: by word, where they are in it. */
  keep?: Readonly<Record<string, string>>
  /** Asks again until this part of the answer has this value: what controllers do takes them a moment. */
  until?: readonly [path: string, value: unknown]
  /** Only these parts of the answer count; what else it says is of the cluster, not of its API. */
  only?: readonly string[]
  /** These parts of each object of the answer do not count: controllers write them at a time of their own. */
  but?: readonly string[]
  /** Of these of the parts in `only` the order does not count: the server does not keep any. */
  inAnyOrder?: readonly string[]
}

/** What a server answered, as far as two servers can be compared by it. */
export interface Answer {
  what: string
  ask: string
  status: number
  contentType: string
  /** The JSON, a list of the JSON of each line of a watch, or a text. */
  body: unknown
}

/** Exchanges that belong together, in the order in which they are asked. */
export interface Story {
  id: string
  exchanges: readonly Exchange[]
  /** Of `discovery` only: the answers name more than the lab has. */
  isPartOf?: boolean
  /** Whether who manages which field counts, too. */
  comparesManagedFields?: boolean
}

export const STRATEGIC = { 'content-type': 'application/strategic-merge-patch+json' }
export const MERGE = { 'content-type': 'application/merge-patch+json' }
export const JSON_PATCH = { 'content-type': 'application/json-patch+json' }
export const APPLY = { 'content-type': 'application/apply-patch+yaml' }
export const AS_TABLE = {
  accept:
    'application/json;as=Table;v=v1;g=meta.k8s.io,application/json;as=Table;v=v1beta1;g=meta.k8s.io,application/json',
}

/** A namespace to play a story in, and the account that its pods run as. */
export function inNamespace(name: string): Exchange[] {
  return [
    {
      what: 'a namespace is made',
      ask: 'POST /api/v1/namespaces',
      body: { apiVersion: 'v1', kind: 'Namespace', metadata: { name } },
    },
    {
      what: 'it gets an account',
      ask: `GET /api/v1/namespaces/${name}/serviceaccounts/default`,
      until: ['kind', 'ServiceAccount'],
      only: ['kind', 'apiVersion', 'metadata.name', 'metadata.namespace'],
    },
  ]
}

/** A pod that no scheduler and no kubelet takes notice of. */
export function idlePod(name: string, { labels, ...spec }: { labels?: object; nodeName?: string } = {}) {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, ...(labels && { labels }) },
    spec: {
      schedulerName: 'nobody',
      automountServiceAccountToken: false,
      containers: [{ name: 'main', image: 'lab.local/app1:1.0' }],
      ...spec,
    },
  }
}

/** No such node: nothing runs there, and it takes the garbage collector of pods a while to see it. */
export const NOWHERE = 'nowhere'
