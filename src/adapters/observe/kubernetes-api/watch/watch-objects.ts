import type { ObjectOf, ResourceName } from '../../../../core/kubernetes/resources.ts'
import type { Clock } from '../../../../core/observe/clock.ts'
import type { WatchedObjects } from '../../../../core/observe/watched-objects.ts'
import { ApiFailure } from '../api-failure.ts'
import { listObjects, type ListOptions } from '../list-objects.ts'
import { resourcePath } from '../transport/api-path.ts'
import type { ApiTransport } from '../transport/api-transport.ts'
import { networkFailure } from '../transport/network-failure.ts'
import { pause, type Random } from '../transport/retry.ts'
import { alarm } from './alarm.ts'
import { splitLines } from './split-lines.ts'
import { watchStatus, type WatchStatus } from './watch-status.ts'
import type { WatchTimes } from './watch-times.ts'
import { watchedKnowledge } from './watched-knowledge.ts'

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

/** It is time for a new list, whatever the changes told. */
class ResyncDue extends Error {}

/**
 * Lists the objects of a resource and follows their changes until it is stopped. Bookmarks carry the place to
 * go on from; a forgotten place (410), disorder, silence, repeated failure and every so often the mere passing
 * of time lead to a new list.
 */
export function watchObjects<N extends ResourceName>(
  resource: N,
  parts: WatchParts,
): WatchedObjects<ObjectOf<N>> {
  const { clock, times } = parts
  const stopping = new AbortController()
  const signal = AbortSignal.any([stopping.signal, parts.signal])
  const status = watchStatus<ObjectOf<N>>(resource, clock)
  const known = watchedKnowledge(resource, status)
  const turn = watchTurn(resource, { ...parts, signal }, known, status)

  async function run() {
    for (let failures = 0; !signal.aborted;) {
      const begunAt = clock.now()
      try {
        await turn(failures)
        failures = clock.now() - begunAt < times.shortestMs ? failures + 1 : 0
      } catch (cause) {
        if (signal.aborted) return
        if (cause instanceof ResyncDue) continue
        const failure = networkFailure(cause)
        const isForgotten = failure.is.status === 410
        if (!isForgotten) status.failed(failure)
        failures = clock.now() - begunAt > times.longestWaitMs ? 1 : failures + 1
        const isUnclear = failure.why === 'garbled' || failure.why === 'too-large'
        if (isForgotten || isUnclear || failures >= FAILURES_UNTIL_RELIST) known.forget()
      }
      if (failures > 0) await pause(clock, waitAfter(failures, parts), signal)
    }
  }

  void run()
  return {
    objects: known.objects,
    state: status.state,
    onChange: status.onChange,
    stop: () => stopping.abort(),
  }
}

function waitAfter(failures: number, { times, random }: WatchParts): number {
  const most = Math.min(times.longestWaitMs, times.firstWaitMs * 2 ** (failures - 1))
  return most * (0.5 + 0.5 * random())
}

/** One turn: a list when there has to be one, then one watch until it ends. */
function watchTurn<N extends ResourceName>(
  resource: N,
  { transport, listing, clock, random, times, signal }: WatchParts,
  known: ReturnType<typeof watchedKnowledge<N>>,
  status: WatchStatus<ObjectOf<N>>,
) {
  let resyncAt = 0

  async function relist(failures: number) {
    // After a first failure the server is not given long: it is the connection that is in doubt.
    const timeMs =
      failures === 1 ? Math.min(times.hurriedListMs, listing.limits.timeMs) : listing.limits.timeMs
    known.learnAll(
      await listObjects(transport, resource, { ...listing, limits: { ...listing.limits, timeMs, signal } }),
    )
    resyncAt = clock.now() + times.resyncMs * (0.8 + 0.4 * random())
  }

  function watchPath() {
    const timeoutSeconds = Math.round((times.leaseMs * (1 + random())) / 1000)
    const from = known.knownTo()
    return resourcePath(resource, {
      groupVersion: known.groupVersion(),
      ...(listing.namespace === undefined ? {} : { namespace: listing.namespace }),
      query: {
        watch: true,
        allowWatchBookmarks: true,
        timeoutSeconds,
        ...(from === undefined ? {} : { resourceVersion: from }),
      },
    })
  }

  async function follow() {
    const ending = new AbortController()
    const end = (reason: Error) => {
      known.forget()
      ending.abort(reason)
    }
    const silence = alarm(clock, times.silenceMs, () =>
      end(new ApiFailure('timed-out', `neither a change nor a bookmark for ${times.silenceMs / 1000} s`)),
    )
    const resync = alarm(clock, Math.max(0, resyncAt - clock.now()), () => end(new ResyncDue()))
    const ended = AbortSignal.any([ending.signal, signal])
    try {
      const { content } = await transport.open(watchPath(), { signal: ended })
      status.live()
      for await (const line of splitLines(content, MOST_LINE_BYTES)) {
        silence.again()
        known.learn(line, clock.now())
      }
    } catch (cause) {
      throw ended.aborted ? ended.reason : cause
    } finally {
      silence.off()
      resync.off()
      known.settle()
    }
  }

  return async (failures: number) => {
    if (known.knownTo() === undefined) await relist(failures)
    await follow()
  }
}
