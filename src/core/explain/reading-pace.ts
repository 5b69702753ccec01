/** How far a reading is, and how fast it goes. */
export interface ReadingPace {
  megabytes: number
  perSecond: number
  /** Absent as long as nobody knows of how much, and so is the time. */
  percent: number | undefined
  secondsLeft: number | undefined
}

/** The pace of a reading that has read so many bytes, of so many where it is known, in so many milliseconds. */
export function paceOf(read: number, total: number | undefined, milliseconds: number): ReadingPace {
  const perSecond = (read / Math.max(1, milliseconds)) * 1000
  const isKnown = total !== undefined && total > 0
  return {
    megabytes: Math.round(read / 1e6),
    perSecond: Math.round(perSecond / 1e6),
    percent: isKnown ? Math.min(100, Math.round((read / total) * 100)) : undefined,
    secondsLeft: isKnown ? Math.max(0, Math.round((total - read) / Math.max(1, perSecond))) : undefined,
  }
}
