/** What comes back: added to a line at the same share of each period. Hours, counted from now. */
export interface Cycle {
  period: number
  /** When a period begins. */
  begin: number
  /** Evenly over the period, its beginning and its end included; between them, straight lines. */
  offsets: readonly number[]
}

/** What a cycle adds at an hour. */
export function cycleAt({ period, begin, offsets }: Cycle, hour: number): number {
  const periods = (hour - begin) / period
  return offsetAt(offsets, periods - Math.floor(periods))
}

/** What a cycle adds at a share of its period, 0 to 1. */
export function offsetAt(offsets: readonly number[], share: number): number {
  const position = share * (offsets.length - 1)
  const below = Math.min(Math.floor(position), offsets.length - 2)
  const low = offsets[below] ?? 0
  return low + (position - below) * ((offsets[below + 1] ?? low) - low)
}
