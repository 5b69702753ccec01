import { open } from 'node:fs/promises'
import { failureReason } from '../../../core/errors/failure-reason.ts'
import { coded, KubepatrolError } from '../../../core/errors/kubepatrol-error.ts'
import { readObservation, type SavedObservation } from '../../../core/observe/observation-file.ts'

/** Of the largest clusters an observation has some hundred megabytes; a string holds no more than 512. */
const MOST_BYTES = 480 * 1024 * 1024

/**
 * Reads a saved observation; `-` is standard input.
 * @throws {KubepatrolError} KP_INPUT_NOT_FOUND, KP_INPUT_UNREADABLE, or KP_OBSERVATION_INVALID.
 */
export async function readObservationFile(path: string): Promise<SavedObservation> {
  const saved = readObservation(await readText(path))
  if ('problem' in saved) throw coded('KP_OBSERVATION_INVALID', { path, problem: saved.problem })
  return saved
}

async function readText(path: string): Promise<string> {
  try {
    if (path === '-') return await collect(path, process.stdin)
    const file = await open(path)
    try {
      return await collect(path, file.createReadStream({ autoClose: false }))
    } finally {
      await file.close()
    }
  } catch (failure) {
    if (failure instanceof KubepatrolError) throw failure
    const { code } = failure as NodeJS.ErrnoException
    if (code === 'ENOENT') throw coded('KP_INPUT_NOT_FOUND', { path }, failure)
    throw coded('KP_INPUT_UNREADABLE', { path, reason: failureReason(failure) }, failure)
  }
}

async function collect(path: string, stream: AsyncIterable<unknown>): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of stream) {
    const bytes = chunk as Buffer
    size += bytes.length
    if (size > MOST_BYTES) {
      throw coded('KP_OBSERVATION_INVALID', { path, problem: 'it is larger than an observation can be' })
    }
    chunks.push(bytes)
  }
  return Buffer.concat(chunks).toString('utf8')
}
