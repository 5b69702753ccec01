/** Chance that repeats itself: the same seed gives the same numbers, names and ids. */
export interface Chance {
  /** From 0 to below 1. */
  share(): number
  /** As many hexadecimal digits. */
  hex(digits: number): string
  /** In the form of a UUID. */
  uid(): string
  /** As Kubernetes ends generated names, such as `x7k2p`. */
  suffix(): string
  /** In another order. */
  shuffled<T>(items: readonly T[]): T[]
}

const LETTERS = 'bcdfghjklmnpqrstvwxz2456789'

/** Chance of a seed (mulberry32). */
export function createChance(seed: number): Chance {
  let state = seed >>> 0
  const share = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const pick = (from: string) => from[Math.floor(share() * from.length)] ?? ''
  const hex = (digits: number) => Array.from({ length: digits }, () => pick('0123456789abcdef')).join('')
  return {
    share,
    hex,
    uid: () => `${hex(8)}-${hex(4)}-4${hex(3)}-${pick('89ab')}${hex(3)}-${hex(12)}`,
    suffix: () => Array.from({ length: 5 }, () => pick(LETTERS)).join(''),
    shuffled: (items) =>
      items
        .map((item) => ({ item, order: share() }))
        .toSorted((a, b) => a.order - b.order)
        .map(({ item }) => item),
  }
}
