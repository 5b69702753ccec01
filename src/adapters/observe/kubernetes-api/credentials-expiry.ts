import { X509Certificate } from 'node:crypto'
import type { Instant } from '../../../core/units/instant.ts'
import type { Credentials } from './connection.ts'
import { expiryOf } from './kubeconfig/token-expiry.ts'

/** What of the credentials has run out by now, and when; undefined when nothing has, as far as they say. */
export async function expiryOfPresented(
  credentials: Credentials,
  now: Instant,
): Promise<{ what: 'token' | 'certificate'; at: Instant } | undefined> {
  const { authorization, clientCertificate } = await credentials.present()
  const tokenEnds = authorization?.startsWith('Bearer ') ? expiryOf(authorization.slice(7)) : undefined
  if (tokenEnds !== undefined && tokenEnds <= now) return { what: 'token', at: tokenEnds }
  const certificateEnds = endOf(clientCertificate?.certificate)
  if (certificateEnds !== undefined && certificateEnds <= now)
    return { what: 'certificate', at: certificateEnds }
  return undefined
}

function endOf(certificate: string | undefined): Instant | undefined {
  if (certificate === undefined) return undefined
  try {
    return Date.parse(new X509Certificate(certificate).validTo)
  } catch {
    return undefined
  }
}
