import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Context, MiddlewareHandler } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import { refuse } from './api-error.ts'

/** Who may use the API: whoever has the token of this start, or the cookie it was exchanged for. */
export interface Sessions {
  isToken(candidate: string): boolean
  /** Gives the browser its cookie; the token itself never becomes one. */
  begin(context: Context): void
  /** Refuses requests without either. */
  required: MiddlewareHandler
}

/** A token for one start of the server. */
export function newToken(): string {
  return randomBytes(32).toString('base64url')
}

/** The sessions of one server. @param port tells cookies of several servers on one host apart */
export function createSessions(token: string, port: () => number): Sessions {
  const sessionId = randomBytes(32).toString('base64url')
  const isToken = (candidate: string) => isEqual(candidate, token)
  const cookieName = () => `kubepatrol-${port()}`
  return {
    isToken,
    begin(context) {
      setCookie(context, cookieName(), sessionId, { httpOnly: true, sameSite: 'Strict', path: '/' })
    },
    async required(context, next) {
      const bearer = /^Bearer ([\w-]+)$/.exec(context.req.header('Authorization') ?? '')?.[1]
      const cookie = getCookie(context, cookieName())
      const isKnown =
        bearer !== undefined ? isToken(bearer) : cookie !== undefined && isEqual(cookie, sessionId)
      if (!isKnown) return refuse(context, 'KP_UNAUTHORIZED')
      await next()
      return undefined
    },
  }
}

/** Compares in a time that tells nothing of where they differ. */
function isEqual(a: string, b: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(a), digest(b))
}
