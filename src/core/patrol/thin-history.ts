import type { FilesystemReading } from '../observe/observation.ts'

/** Two days of one reading a minute. */
const MOST_HISTORY = 2880
const STEP_MS = 60_000

/**
 * Adds readings at least a minute apart to a history, both in the order of their instants. What is later
 * than the latest reading is from before the clock went back; a disk of another size begins anew.
 */
export function thinHistory(
  history: readonly FilesystemReading[],
  readings: readonly FilesystemReading[],
): readonly FilesystemReading[] {
  const latest = readings.at(-1)
  if (!latest) return history
  const last = history.at(-1)
  if (last?.capacityBytes !== latest.capacityBytes) return [latest]
  if (last.at > latest.at)
    return thinHistory(
      history.filter(({ at }) => at <= latest.at),
      readings,
    )
  if (latest.at - last.at < STEP_MS) return history
  const added: FilesystemReading[] = []
  const begin = readings.findLastIndex(({ at }) => at < last.at + STEP_MS)
  for (const reading of readings.slice(begin + 1)) {
    const isDue = reading.at - (added.at(-1) ?? last).at >= STEP_MS
    if (isDue && reading.capacityBytes === latest.capacityBytes) added.push(reading)
  }
  return [...history, ...added].slice(-MOST_HISTORY)
}
