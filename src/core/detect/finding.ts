import type { Severity } from '../incident/severity.ts'
import type { Message } from '../messages/message.ts'

/** Something a detector found wrong on a node. Reads like a Condition. */
export interface Finding {
  /** The detector's id. */
  id: string
  /** CamelCase; also the Event reason and the metric label. */
  reason: string
  severity: Severity
  node: string
  message: Message
}
