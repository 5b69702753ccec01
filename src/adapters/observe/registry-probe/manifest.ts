import { createHash } from 'node:crypto'
import type { PullableReason } from '../../../core/observe/pullability.ts'
import type { RegistryClient, RegistryReply } from './registry-client.ts'

/**
 * Whether an answer proves that the registry has the manifest: by the digest it states, else by the manifest itself.
 * A sign-in page answers 200 to everything.
 */
export async function hasManifest(
  client: RegistryClient,
  url: URL,
  reply: RegistryReply,
  digest: string,
  token?: string,
): Promise<PullableReason> {
  const refusal = refusalOf(reply.status)
  if (refusal !== undefined) return refusal
  if (reply.status === 200 && reply.digest === digest) return 'found'
  if (reply.status === 200 && reply.digest !== undefined) return 'garbled'
  // Not every registry states a digest, or knows HEAD.
  const whole = await client.ask(url, { isWhole: true, ...(token === undefined ? {} : { token }) })
  if ('failed' in whole) return whole.failed
  if (whole.status !== 200) return refusalOf(whole.status) ?? 'garbled'
  return `sha256:${createHash('sha256').update(whole.body).digest('hex')}` === digest ? 'found' : 'garbled'
}

function refusalOf(status: number): PullableReason | undefined {
  if (status === 404) return 'missing'
  if (status === 401 || status === 403) return 'sign-in'
  if (status === 429 || status >= 500) return 'refused'
  return status === 200 || status === 405 || status === 400 ? undefined : 'garbled'
}
