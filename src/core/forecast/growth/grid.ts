/** Readings gathered into at most 256 stretches of equal time; empty ones are left out. */
export interface Grid {
  hours: Float64Array
  /** The hour of the last reading of each stretch. */
  ends: Float64Array
  means: Float64Array
  /** The highest reading of each stretch: what a mean hides. */
  highs: Float64Array
}

const MOST_STRETCHES = 256

/** Gathers the readings from an index on. */
export function gather(hours: Float64Array, values: Float64Array, first: number): Grid {
  const begin = hours[first] ?? 0
  const span = (hours.at(-1) ?? 0) - begin
  const stretches = Math.min(MOST_STRETCHES, hours.length - first)
  const grid = { hours: [] as number[], ends: [] as number[], means: [] as number[], highs: [] as number[] }
  let index = first
  for (let stretch = 1; stretch <= stretches; stretch++) {
    const end = stretch === stretches ? Number.POSITIVE_INFINITY : begin + (span * stretch) / stretches
    let [count, hour, sum, high] = [0, 0, 0, Number.NEGATIVE_INFINITY]
    for (; index < hours.length && (hours[index] ?? 0) < end; index++) {
      const value = values[index] ?? 0
      count++
      hour += hours[index] ?? 0
      sum += value
      if (value > high) high = value
    }
    if (count === 0) continue
    grid.hours.push(hour / count)
    grid.ends.push(hours[index - 1] ?? 0)
    grid.means.push(sum / count)
    grid.highs.push(high)
  }
  return {
    hours: Float64Array.from(grid.hours),
    ends: Float64Array.from(grid.ends),
    means: Float64Array.from(grid.means),
    highs: Float64Array.from(grid.highs),
  }
}
