import { homedir } from 'node:os'
import { loadConnection } from '../adapters/observe/kubernetes-api/kubeconfig/load-connection.ts'
import { connectToCluster } from '../adapters/observe/kubernetes-api/kubernetes-api.ts'
import { systemClock } from '../adapters/observe/kubernetes-api/system-clock.ts'
import type { TokenReviews } from '../core/observe/agents/agent-identity.ts'
import type { ClusterApi } from '../core/observe/cluster-api.ts'

/** Which cluster is meant, as kubectl's options say it. */
export interface ClusterChoice {
  kubeconfig?: string | undefined
  context?: string | undefined
  /** Absent for all namespaces. */
  namespace?: string | undefined
}

/** A cluster that answers. */
export interface OpenCluster {
  api: ClusterApi
  /** Asks it whose a token is. */
  reviews: TokenReviews
  /** What it is called: the context, and where its server is. */
  subject: string
  version: string
}

/** Finds the cluster as kubectl does, and connects to it. @throws {KubepatrolError} when it cannot be found or reached. */
export async function openCluster({ kubeconfig, context, namespace }: ClusterChoice): Promise<OpenCluster> {
  const loaded = await loadConnection(
    { kubeconfig, context },
    { env: process.env, home: homedir(), hasTerminal: process.stdin.isTTY, clock: systemClock },
  )
  const { api, reviews, version } = await connectToCluster(loaded.connection, {
    clock: systemClock,
    random: Math.random,
    ...(namespace === undefined ? {} : { namespace }),
  })
  const { host } = loaded.connection.server
  const subject = loaded.context === undefined ? host : `${loaded.context} (${host})`
  return { api, reviews, version, subject }
}
