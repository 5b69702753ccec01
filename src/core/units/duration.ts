/** A span of time in milliseconds. */
export type Duration = number

const UNIT: Readonly<Record<string, number>> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
}

/** Reads a Go duration such as `1m30s` or `500ms`; undefined when it is none. */
export function parseDuration(text: string): Duration | undefined {
  if (text === '0') return 0
  if (!/^[+-]?(?:\d+(?:\.\d*)?(?:ns|us|µs|ms|s|m|h))+$/.test(text)) return undefined
  const sign = text.startsWith('-') ? -1 : 1
  let total = 0
  for (const [, amount, unit] of text.matchAll(/(\d+(?:\.\d*)?)(ns|us|µs|ms|s|m|h)/g)) {
    total += Number(amount) * (UNIT[unit ?? ''] ?? Number.NaN)
  }
  return sign * total
}

/** Whole seconds between two instants, at least 1, for a sentence such as "in 13 s". */
export function wholeSeconds(duration: Duration): number {
  return Math.max(1, Math.round(duration / 1000))
}
