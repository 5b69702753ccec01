import type { Duration } from '../../units/duration.ts'
import type { Instant } from '../../units/instant.ts'

/** A file in the directory of a container's logs. */
export interface LogFile {
  name: string
  sizeBytes: number
}

/** A file that a rotation removes, and why. */
export interface RemovedLog {
  file: LogFile
  because: 'temporary' | 'already-compressed' | 'too-many'
}

/** What a rotation makes of the files that earlier ones left (semantics §7.1, all versions). */
export interface SortedLogs {
  removed: RemovedLog[]
  /** Oldest first. */
  kept: LogFile[]
}

/**
 * Half written files go, and plain ones that are compressed already; of the rest the newest
 * `maxFiles` − 2 stay: the live file and the one that it becomes are the other two. The names sort by time.
 */
export function sortRotatedLogs(files: readonly LogFile[], maxFiles: number): SortedLogs {
  const names = new Set(files.map(({ name }) => name))
  const oldestFirst = files.toSorted((a, b) => (a.name < b.name ? -1 : 1))
  const useless = oldestFirst.flatMap((file): RemovedLog[] => {
    if (file.name.endsWith('.tmp')) return [{ file, because: 'temporary' }]
    return names.has(`${file.name}.gz`) ? [{ file, because: 'already-compressed' }] : []
  })
  const useful = oldestFirst.filter((file) => !useless.some((one) => one.file === file))
  const excess = Math.max(useful.length - (maxFiles - 2), 0)
  return {
    removed: [...useless, ...useful.slice(0, excess).map((file) => ({ file, because: 'too-many' as const }))],
    kept: useful.slice(excess),
  }
}

/** The name of a log that is rotated at an instant (semantics §7.1, all versions): in the node's local time, to the second. */
export function rotatedName(log: string, at: Instant, utcOffset: Duration): string {
  const [date = '', time = ''] = new Date(Math.floor(at + utcOffset)).toISOString().split('T')
  return `${log}.${date.replaceAll('-', '')}-${time.slice(0, 8).replaceAll(':', '')}`
}
