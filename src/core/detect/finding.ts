import type { ObjectReference } from '../kubernetes/object-reference.ts'
import type { Severity } from '../incident/severity.ts'
import type { Message } from '../messages/message.ts'

/** What a detector says of one object. */
export interface Found {
  object: ObjectReference
  /** The Node that it concerns, where it concerns one. */
  node?: string
  message: Message
}

/** Something a detector found wrong. Reads like a Condition. */
export interface Finding extends Found {
  /** The detector's id. */
  id: string
  /** CamelCase; also the Event reason and the metric label. */
  reason: string
  severity: Severity
}
