import { z } from 'zod'
import { ApiFailure } from '../api-failure.ts'
import { answerFailure } from '../transport/answer-failure.ts'

const Line = z.object({ type: z.string(), object: z.looseObject({}) })
const Place = z.object({
  metadata: z.object({
    name: z.string(),
    namespace: z.string().optional(),
    resourceVersion: z.string().optional(),
  }),
})
const Bookmark = z.object({ metadata: z.object({ resourceVersion: z.string().min(1) }) })
const Status = z.object({ code: z.number().int().min(400).max(599).catch(500) })

/** What a line of a watch tells. */
export type WatchEvent<T> =
  | { type: 'put'; object: T; version: string | undefined }
  | { type: 'removed' | 'unreadable'; place: z.output<typeof Place>['metadata']; version: string | undefined }
  | { type: 'bookmark'; version: string }
  /** Of a kind that is not known. */
  | { type: 'other' }

/**
 * Reads a line of a watch.
 * @throws {ApiFailure} for one that is no change of an object, and what the server says has failed.
 */
export function readWatchEvent<T>(line: string, schema: z.ZodType<T>, now: number): WatchEvent<T> {
  const parsed = Line.safeParse(readJson(line))
  if (!parsed.success) throw garbled()
  const { type, object } = parsed.data
  if (type === 'ERROR') throw failureOf(object, now)
  if (type === 'BOOKMARK') {
    const bookmark = Bookmark.safeParse(object)
    return bookmark.success
      ? { type: 'bookmark', version: bookmark.data.metadata.resourceVersion }
      : { type: 'other' }
  }
  if (type !== 'ADDED' && type !== 'MODIFIED' && type !== 'DELETED') return { type: 'other' }
  const place = Place.safeParse(object)
  if (!place.success) throw garbled()
  const { metadata } = place.data
  const version = metadata.resourceVersion
  if (type === 'DELETED') return { type: 'removed', place: metadata, version }
  const read = schema.safeParse(object)
  return read.success
    ? { type: 'put', object: read.data, version }
    : { type: 'unreadable', place: metadata, version }
}

function readJson(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}

function garbled(): ApiFailure {
  return new ApiFailure('garbled', 'a watched change that cannot be understood')
}

function failureOf(object: Record<string, unknown>, now: number): ApiFailure {
  const status = Status.safeParse(object).data?.code ?? 500
  const text = JSON.stringify(object)
  return answerFailure({ status, headers: {}, text, isProxied: false, now }) ?? garbled()
}
