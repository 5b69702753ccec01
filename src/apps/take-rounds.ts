import { readFile } from 'node:fs/promises'
import { agentIdentities } from '../adapters/observe/kubernetes-api/agent-identities.ts'
import { coded } from '../core/errors/kubepatrol-error.ts'
import type { AccountName, TokenReviews } from '../core/observe/agents/agent-identity.ts'
import { handedRounds } from '../core/observe/agents/handed-rounds.ts'
import { agentMerger } from '../core/observe/agents/merge-agents.ts'
import type { ObservationSource } from '../core/observe/observation-source.ts'
import { createAgentServer } from '../http/agent-server.ts'

/** Where agents hand over their rounds, and whose pods they are. */
export interface RoundsChoice {
  port: number
  account: AccountName
  /** Files, PEM; both are replaced while they are in use. */
  certificate: string
  key: string
}

/** A place where agents hand over their rounds. */
export interface TakenRounds {
  port: number
  /** The same cluster with what agents see of its nodes. */
  merged(cluster: ObservationSource): ObservationSource
  close(): Promise<void>
}

/** Listens for agents. @throws {KubepatrolError} KP_AGENT_CERTIFICATE, KP_PORT_IN_USE, KP_PORT_NOT_ALLOWED */
export async function takeRounds(
  choice: RoundsChoice,
  reviews: TokenReviews,
  onFailure: (failure: unknown) => void,
): Promise<TakenRounds> {
  const rounds = handedRounds(Date.now)
  const merge = agentMerger()
  let shown = await readIdentity(choice)
  let complaint = ''
  const server = usable(choice, () =>
    createAgentServer({
      ...shown,
      controller: rounds,
      identities: agentIdentities(reviews, choice.account, Date.now),
      onFailure,
    }),
  )

  /** Whoever replaces a certificate tells nobody: the files are looked at each round. */
  async function renew(): Promise<void> {
    const now = await readIdentity(choice)
    if (now.certificate === shown.certificate && now.key === shown.key) return
    shown = now
    usable(choice, () => server.renew(now))
  }

  /** The old certificate is shown in the meantime. */
  function complain(failure: Error): void {
    if (failure.message !== complaint) onFailure(failure)
    complaint = failure.message
  }

  return {
    port: await server.listen(choice.port),
    merged: (cluster) => ({
      async observe(at) {
        await renew().then(() => (complaint = ''), complain)
        const observation = await cluster.observe(at)
        const { nodes, pods } = observation.cluster
        if (pods !== undefined) rounds.know(pods)
        if (nodes !== undefined) rounds.keep(new Set(observation.nodes.map(({ name }) => name)))
        return merge(observation, rounds.collect())
      },
    }),
    close: () => server.close(),
  }
}

async function readIdentity({ certificate, key }: RoundsChoice) {
  try {
    return { certificate: await readFile(certificate, 'utf8'), key: await readFile(key, 'utf8') }
  } catch (cause) {
    throw unusable(certificate, cause)
  }
}

/** A key may be written a moment after its certificate: the two then do not go together. */
function usable<T>({ certificate }: RoundsChoice, use: () => T): T {
  try {
    return use()
  } catch (cause) {
    throw unusable(certificate, cause)
  }
}

function unusable(file: string, cause: unknown) {
  return coded('KP_AGENT_CERTIFICATE', { file, reason: (cause as Error).message }, cause)
}
