import { quantile, valueAt } from './series.ts'

/** A rise or fall much faster than usual: from the reading before it to the reading it ends at. */
export interface Move {
  first: number
  last: number
  /** What it added beyond the usual growth; negative for a fall. */
  size: number
}

const FASTER_THAN_USUAL = 8
const ABOVE_NOISE = 6
const LONGEST_HOURS = 1 / 6
const MOST_SORTED = 151

/** Finds what came at once, oldest first: neighbouring readings that move the same way are one move. */
export function findMoves(hours: Float64Array, values: Float64Array, noise: number): Move[] {
  const stride = Math.max(1, Math.ceil((values.length - 1) / MOST_SORTED))
  const rates = new Float64Array(Math.ceil((values.length - 1) / stride))
  const usual = (measure: (index: number) => number) => {
    for (let place = 0; place < rates.length; place++) rates[place] = measure(1 + place * stride)
    return quantile(rates.sort(), 0.5)
  }
  const rise = (index: number) => (values[index] ?? 0) - (values[index - 1] ?? 0)
  const time = (index: number) => (hours[index] ?? 0) - (hours[index - 1] ?? 0)
  const rate = usual((index) => rise(index) / time(index))
  const usualSize = usual((index) => Math.abs(rise(index) - rate * time(index)))
  const least = Math.max(FASTER_THAN_USUAL * usualSize, ABOVE_NOISE * noise, 1e-9)
  const moves: Move[] = []
  let move: Move | undefined
  for (let index = 1; index < values.length; index++) {
    const size = rise(index) - rate * time(index)
    if (size < least && size > -least) continue
    if (move?.last === index - 1 && move.size > 0 === size > 0) {
      move.last = index
      move.size += size
    } else moves.push((move = { first: index - 1, last: index, size }))
  }
  return moves
}

/** The moves beside which the others are small. */
export function largeMoves(moves: readonly Move[]): Move[] {
  const largest = moves.reduce((most, { size }) => Math.max(most, Math.abs(size)), 0)
  return moves.filter(({ size }) => Math.abs(size) >= largest / 5)
}

/**
 * Moves that happened hardly ever: they tell nothing of the growth to come, however large they are. None where
 * one of the moves took its time and is over: the others may have to do with it.
 */
export function loneSteps(hours: Float64Array, moves: readonly Move[]): Move[] {
  const large = largeMoves(moves)
  const steps = large.filter((move) => isAtOnce(hours, move))
  const areAlone = large.every((move) => steps.includes(move) || move.last === hours.length - 1)
  return large.length <= 2 && areAlone ? steps : []
}

/** Still going on after three readings, or long, it may be the beginning of faster growth. */
function isAtOnce(hours: Float64Array, { first, last }: Move): boolean {
  if (last - first === 1) return true
  const isOver = last < hours.length - 1
  return (isOver || last - first < 3) && valueAt(hours, last) - valueAt(hours, first) <= LONGEST_HOURS
}

/** Raises what was before each step, as if it had always been there; what follows stays as it is. */
export function withoutSteps(values: Float64Array, steps: readonly Move[]): Float64Array {
  const flat = values.slice()
  for (const { first, last, size } of steps) {
    for (let index = 0; index <= first; index++) flat[index] = valueAt(flat, index) + size
    for (let index = first + 1; index < last; index++) {
      flat[index] = valueAt(flat, index) + size * (1 - (index - first) / (last - first))
    }
  }
  return flat
}
