import type { Instant } from '../units/instant.ts'

/** Something that was done or set: appended, never changed. */
export interface AuditEntry {
  at: Instant
  /** Who: a person as the server knows them, or a part of kubepatrol. */
  actor: string
  /** What was done, verb and thing: `notify-test`, `remove-idle-images`. */
  action: string
  /** To what: a channel, `node/name`, an incident. */
  target: string
  /** How it went, and anything else worth knowing; plain data. */
  detail: Readonly<Record<string, string | number | boolean | null>>
}
