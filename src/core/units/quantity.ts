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
  const match = /^([+-]?(?:\d+\.?\d*|\.\d+))(?:([eE][+-]?\d+)|([numkMGTPE]|[KMGTPE]i)?)$/.exec(text)
  if (!match) return undefined
  const [, digits, exponent, suffix = ''] = match
  const value =
    exponent === undefined ? Number(digits) * (SUFFIX[suffix] ?? Number.NaN) : Number(`${digits}${exponent}`)
  if (!Number.isFinite(value)) return undefined
  return Math.ceil(Number(value.toPrecision(15)))
}
