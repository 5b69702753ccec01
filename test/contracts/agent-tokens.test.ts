import { connectToCluster } from '../../src/adapters/observe/kubernetes-api/kubernetes-api.ts'
import { systemClock } from '../../src/adapters/observe/kubernetes-api/system-clock.ts'
import { podPath } from '../../src/adapters/observe/kubernetes-api/transport/api-path.ts'
import { CONTROLLER_AUDIENCE } from '../../src/core/observe/agents/agent-identity.ts'
import { answerTokenReviews } from '../fake-api-server/answer-token-reviews.ts'
import { startFakeApiServer } from '../fake-api-server/fake-api-server.ts'
import type { StoredObject } from '../fake-api-server/object-store.ts'
import { samplePod } from '../fake-api-server/sample-objects.ts'
import { fakeConnection } from '../fake-api-server/small-cluster.ts'
import { AGENT, agentTokensContract, type AgentTokens } from './agent-tokens.ts'

interface Given {
  account?: string
  audience?: string
  pod?: string
  expired?: true
}

/** A token that the fake gives out: all of it is in its claims, and nobody signs it. */
const token = (given: Given) =>
  `e30.${Buffer.from(JSON.stringify(given)).toString('base64url')}.${given.pod ?? ''}`

/** With the node in the token, as API servers have it since Kubernetes 1.30, or without. */
const onTheFake = (isNodeSaid: boolean) => async () => {
  const server = await startFakeApiServer()
  const pods = new Map(
    [samplePod('agent', AGENT.namespace, 'n1'), samplePod('elsewhere', AGENT.namespace, 'n2')].map((pod) => {
      server.store.put('pods', pod)
      return [pod.metadata.name, pod]
    }),
  )
  const tokens: AgentTokens = {
    agent: token({ pod: 'agent' }),
    ofAnotherNode: token({ pod: 'elsewhere' }),
    forAnotherAudience: token({ pod: 'agent', audience: 'other' }),
    ofAnotherAccount: token({ pod: 'agent', account: 'default' }),
    boundToNoPod: token({}),
    ofADeletedPod: token({ pod: 'gone' }),
    expired: token({ pod: 'agent', expired: true }),
  }
  const reviews = answerTokenReviews((shown) => {
    if (!Object.values(tokens).includes(shown)) return undefined
    const claims = JSON.parse(Buffer.from(shown.split('.')[1] ?? '', 'base64url').toString()) as Given
    const pod = claims.pod === undefined ? undefined : pods.get(claims.pod)
    if (claims.expired || (claims.audience ?? CONTROLLER_AUDIENCE) !== CONTROLLER_AUDIENCE) return undefined
    if (claims.pod !== undefined && pod === undefined) return undefined
    const username = `system:serviceaccount:${AGENT.namespace}:${claims.account ?? AGENT.name}`
    return { username, ...(pod && { extra: extraOf(pod, isNodeSaid) }) }
  })
  server.intercept = (asked, answer) => {
    const pod = [...pods.values()].find(
      ({ metadata: { name } }) => asked.url === podPath(AGENT.namespace, name),
    )
    if (!pod) return reviews(asked, answer)
    answer.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(pod))
    return true
  }
  const cluster = await connectToCluster(fakeConnection(server), { clock: systemClock, random: () => 0 })
  return {
    reviews: cluster.reviews,
    node: 'n1',
    tokens,
    deletePodOfAgent: async () => {
      server.store.remove('pods', AGENT.namespace, 'agent')
      pods.delete('agent')
    },
    async close() {
      await cluster.api.close()
      await server.close()
    },
  }
}

/** What an API server says of a token beside its user. */
function extraOf({ metadata, spec }: StoredObject, isNodeSaid: boolean) {
  const { nodeName } = spec as { nodeName: string }
  return {
    'authentication.kubernetes.io/pod-name': [metadata.name],
    'authentication.kubernetes.io/pod-uid': [metadata.uid],
    ...(isNodeSaid && { 'authentication.kubernetes.io/node-name': [nodeName] }),
  }
}

agentTokensContract('a fake that says the node', onTheFake(true))
agentTokensContract('a fake that says the pod only', onTheFake(false))
