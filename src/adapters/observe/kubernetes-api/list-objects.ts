import { z } from 'zod'
import { RESOURCES, schemaOf, type ObjectOf, type ResourceName } from '../../../core/kubernetes/resources.ts'
import { objectKey } from '../../../core/observe/object-set.ts'
import type { Listing } from '../../../core/observe/cluster-api.ts'
import { ApiFailure } from './api-failure.ts'
import { resourcePath, type ListQuery } from './transport/api-path.ts'
import type { ApiTransport, Limits } from './transport/api-transport.ts'

/** A page of a list; its objects are looked at one by one. */
const Page = z.object({
  kind: z.string().endsWith('List'),
  metadata: z.object({ resourceVersion: z.string(), continue: z.string().nullish() }),
  items: z.array(z.unknown()).nullish(),
})

/** A listing, and where those objects are that could not be understood, as far as they say. */
interface ReadListing<T> extends Listing<T> {
  unreadableKeys: readonly string[]
}

/** A listing, and under which group version it is served. */
export interface FoundListing<T> extends ReadListing<T> {
  groupVersion: string
}

/** Where an object is that is not understood otherwise. */
const Place = z.object({ metadata: z.object({ name: z.string(), namespace: z.string().optional() }) })

/** How a resource is listed. */
export interface ListOptions {
  limits: Limits
  namespace?: string | undefined
  /** Objects a page. */
  pageSize: number
}

const MOST_BEGINNINGS = 3
const MOST_OBJECTS = 500_000
const MOST_PAGES = 50_000

/**
 * Lists all objects of a resource, a page at a time. When the server has forgotten where a page continues
 * (410), it begins again with larger pages; when a page is too large, it goes on with smaller ones.
 */
export async function listObjects<N extends ResourceName>(
  transport: ApiTransport,
  resource: N,
  options: ListOptions,
): Promise<FoundListing<ObjectOf<N>>> {
  for (const groupVersion of RESOURCES[resource].groupVersions) {
    const found = await servedListing(transport, resource, groupVersion, options)
    if (found !== undefined) return { ...found, groupVersion }
  }
  throw new ApiFailure('not-served', `the server does not serve ${resource}`, { status: 404 })
}

async function servedListing<N extends ResourceName>(
  transport: ApiTransport,
  resource: N,
  groupVersion: string,
  options: ListOptions,
): Promise<ReadListing<ObjectOf<N>> | undefined> {
  for (let beginning = 1; ; beginning++) {
    const pageSize = options.pageSize * 4 ** (beginning - 1)
    try {
      return await allPages(transport, resource, groupVersion, { ...options, pageSize })
    } catch (failure) {
      if (!(failure instanceof ApiFailure)) throw failure
      if (failure.is.status === 404) return undefined
      if (failure.is.status !== 410 || beginning >= MOST_BEGINNINGS) throw failure
    }
  }
}

async function allPages<N extends ResourceName>(
  transport: ApiTransport,
  resource: N,
  groupVersion: string,
  { limits, namespace, pageSize }: ListOptions,
): Promise<ReadListing<ObjectOf<N>>> {
  const schema = schemaOf(resource)
  const objects: ObjectOf<N>[] = []
  const unreadableKeys: string[] = []
  let limit = pageSize
  let next: string | undefined
  for (let pages = 0; pages < MOST_PAGES; pages++) {
    const query: ListQuery = { limit, ...(next === undefined ? {} : { continue: next }) }
    const answer = await transport
      .json(
        resourcePath(resource, { groupVersion, ...(namespace === undefined ? {} : { namespace }), query }),
        limits,
      )
      .catch((failure: unknown) => {
        if (failure instanceof ApiFailure && failure.why === 'too-large' && limit > 1) return TOO_LARGE
        throw failure
      })
    if (answer === TOO_LARGE) {
      limit = Math.max(1, Math.floor(limit / 4))
      continue
    }
    const page = readPage(answer)
    for (const item of page.items ?? []) {
      const parsed = schema.safeParse(item)
      if (parsed.success) objects.push(parsed.data)
      else unreadableKeys.push(placeOf(item))
    }
    if (objects.length > MOST_OBJECTS)
      throw new ApiFailure('too-large', `more than ${MOST_OBJECTS} ${resource}`)
    if (!page.metadata.continue)
      return {
        objects,
        unreadable: unreadableKeys.length,
        unreadableKeys,
        resourceVersion: page.metadata.resourceVersion,
      }
    if (page.metadata.continue === next) throw new ApiFailure('garbled', 'a page that continues with itself')
    next = page.metadata.continue
  }
  throw new ApiFailure('garbled', `a list that does not end after ${MOST_PAGES} pages`)
}

const TOO_LARGE = Symbol('too large')

function readPage(answer: unknown): z.output<typeof Page> {
  const page = Page.safeParse(answer)
  if (page.success) return page.data
  throw new ApiFailure('garbled', 'this is JSON, but no list of Kubernetes objects', {}, page.error)
}

function placeOf(item: unknown): string {
  const place = Place.safeParse(item)
  return place.success ? objectKey(place.data.metadata) : ''
}
