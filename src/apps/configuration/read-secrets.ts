import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { failureReason } from '../../core/errors/failure-reason.ts'
import { coded } from '../../core/errors/kubepatrol-error.ts'
import { message, type Message } from '../../core/messages/message.ts'
import { Secret } from '../../core/tell/secret.ts'
import { fieldName } from './configuration-problems.ts'
import { statRegularFile } from './regular-file.ts'

const MOST_BYTES = 64 * 1024

/** Where secrets come from. */
export interface SecretSources {
  /** The file of the configuration. */
  configuration: string
  env: Readonly<Record<string, string | undefined>>
}

/** Options with every secret in its place. @throws {KubepatrolError} KP_CONFIG_SECRET */
export async function readSecrets(
  options: unknown,
  at: readonly PropertyKey[],
  sources: SecretSources,
): Promise<unknown> {
  const secret = Secret.safeParse(options)
  if (secret.success) return readSecret(secret.data, at, sources)
  if (Array.isArray(options))
    return Promise.all(options.map((value, index) => readSecrets(value, [...at, index], sources)))
  if (typeof options !== 'object' || options === null) return options
  const entries = Object.entries(options).map(async ([key, value]) => [
    key,
    await readSecrets(value, [...at, key], sources),
  ])
  return Object.fromEntries((await Promise.all(entries)) as [string, unknown][])
}

async function readSecret(
  secret: Secret,
  at: readonly PropertyKey[],
  sources: SecretSources,
): Promise<string> {
  const value = 'env' in secret ? fromEnv(secret.env, sources) : await fromFile(secret.file, sources)
  const problem = at.at(-1) === 'url' && typeof value === 'string' ? addressProblem(value) : null
  if (typeof value === 'string' && problem === null) return value
  throw coded('KP_CONFIG_SECRET', {
    path: sources.configuration,
    field: fieldName(at),
    problem: problem ?? (value as Message),
  })
}

function fromEnv(name: string, { env }: SecretSources): string | Message {
  return env[name]?.trim() || message('config.secret-env', { name })
}

async function fromFile(name: string, { configuration }: SecretSources): Promise<string | Message> {
  const file = path.resolve(path.dirname(configuration), name)
  try {
    await statRegularFile(file, MOST_BYTES)
    const value = (await readFile(file, 'utf8')).trim()
    return value || message('config.secret-file', { file, reason: message('reason.empty') })
  } catch (cause) {
    return message('config.secret-file', { file, reason: failureReason(cause) })
  }
}

function addressProblem(value: string): Message | null {
  const address = URL.canParse(value) ? new URL(value) : null
  const isUsable =
    address && /^https?:$/.test(address.protocol) && address.username === '' && address.password === ''
  return isUsable ? null : message('config.secret-address')
}
