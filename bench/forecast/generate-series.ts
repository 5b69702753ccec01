import type { Random } from './random.ts'

export const KINDS = ['linear', 'bursts', 'daily', 'saw-tooth', 'step'] as const
export type Kind = (typeof KINDS)[number]

/** One generated filesystem: what is used, every `interval`, and what a scrape read of it. Times in hours. */
export interface GeneratedSeries {
  interval: number
  /** The bytes used at `index * interval` hours. */
  usage: Float64Array
  /** `usage` with the noise of the measurement; NaN where a scrape was missed. */
  readings: Float64Array
}

const GB = 1e9
const INTERVAL_SECONDS = [10, 15, 30, 60, 120, 300]

/** Adds to the growth of each interval. `at` in hours, `slope` the bytes an hour of the trend. */
type Shape = (growth: Float64Array, series: { interval: number; slope: number; random: Random }) => void

/**
 * Makes a series of so many hours whose every parameter is drawn anew: interval, slope, noise, and the
 * size, length, period, phase and regularity of what is laid over the trend. `stepAt` is the hour from which
 * the kind `step` grows ten times faster.
 */
export function generateSeries(
  kind: Kind,
  hours: number,
  random: Random,
  stepAt: number,
  intervalSeconds = random.pick(INTERVAL_SECONDS),
): GeneratedSeries {
  const interval = intervalSeconds / 3600
  const slope = random.magnitude(0.05, 5) * GB
  const count = Math.ceil(hours / interval) + 1
  const growth = new Float64Array(count).fill(slope * interval)
  if (kind === 'step') growth.fill(10 * slope * interval, Math.ceil(stepAt / interval))
  random.pick(SHAPES[kind])(growth, { interval, slope, random })

  const noise = slope * random.magnitude(0.003, 2)
  const usage = new Float64Array(count)
  const readings = new Float64Array(count)
  let used = random.between(20, 200) * GB
  for (let index = 0; index < count; index++) {
    used += growth[index] ?? 0
    usage[index] = used
    readings[index] = random.between(0, 1) < 0.01 ? Number.NaN : used + noise * random.normal()
  }
  return { interval, usage, readings }
}

const nothing: Shape = () => {}

/** Files that arrive at once and stay: an image, a backup. */
const arrivals: Shape = (growth, { interval, slope, random }) => {
  const perHour = random.magnitude(0.3, 8)
  const size = (slope * random.between(0.5, 3)) / perHour
  for (let index = 0; index < growth.length; index++) {
    if (random.between(0, 1) < perHour * interval) growth[index]! += size * random.exponential()
  }
}

/** Minutes in which something writes many times faster. */
const spates: Shape = (growth, { interval, slope, random }) => {
  const perHour = random.magnitude(0.3, 4)
  const minutes = random.magnitude(1, 12)
  const rate = (slope * random.between(0.5, 3)) / (perHour * (minutes / 60))
  let left = 0
  for (let index = 0; index < growth.length; index++) {
    if (random.between(0, 1) < perHour * interval) left = (minutes / 60) * random.between(0.5, 1.5)
    if (left > 0) growth[index]! += rate * Math.min(interval, left)
    left -= interval
  }
}

/** Scratch files: written, and removed some minutes later. */
const scratch: Shape = (growth, { interval, slope, random }) => {
  const perHour = random.magnitude(0.3, 4)
  const size = slope * random.magnitude(0.3, 5)
  for (let index = 0; index < growth.length; index++) {
    if (random.between(0, 1) >= perHour * interval) continue
    const bytes = size * random.exponential()
    growth[index]! += bytes
    const end = index + Math.max(1, Math.round(random.magnitude(3, 60) / 60 / interval))
    if (end < growth.length) growth[end]! -= bytes
  }
}

/** Swings about the trend once a day. */
const dailySwing: Shape = (growth, { interval, slope, random }) => {
  const amplitude = slope * random.magnitude(1.5, 20)
  const phase = random.between(0, 24)
  const level = (at: number) => amplitude * Math.sin((2 * Math.PI * (at - phase)) / 24)
  for (let index = 1; index < growth.length; index++) {
    growth[index]! += level(index * interval) - level((index - 1) * interval)
  }
}

/** Grows by day, hardly by night. */
const workingHours: Shape = (growth, { interval, slope, random }) => {
  const begin = random.between(0, 24)
  const length = random.between(6, 14)
  const rate = slope * random.magnitude(2, 15)
  for (let index = 0; index < growth.length; index++) {
    const hour = (index * interval - begin + 48) % 24
    if (hour < length) growth[index]! += rate * interval * Math.sin((Math.PI * hour) / length) ** 2
  }
}

/** A log that grows and is rotated away, by time or by size. */
const rotation: Shape = (growth, { interval, slope, random }) => {
  const period = random.magnitude(Math.max(0.07, 5 * interval), 6)
  const amplitude = slope * random.magnitude(0.2, 20)
  const jitter = random.pick([0, 0, 0.03, 0.1])
  let length = period
  let since = random.between(0, period)
  for (let index = 0; index < growth.length; index++) {
    growth[index]! += (amplitude * interval) / period
    since += interval
    if (since < length) continue
    growth[index]! -= amplitude * (since / period)
    since = 0
    length = period * (1 + jitter * random.normal())
  }
}

const SHAPES: Record<Kind, readonly Shape[]> = {
  linear: [nothing],
  bursts: [arrivals, spates, scratch],
  daily: [dailySwing, workingHours],
  'saw-tooth': [rotation],
  step: [nothing],
}
