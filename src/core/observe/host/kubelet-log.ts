import type { SourcePosition } from '../../explain/facts/fact.ts'
import type { Gap } from '../gap.ts'

/** A line of a log as it was written, without its end; a line of more than 64 KiB is cut. */
export interface LoggedLine {
  text: string
  /** Where it stands; line 0 where that is not counted. */
  position: SourcePosition
}

/** What a log got since it was last read. */
export interface LoggedSince {
  /** In the order in which they were written. */
  lines: readonly LoggedLine[]
  /** What of it could not be had; the lines are there all the same. */
  gap?: Gap
}

/**
 * The log of the kubelet, followed. Each line is given once, also when the log is rotated between two calls; after so
 * much that memory would suffer, the rest comes with the next call. Nothing of it throws.
 */
export interface KubeletLogSource {
  /** Lines since the last call; with the first call those of late, as many as the source thinks fit. */
  read(): Promise<LoggedSince>
  close(): Promise<void>
}

/** A longer line is cut: no log line has a right to so much memory. */
export const MOST_LOGGED_LINE = 64 * 1024
/** So much is read with one call. */
export const MOST_READ_AT_ONCE = 4 * 1024 * 1024
/** So much of what was written before the first call is read with it. */
export const MOST_READ_BACK = 1024 * 1024
