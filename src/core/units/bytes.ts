const STEPS = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'] as const

/** A number of bytes for people, in powers of 1000 as `df -H` prints: `932 MB`, `3.09 GB`. */
export function formatBytes(bytes: number): string {
  let value = bytes
  let step = 0
  while (Math.abs(value) >= 999.5 && step < STEPS.length - 1) {
    value /= 1000
    step++
  }
  const digits = step < 3 || Math.abs(value) >= 99.95 ? 0 : Math.abs(value) >= 9.995 ? 1 : 2
  return `${value.toFixed(digits)} ${STEPS[step]}`
}

/** A number of bytes that is only an estimate: two significant digits, `640 MB`. */
export function formatAboutBytes(bytes: number): string {
  return formatBytes(Number(bytes.toPrecision(2)))
}
