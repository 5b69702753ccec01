import { z } from 'zod'

/** A list as the API writes it: Go's JSON leaves an empty one out, or writes `null`. */
export function list<T extends z.ZodType>(item: T) {
  return z
    .array(item)
    .nullish()
    .transform((items) => items ?? [])
}
