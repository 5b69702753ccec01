import { compareResourceVersions } from '../../../../core/kubernetes/resource-version.ts'
import {
  RESOURCES,
  schemaOf,
  type ObjectOf,
  type ResourceName,
} from '../../../../core/kubernetes/resources.ts'
import { createObjectSet, objectKey } from '../../../../core/observe/object-set.ts'
import type { ObjectChange } from '../../../../core/observe/watched-objects.ts'
import type { FoundListing } from '../list-objects.ts'
import type { WatchStatus } from './watch-status.ts'
import { readWatchEvent } from './watch-event.ts'

/** What a watch knows of the objects of a resource, and up to where. */
export function watchedKnowledge<N extends ResourceName>(resource: N, status: WatchStatus<ObjectOf<N>>) {
  const schema = schemaOf(resource)
  const set = createObjectSet<ObjectOf<N>>()
  const unreadable = new Set<string>()
  let version: string | undefined
  let groupVersion: string = RESOURCES[resource].groupVersions[0]
  let isDisordered = false
  const tell = (change: ObjectChange<ObjectOf<N>> | undefined) => {
    if (change !== undefined) status.tell(change)
  }

  return {
    objects: set.objects,
    groupVersion: () => groupVersion,
    /** Up to where changes are known; undefined when only a list can tell. */
    knownTo: () => version,
    forget() {
      version = undefined
    },

    /** Takes a whole list for the truth. */
    learnAll(found: FoundListing<ObjectOf<N>>) {
      groupVersion = found.groupVersion
      version = found.resourceVersion
      isDisordered = false
      unreadable.clear()
      for (const key of found.unreadableKeys) unreadable.add(key)
      for (const change of set.replaceAll(found.objects)) tell(change)
      status.unreadable(found.unreadable)
    },

    /** Takes in one line of a watch. @throws {ApiFailure} see `readWatchEvent`. */
    learn(line: string, now: number) {
      const event = readWatchEvent(line, schema, now)
      if (event.type === 'other') return
      if (event.type === 'put') {
        unreadable.delete(objectKey(event.object.metadata))
        tell(set.put(event.object))
      } else if (event.type !== 'bookmark') {
        const key = objectKey(event.place)
        if (event.type === 'unreadable') unreadable.add(key)
        else unreadable.delete(key)
        tell(set.remove(event.place))
      }
      status.unreadable(unreadable.size)
      const order = compareResourceVersions(event.version, version)
      if (order !== undefined && order < 0) isDisordered = true
      else version = event.version ?? version
    },

    /** A watch has ended. After one that was out of order only a list can tell what is missing. */
    settle() {
      if (isDisordered) version = undefined
      isDisordered = false
    },
  }
}
