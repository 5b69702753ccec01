import type { Pod } from '../../kubernetes/pod.ts'
import type { TokenReview } from '../../kubernetes/token-review.ts'
import type { Answer } from '../cluster-api.ts'

/** Whom a token of an agent is meant for: one that somebody else may have seen is of no use here. */
export const CONTROLLER_AUDIENCE = 'kubepatrol-controller'

/** A ServiceAccount. */
export interface AccountName {
  namespace: string
  name: string
}

/** Whom an agent is: the node it may speak for, or why it is none. */
export type AgentIdentity =
  | { node: string }
  | {
      refused:
        /** The API server does not know it, or it is meant for somebody else. */
        | 'unknown-token'
        /** It is of another account, or not bound to a pod of it that runs on a node. */
        | 'not-the-agent'
        /** The API server gives no answer. */
        | 'not-reviewed'
    }

/** Says which agent a token belongs to. Nothing of it throws. */
export interface AgentIdentities {
  ofToken(token: string): Promise<AgentIdentity>
}

/** Asks an API server about a token, and about the pod it is bound to. */
export interface TokenReviews {
  review(token: string, audience: string): Promise<Answer<TokenReview>>
  /** Undefined as value when there is no such pod. */
  pod(namespace: string, name: string): Promise<Answer<Pod | undefined>>
}

const EXTRA = 'authentication.kubernetes.io/'

/** Which node a token may speak for: that of the pod it is bound to, if that is a pod of the agent's account. */
export async function agentOf(
  token: string,
  agent: AccountName,
  reviews: TokenReviews,
): Promise<AgentIdentity> {
  const { value: review } = await reviews.review(token, CONTROLLER_AUDIENCE)
  if (review === undefined) return { refused: 'not-reviewed' }
  const { authenticated, audiences, user } = review.status
  // An authenticator that knows no audiences names none, and would accept a token for the API server itself.
  if (authenticated !== true || audiences?.includes(CONTROLLER_AUDIENCE) !== true)
    return { refused: 'unknown-token' }
  if (user?.username !== `system:serviceaccount:${agent.namespace}:${agent.name}`)
    return { refused: 'not-the-agent' }
  const said = (name: string) => {
    const values = user.extra?.[`${EXTRA}${name}`] ?? []
    return values.length === 1 && values[0] !== '' ? values[0] : undefined
  }
  const node = said('node-name')
  if (node !== undefined) return { node }
  return nodeOfPod({ namespace: agent.namespace, name: said('pod-name'), uid: said('pod-uid') }, reviews)
}

/** API servers before Kubernetes 1.30 name the pod only. */
async function nodeOfPod(
  { namespace, name, uid }: { namespace: string; name: string | undefined; uid: string | undefined },
  reviews: TokenReviews,
): Promise<AgentIdentity> {
  if (name === undefined || uid === undefined) return { refused: 'not-the-agent' }
  const { value: pod, gap } = await reviews.pod(namespace, name)
  if (gap !== undefined) return { refused: 'not-reviewed' }
  const node = pod?.metadata.uid === uid ? pod.spec.nodeName : undefined
  return node ? { node } : { refused: 'not-the-agent' }
}
