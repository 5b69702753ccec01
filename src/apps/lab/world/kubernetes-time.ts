import { formatInstant, type Instant } from '../../../core/units/instant.ts'

/** An instant as leases write it: always with six digits (`MicroTime`). */
export function toMicroseconds(at: Instant): string {
  return formatInstant(at).replace(/(?:\.(\d+))?Z$/, (_, digits: string = '') => `.${digits.padEnd(6, '0')}Z`)
}

/** An instant as most of the API writes it: whole seconds. */
export function toSeconds(at: Instant): string {
  return formatInstant(Math.floor(at / 1000) * 1000)
}
