import { readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import type { z } from 'zod'
import { coded } from '../../../core/errors/kubepatrol-error.ts'

const decompress = promisify(gunzip)

/** No part of a recording is larger than this, unpacked. */
const MOST_BYTES = 512 * 1024 * 1024

/**
 * Reads a part of a recording, `NAME` or `NAME.gz`; undefined when there is neither.
 * @throws {KubepatrolError} KP_RECORDING_BROKEN when it is there but cannot be read.
 */
export async function readPart(directory: string, name: string): Promise<string | undefined> {
  for (const file of [name, `${name}.gz`]) {
    const location = path.join(directory, file)
    try {
      const bytes = await readFile(location)
      const content = file.endsWith('.gz') ? await decompress(bytes, { maxOutputLength: MOST_BYTES }) : bytes
      if (content.includes(0)) throw new Error('it is no text')
      return content.toString('utf8')
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code === 'ENOENT') continue
      throw coded('KP_RECORDING_BROKEN', { path: location, problem: problemOf(cause) }, cause)
    }
  }
  return undefined
}

/**
 * As `readPart`, but the part has to be there.
 * @throws {KubepatrolError} KP_RECORDING_INCOMPLETE when it is not.
 */
export async function requirePart(directory: string, name: string): Promise<string> {
  const content = await readPart(directory, name)
  if (content === undefined) throw coded('KP_RECORDING_INCOMPLETE', { directory, missing: name })
  return content
}

/**
 * Reads a part that is JSON of a known shape.
 * @throws {KubepatrolError} KP_RECORDING_INCOMPLETE, or KP_RECORDING_BROKEN when it is not of that shape.
 */
export async function requireJson<T extends z.ZodType>(
  directory: string,
  name: string,
  schema: T,
): Promise<z.output<T>> {
  const content = await requirePart(directory, name)
  const broken = (problem: string, cause?: unknown) =>
    coded('KP_RECORDING_BROKEN', { path: path.join(directory, name), problem }, cause)
  let value: unknown
  try {
    value = JSON.parse(content)
  } catch (cause) {
    throw broken('it is no JSON', cause)
  }
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw broken(`${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'unknown shape'}`, parsed.error)
}

/**
 * Makes sure that a recording is a directory.
 * @throws {KubepatrolError} KP_INPUT_NOT_FOUND or KP_INPUT_UNREADABLE when it is not.
 */
export async function requireDirectory(directory: string): Promise<void> {
  const found = await stat(directory).catch(() => undefined)
  if (!found) throw coded('KP_INPUT_NOT_FOUND', { path: directory })
  if (!found.isDirectory()) throw coded('KP_INPUT_UNREADABLE', { path: directory, reason: 'not a directory' })
}

function problemOf(cause: unknown): string {
  const { code, message } = cause as NodeJS.ErrnoException
  if (code === 'Z_BUF_ERROR') return 'the compressed file is cut short'
  if (code?.startsWith('Z_')) return 'the compressed file is damaged'
  return code ?? message
}
