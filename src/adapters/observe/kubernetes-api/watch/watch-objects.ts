import { RESOURCES, type ObjectOf, type ResourceName } from '../../../../core/kubernetes/resources.ts'
import { compareResourceVersions } from '../../../../core/kubernetes/resource-version.ts'
import type { Clock } from '../../../../core/observe/clock.ts'
import { createObjectSet, objectKey } from '../../../../core/observe/object-set.ts'
import type { ObjectChange, WatchedObjects } from '../../../../core/observe/watched-objects.ts'
import { ApiFailure } from '../api-failure.ts'
import { listObjects, type ListOptions } from '../list-objects.ts'
import { resourcePath } from '../transport/api-path.ts'
import type { ApiTransport } from '../transport/api-transport.ts'
import { networkFailure } from '../transport/network-failure.ts'
import { pause, type Random } from '../transport/retry.ts'
import { alarm } from './alarm.ts'
import { splitLines } from './split-lines.ts'
import { readWatchEvent } from './watch-event.ts'
import { watchStatus } from './watch-status.ts'
import type { WatchTimes } from './watch-times.ts'

/** What a watch works with. */
export interface WatchParts {
  transport: ApiTransport
  listing: ListOptions
  clock: Clock
  random: Random
  times: WatchTimes
  signal: AbortSignal
}

const MOST_LINE_BYTES = 8 * 1024 * 1024
/** After so many failures in a row what was seen last is not trusted any more. */
const FAILURES_UNTIL_RELIST = 3

/** Why a watch was ended on this side. */
class Ended extends Error {}

/**
 * Lists the objects of a resource and follows their changes until it is stopped: bookmarks carry the place to
 * go on from, a forgotten place (410), disorder, silence and every so often the mere passing of time lead to a
 * new list.
 */
export function watchObjects<N extends ResourceName>(
  resource: N,
  parts: WatchParts,
): WatchedObjects<ObjectOf<N>> {
  const { transport, listing, clock, random, times } = parts
  type T = ObjectOf<N>
  const stopping = new AbortController()
  const signal = AbortSignal.any([stopping.signal, parts.signal])
  const set = createObjectSet<T>()
  const status = watchStatus<T>(resource, clock)
  const unreadable = new Set<string>()
  /** Up to where changes are known; undefined when only a list can tell. */
  let knownTo: string | undefined
  let groupVersion: string = RESOURCES[resource].groupVersions[0]
  let nextResyncAt = 0

  const tell = (change: ObjectChange<T> | undefined) => {
    if (change !== undefined) status.tell(change)
  }

  async function relist() {
    const found = await listObjects(transport, resource, listing)
    groupVersion = found.groupVersion
    knownTo = found.resourceVersion
    nextResyncAt = clock.now() + times.resyncMs * (0.8 + 0.4 * random())
    unreadable.clear()
    for (const key of found.unreadableKeys) unreadable.add(key)
    status.unreadable(found.unreadable)
    for (const change of set.replaceAll(found.objects)) tell(change)
  }

  /** Applies a line. Whether it came out of order: then what else is missing only a list can tell. */
  function apply(line: string): boolean {
    const event = readWatchEvent<T>(line, RESOURCES[resource].schema as never, clock.now())
    if (event.type === 'other') return false
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
    const order = compareResourceVersions(event.version, knownTo)
    if (order === undefined || order > 0) knownTo = event.version ?? knownTo
    return order !== undefined && order < 0
  }

  /** Follows the changes after what is known until the server or this side ends it. */
  async function follow() {
    const ending = new AbortController()
    const both = AbortSignal.any([ending.signal, signal])
    const silence = alarm(clock, times.silenceMs, () => {
      knownTo = undefined
      ending.abort(
        new ApiFailure('timed-out', `neither a change nor a bookmark for ${times.silenceMs / 1000} s`),
      )
    })
    const resync = alarm(clock, Math.max(0, nextResyncAt - clock.now()), () => {
      knownTo = undefined
      ending.abort(new Ended())
    })
    let isDisordered = false
    try {
      const { content } = await transport.open(watchPath(), { signal: both })
      status.live()
      for await (const line of splitLines(content, MOST_LINE_BYTES)) {
        silence.again()
        isDisordered = apply(line) || isDisordered
      }
    } catch (cause) {
      throw both.aborted ? both.reason : cause
    } finally {
      silence.off()
      resync.off()
      if (isDisordered) knownTo = undefined
    }
  }

  function watchPath() {
    const timeoutSeconds = Math.round((times.leaseMs * (1 + random())) / 1000)
    const { namespace } = listing
    return resourcePath(resource, {
      groupVersion,
      ...(namespace === undefined ? {} : { namespace }),
      query: {
        watch: true,
        allowWatchBookmarks: true,
        timeoutSeconds,
        ...(knownTo === undefined ? {} : { resourceVersion: knownTo }),
      },
    })
  }

  async function run() {
    for (let failures = 0; !signal.aborted;) {
      const begunAt = clock.now()
      try {
        if (knownTo === undefined) await relist()
        await follow()
        failures = clock.now() - begunAt < times.shortestMs ? failures + 1 : 0
      } catch (cause) {
        if (signal.aborted) return
        if (cause instanceof Ended) continue
        const failure = networkFailure(cause)
        const isForgotten = failure.is.status === 410
        if (!isForgotten) status.failed(failure)
        const isUnclear = failure.why === 'garbled' || failure.why === 'too-large'
        failures = clock.now() - begunAt > times.longestWaitMs ? 1 : failures + 1
        if (isForgotten || isUnclear || failures >= FAILURES_UNTIL_RELIST) knownTo = undefined
      }
      if (failures > 0) await pause(clock, waitAfter(failures), signal)
    }
  }

  function waitAfter(failures: number): number {
    const most = Math.min(times.longestWaitMs, times.firstWaitMs * 2 ** (failures - 1))
    return most * (0.5 + 0.5 * random())
  }

  void run()
  return {
    objects: set.objects,
    state: status.state,
    onChange: status.onChange,
    stop: () => stopping.abort(),
  }
}
