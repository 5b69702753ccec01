import { Pod } from '../../../core/kubernetes/pod.ts'
import { TokenReview } from '../../../core/kubernetes/token-review.ts'
import type { TokenReviews } from '../../../core/observe/agents/agent-identity.ts'
import { ApiFailure, gapOf } from './api-failure.ts'
import { podPath, TOKEN_REVIEWS_PATH } from './transport/api-path.ts'
import type { ApiTransport, Limits } from './transport/api-transport.ts'
import { understood } from './understood.ts'

const MOST_BYTES = 4 * 1024 * 1024

/** Asks an API server whose a token is, and where a pod runs. */
export function tokenReviews(transport: ApiTransport, signal: AbortSignal): TokenReviews {
  const limits: Limits = {
    mostBytes: MOST_BYTES,
    // Somebody waits for the answer, and asks again.
    timeMs: 5000,
    patience: { attempts: 2, firstWaitMs: 250, longestWaitMs: 1000 },
    signal,
  }
  return {
    review: (token, audience) =>
      answered('tokenreviews', async () => {
        const review = {
          apiVersion: 'authentication.k8s.io/v1',
          kind: 'TokenReview',
          spec: { token, audiences: [audience] },
        }
        return understood(TokenReview, await transport.review(TOKEN_REVIEWS_PATH, review, limits))
      }),
    pod: (namespace, name) =>
      answered('pods', async () => {
        try {
          return understood(Pod, await transport.json(podPath(namespace, name), limits))
        } catch (failure) {
          if (failure instanceof ApiFailure && failure.is.status === 404) return undefined
          throw failure
        }
      }),
  }
}

async function answered<T>(part: string, ask: () => Promise<T>) {
  try {
    return { value: await ask() }
  } catch (failure) {
    return { gap: gapOf(failure, part) }
  }
}
