import { formatInstant, type Instant } from '../../../core/units/instant.ts'

/** An instant as most of the API writes it: whole seconds. */
export function toSeconds(at: Instant): string {
  return formatInstant(Math.floor(at / 1000) * 1000)
}
