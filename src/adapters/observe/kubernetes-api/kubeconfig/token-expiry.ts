import { z } from 'zod'
import type { Instant } from '../../../../core/units/instant.ts'

const Claims = z.object({ exp: z.number() })

/** When a JSON Web Token runs out, as far as it says; its signature is the server's business. */
export function expiryOf(token: string): Instant | undefined {
  const [, claims = ''] = token.split('.')
  try {
    const parsed = Claims.safeParse(JSON.parse(Buffer.from(claims, 'base64url').toString('utf8')))
    return parsed.success ? parsed.data.exp * 1000 : undefined
  } catch {
    return undefined
  }
}
