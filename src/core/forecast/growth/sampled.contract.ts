import type { Sample } from './sample.ts'

export const NOW = Date.UTC(2026, 0, 10)
export const HOUR = 3_600_000
const GB = 1e9

/** Samples every minute up to NOW of what a function of the hour, 0 at NOW, says in GB. */
export function sampled(hours: number, usedGb: (hour: number) => number): Sample[] {
  return Array.from({ length: hours * 60 + 1 }, (_, index) => {
    const hour = index / 60 - hours
    return { at: NOW + hour * HOUR, value: usedGb(hour) * GB }
  })
}

/** Noise that is the same in every run: of standard deviation 1, roughly normal. */
export function noiseAt(hour: number): number {
  const part = (factor: number) => {
    const wave = Math.sin(Math.round(hour * 60) * factor) * 43_758.5453
    return wave - Math.floor(wave)
  }
  return 2 * (part(12.9898) + part(78.233) + part(37.719) - 1.5)
}
