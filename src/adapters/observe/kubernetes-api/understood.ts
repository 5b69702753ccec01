import type { z } from 'zod'
import { ApiFailure } from './api-failure.ts'

/** What an answer says. @throws {ApiFailure} when it is of another shape */
export function understood<T extends z.ZodType>(schema: T, json: unknown): z.output<T> {
  const parsed = schema.safeParse(json)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  const field = (issue?.path ?? []).map(String).join('.')
  throw new ApiFailure(
    'garbled',
    `${field === '' ? 'the answer' : field}: ${issue?.message ?? 'of an unknown shape'}`,
  )
}
