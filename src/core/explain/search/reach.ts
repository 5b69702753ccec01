/** How much of a segment is read: every line, what is found in a log of one record a line, or found with wide surroundings. */
export type Reach = 'whole' | 'log' | 'wide'

/** What a file is, as far as it matters to searching it: small, a log of one record a line, or anything else. */
export type FileKind = 'small' | 'log' | 'other'

/** So many segments of a file that is no log of one record a line are read line by line. */
const MOST_WHOLE = 32
/** How much of the beginning of a log is read whole, for year and zone. */
const HEAD = 128 * 1024

/** How to read a segment; it depends on nothing but what the file is and which segment it is. */
export function reachOf(kind: FileKind, segment: number): { reach: Reach; head: number } {
  if (kind === 'log') return { reach: 'log', head: segment === 0 ? HEAD : 0 }
  return { reach: kind === 'small' || segment < MOST_WHOLE ? 'whole' : 'wide', head: 0 }
}
