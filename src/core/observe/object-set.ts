import type { ObjectMeta } from '../kubernetes/object-meta.ts'
import { compareResourceVersions } from '../kubernetes/resource-version.ts'
import type { ObjectChange } from './watched-objects.ts'

/** Deletions that are remembered, so that a change which comes late brings nothing back. */
const MOST_DELETIONS = 2000

/** Where an object is: its namespace and name. */
export function objectKey({ namespace, name }: Pick<ObjectMeta, 'namespace' | 'name'>): string {
  return `${namespace ?? ''}/${name}`
}

/**
 * Objects by name, as changes tell of them. A change that was told before, or that is older than what is
 * known, changes nothing.
 */
export function createObjectSet<T extends { metadata: ObjectMeta }>() {
  const known = new Map<string, T>()
  const deletions = new Map<string, string>()
  let asList: readonly T[] | undefined

  const isOld = (key: string, version: string | undefined) => {
    const current = known.get(key)?.metadata.resourceVersion
    return [current, deletions.get(key)].some((then) => (compareResourceVersions(version, then) ?? 1) <= 0)
  }

  return {
    /** All of them; the same array until something changes. */
    objects: (): readonly T[] => (asList ??= [...known.values()]),

    /** An object as it is now. */
    put(object: T): ObjectChange<T> | undefined {
      const key = objectKey(object.metadata)
      if (isOld(key, object.metadata.resourceVersion)) return undefined
      known.set(key, object)
      asList = undefined
      return { what: 'put', object }
    },

    /** An object that is gone, or cannot be understood any more, since a version. */
    remove(
      metadata: Pick<ObjectMeta, 'namespace' | 'name' | 'resourceVersion'>,
    ): ObjectChange<T> | undefined {
      const key = objectKey(metadata)
      if (isOld(key, metadata.resourceVersion)) return undefined
      if (metadata.resourceVersion !== undefined) remember(deletions, key, metadata.resourceVersion)
      const object = known.get(key)
      if (object === undefined) return undefined
      known.delete(key)
      asList = undefined
      return { what: 'removed', object }
    },

    /** The whole truth at an instant of the server, whatever was known before. */
    replaceAll(objects: readonly T[]): ObjectChange<T>[] {
      const before = new Map(known)
      known.clear()
      deletions.clear()
      for (const object of objects) known.set(objectKey(object.metadata), object)
      asList = undefined
      const put = [...known.values()].filter((object) => {
        const { resourceVersion } = before.get(objectKey(object.metadata))?.metadata ?? {}
        return resourceVersion === undefined || resourceVersion !== object.metadata.resourceVersion
      })
      const removed = [...before].filter(([key]) => !known.has(key)).map(([, object]) => object)
      return [
        ...removed.map((object) => ({ what: 'removed' as const, object })),
        ...put.map((object) => ({ what: 'put' as const, object })),
      ]
    },
  }
}

function remember(deletions: Map<string, string>, key: string, version: string): void {
  deletions.delete(key)
  deletions.set(key, version)
  const [oldest] = deletions.keys()
  if (deletions.size > MOST_DELETIONS && oldest !== undefined) deletions.delete(oldest)
}
