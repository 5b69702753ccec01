import type { IncomingMessage, ServerResponse } from 'node:http'
import { TOKEN_REVIEWS_PATH } from '../../src/adapters/observe/kubernetes-api/transport/api-path.ts'

/** A TokenReview as it is asked for. */
export interface AskedReview {
  spec: { token: string; audiences: string[] }
}

/**
 * Answers TokenReviews as an API server does: a token that is known is its user's, for whatever audience.
 * @returns what `intercept` of a fake API server may be set to
 */
export function answerTokenReviews(
  user: (token: string) => object | undefined,
  onReview: (review: AskedReview) => void = () => {},
) {
  return (asked: IncomingMessage, answer: ServerResponse): boolean => {
    if (asked.method !== 'POST' || asked.url !== TOKEN_REVIEWS_PATH) return false
    let text = ''
    asked.on('data', (piece: Buffer) => (text += piece.toString()))
    asked.on('end', () => {
      const review = JSON.parse(text) as AskedReview
      onReview(review)
      const known = user(review.spec.token)
      const status = known
        ? { authenticated: true, audiences: review.spec.audiences, user: known }
        : { error: 'no' }
      answer.writeHead(201, { 'content-type': 'application/json' }).end(JSON.stringify({ ...review, status }))
    })
    return true
  }
}
