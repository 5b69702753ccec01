import { z } from 'zod'
import { coded, KubepatrolError } from '../../../core/errors/kubepatrol-error.ts'
import { formatInstant } from '../../../core/units/instant.ts'
import { ApiFailure } from './api-failure.ts'
import type { ApiConnection } from './connection.ts'
import { expiryOfPresented } from './credentials-expiry.ts'
import { VERSION_PATH } from './transport/api-path.ts'
import type { ApiTransport } from './transport/api-transport.ts'
import type { Clock } from '../../../core/observe/clock.ts'

const Version = z.object({ gitVersion: z.string().max(200) })

/**
 * Makes sure that a Kubernetes API server answers and knows who asks, and says its version.
 * @throws {KubepatrolError} KP_API_UNREACHABLE, KP_API_UNTRUSTED, KP_API_UNAUTHORIZED, KP_CREDENTIALS_EXPIRED,
 * KP_API_NOT_KUBERNETES.
 */
export async function greet(
  transport: ApiTransport,
  connection: ApiConnection,
  clock: Clock,
): Promise<string> {
  const server = connection.server.origin
  try {
    const answer = await transport.json(VERSION_PATH, {
      mostBytes: 64 * 1024,
      timeMs: 15_000,
      patience: { attempts: 3, firstWaitMs: 300, longestWaitMs: 5000 },
    })
    const version = Version.safeParse(answer)
    if (version.success) return version.data.gitVersion
  } catch (failure) {
    if (!(failure instanceof ApiFailure)) throw failure
    throw await explained(failure, connection, clock)
  }
  throw coded('KP_API_NOT_KUBERNETES', { server, reason: '/version does not name one' })
}

/** A failure of the first request as an error that says what to do. */
async function explained(
  failure: ApiFailure,
  connection: ApiConnection,
  clock: Clock,
): Promise<KubepatrolError> {
  const server = connection.server.origin
  const reason = failure.message
  if (failure.cause instanceof KubepatrolError) return failure.cause
  if (failure.is.isUntrusted) return coded('KP_API_UNTRUSTED', { server, reason }, failure)
  if (failure.is.isUnauthorized || failure.is.status === 401) {
    const expired = await expiryOfPresented(connection.credentials, clock.now())
    if (expired === undefined) return coded('KP_API_UNAUTHORIZED', { server, reason }, failure)
    return coded('KP_CREDENTIALS_EXPIRED', { what: expired.what, at: formatInstant(expired.at) }, failure)
  }
  if (failure.why === 'garbled' || failure.why === 'not-served' || failure.why === 'too-large') {
    return coded('KP_API_NOT_KUBERNETES', { server, reason }, failure)
  }
  return coded('KP_API_UNREACHABLE', { server, reason }, failure)
}
