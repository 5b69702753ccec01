import { fitLines } from './line.ts'
import { largeMoves, type Move } from './moves.ts'
import { type Series, valueAt } from './series.ts'

/** A time of disorder that is over: from the last reading before it to the first after it. */
export interface Episode {
  first: number
  last: number
}

/** Longer than this it may be the working hours of a day. */
const LONGEST_HOURS = 4
/** Calm for so many times the longest pause in it: what paused is not over. */
const PAUSES = 3
const FEWEST_CALM_READINGS = 8

/**
 * The one time in which everything moved, as in an incident, when it has been calm since for as long as it took.
 * Like a lone step it tells nothing of the growth to come. Undefined where moves came at any other time, too.
 */
export function pastEpisode(hours: Float64Array, moves: readonly Move[]): Episode | undefined {
  const large = largeMoves(moves)
  const [begin, end] = [large[0], large.at(-1)]
  if (!begin || !end) return undefined
  const length = valueAt(hours, end.last) - valueAt(hours, begin.first)
  const calm = -valueAt(hours, end.last)
  const pauses = large
    .slice(1)
    .map(({ first }, index) => valueAt(hours, first) - valueAt(hours, large[index]?.last ?? first))
  const isOver = calm >= Math.max(length, PAUSES * Math.max(0, ...pauses))
  const readings = hours.length - 1 - end.last
  if (!isOver || length > LONGEST_HOURS || readings < FEWEST_CALM_READINGS) return undefined
  return { first: begin.first, last: end.last }
}

/** The readings without those of an episode; what was before is raised, as if it had gone on since at the pace of the calm. */
export function withoutEpisode(series: Series, { first, last }: Episode): Series {
  const { hours, values } = series
  const isKept = (_: number, index: number) => index <= first || index >= last
  const pace = fitLines(hours, values).fit(last, hours.length).slope
  const rise = valueAt(values, last) - valueAt(values, first)
  const raised = rise - pace * (valueAt(hours, last) - valueAt(hours, first))
  return {
    ...series,
    hours: hours.filter(isKept),
    values: values.map((value, index) => (index <= first ? value + raised : value)).filter(isKept),
  }
}
