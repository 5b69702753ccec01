import { setMaxListeners } from 'node:events'
import type { ResourceName } from '../../../core/kubernetes/resources.ts'
import type { TokenReviews } from '../../../core/observe/agents/agent-identity.ts'
import type { ClusterApi } from '../../../core/observe/cluster-api.ts'
import type { Clock } from '../../../core/observe/clock.ts'
import type { Duration } from '../../../core/units/duration.ts'
import { gapOf } from './api-failure.ts'
import { greet } from './connect.ts'
import type { ApiConnection } from './connection.ts'
import type { LaneWidths } from './lanes.ts'
import { listObjects } from './list-objects.ts'
import { nodeProxy } from './node-proxy.ts'
import { tokenReviews } from './token-reviews.ts'
import { openTransport, type Limits } from './transport/api-transport.ts'
import { watchObjects } from './watch/watch-objects.ts'
import { WATCH_TIMES, type WatchTimes } from './watch/watch-times.ts'
import type { Random } from './transport/retry.ts'

/** How a cluster is asked. */
export interface KubernetesApiOptions {
  clock: Clock
  random: Random
  /** Namespaced objects of this namespace only; absent for those of all. */
  namespace?: string
  /** Objects a page of a list. */
  pageSize?: number
  /** A larger page is asked for in smaller ones. */
  mostPageBytes?: number
  /** For one page of a list. */
  listTimeMs?: Duration
  /** For one answer of one node. */
  nodeTimeMs?: Duration
  nodeWidths?: LaneWidths
  watchTimes?: Partial<WatchTimes>
}

const MOST_PAGE_BYTES = 64 * 1024 * 1024
const NODE_WIDTHS: LaneWidths = { fast: 16, slow: 64, slowAfterMs: 1000 }

/** A cluster that answered, and the version it says it is. */
export interface ConnectedCluster {
  api: ClusterApi
  /** Asks about tokens; ends with `api.close()`. */
  reviews: TokenReviews
  version: string
}

/**
 * Connects to an API server.
 * @throws {KubepatrolError} when none answers, or it does not know who asks; see `greet`.
 */
export async function connectToCluster(
  connection: ApiConnection,
  options: KubernetesApiOptions,
): Promise<ConnectedCluster> {
  const { clock, random } = options
  const transport = openTransport(connection, clock, random)
  const version = await greet(transport, connection, clock).catch(async (failure: unknown) => {
    await transport.close()
    throw failure
  })
  const closing = new AbortController()
  // Every request that is under way listens, and no more than those.
  setMaxListeners(0, closing.signal)
  const limits: Limits = {
    mostBytes: options.mostPageBytes ?? MOST_PAGE_BYTES,
    timeMs: options.listTimeMs ?? 30_000,
    patience: { attempts: 4, firstWaitMs: 300, longestWaitMs: 10_000 },
    signal: closing.signal,
  }
  const times = { ...WATCH_TIMES, ...options.watchTimes }
  const listing = { limits, pageSize: options.pageSize ?? 250, namespace: options.namespace }
  const api: ClusterApi = {
    list: (resource) => answerOf(resource, listObjects(transport, resource, listing)),
    watch: (resource) =>
      watchObjects(resource, { transport, listing, clock, random, times, signal: closing.signal }),
    nodes: nodeProxy(transport, {
      timeMs: options.nodeTimeMs ?? 10_000,
      widths: options.nodeWidths ?? NODE_WIDTHS,
      clock,
      signal: closing.signal,
    }),
    async close() {
      closing.abort()
      await transport.close()
    },
  }
  return { api, reviews: tokenReviews(transport, closing.signal), version }
}

async function answerOf<T>(part: ResourceName, reading: Promise<T>) {
  try {
    return { value: await reading }
  } catch (failure) {
    return { gap: gapOf(failure, part) }
  }
}
