import type { IncidentChange } from './incident-change.ts'

/** Tells somebody. Named by the service it speaks to. */
export interface NotificationChannel {
  id: string
  /** @throws {KubepatrolError} when the change was not told; it says whether to try again. */
  tell(change: IncidentChange): Promise<void>
}
