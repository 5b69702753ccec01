/** Seeded random numbers (mulberry32), so that every run of a bench sees the same series. */
export interface Random {
  /** Evenly between two numbers. */
  between(low: number, high: number): number
  /** Between two positive numbers, each order of magnitude as likely as another. */
  magnitude(low: number, high: number): number
  normal(): number
  /** Exponentially distributed, of mean 1. */
  exponential(): number
  pick<T>(values: readonly T[]): T
}

export function seededRandom(seed: number): Random {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const between = (low: number, high: number) => low + next() * (high - low)
  return {
    between,
    magnitude: (low, high) => Math.exp(between(Math.log(low), Math.log(high))),
    normal: () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
    exponential: () => -Math.log(1 - next()),
    pick: (values) => values[Math.floor(next() * values.length)]!,
  }
}
