const SUFFIX: Readonly<Record<string, number>> = {
  '': 1,
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
}

/**
 * Reads a Kubernetes quantity (`1.5Ti`, `100Mi`, `2e3`) as a number of its base unit,
 * rounded up as Kubernetes does for whole units; undefined when it is none.
 */
export function parseQuantity(text: string): number | undefined {
  return roundedUp(text, 1)
}

/**
 * Reads a Kubernetes quantity in thousandths of its base unit, as Kubernetes counts cpu: `100m` is 100, `1.5` is 1500;
 * rounded up, exact to 15 digits; undefined when it is none.
 */
export function parseMilliQuantity(text: string): number | undefined {
  return roundedUp(text, 1000)
}

function roundedUp(text: string, perUnit: number): number | undefined {
  const match = /^([+-]?(?:\d+\.?\d*|\.\d+))(?:([eE][+-]?\d+)|([numkMGTPE]|[KMGTPE]i)?)$/.exec(text)
  if (!match) return undefined
  const [, digits, exponent, suffix = ''] = match
  const value =
    exponent === undefined ? Number(digits) * (SUFFIX[suffix] ?? Number.NaN) : Number(`${digits}${exponent}`)
  if (!Number.isFinite(value)) return undefined
  const scaled = Math.ceil(Number((value * perUnit).toPrecision(15)))
  return Number.isFinite(scaled) ? scaled : undefined
}

const BINARY_SUFFIXES = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei']

/** Bytes as Kubernetes writes them: in the largest binary unit that is exact, rounded down to whole bytes. */
export function formatQuantity(bytes: number): string {
  let [value, power] = [Math.floor(bytes), 0]
  while (value !== 0 && value % 1024 === 0 && power < BINARY_SUFFIXES.length - 1) {
    value /= 1024
    power++
  }
  return `${value}${BINARY_SUFFIXES[power] ?? ''}`
}
