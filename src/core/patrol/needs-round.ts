import { diskShortage } from '../detect/disk-shortage.ts'
import type { Incident } from '../incident/incident.ts'
import type { NodeView } from '../observe/node-view.ts'

/**
 * Whether readings that no round has seen yet make a round worth while at once: they show a disk to be short, or about
 * to be, of which no incident tells; or below an eviction threshold where the incident only warns.
 * @param view with those readings
 */
export function needsRound(view: NodeView, open: readonly Incident[]): boolean {
  const shortage = diskShortage(view, undefined, null)
  if (shortage === undefined || shortage.recoveredAt !== undefined) return false
  const told = open.find(
    ({ cause, affected }) =>
      cause.id === (shortage.unit === 'bytes' ? 'disk-filled' : 'inodes-filled') &&
      affected.nodes.includes(view.name),
  )
  return told === undefined || (told.severity !== 'critical' && shortage.reachedEviction)
}
