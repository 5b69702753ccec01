import { z } from 'zod'
import { message } from '../../messages/message.ts'
import type { ImplausibleReading } from '../../observe/plausible-readings.ts'
import { wholeSeconds } from '../../units/duration.ts'
import { defineDetector } from '../detector.ts'

/** Readings of the disk that cannot be, such as a capacity of 0 (semantics §1.4), or a clock that went back. */
export const diskFiguresImplausible = defineDetector({
  id: 'disk-figures-implausible',
  reason: 'DiskFiguresImplausible',
  severity: 'warning',
  summary: 'Readings of the disk cannot be true, or the clock went back; they are not used.',
  options: z.strictObject({}),

  detect({ implausibleReadings = [] }) {
    const latest = new Map(implausibleReadings.map((implausible) => [implausible.why, implausible]))
    return [...latest.values()].map(figures)
  },
})

function figures({ why, reading, after = reading.at }: ImplausibleReading) {
  switch (why) {
    case 'available-over-capacity':
    case 'inodes-free-over-inodes':
      return message('finding.disk-figures-implausible', { why, ...reading })
    case 'clock-went-back':
      return message('finding.disk-figures-implausible', { why, seconds: wholeSeconds(after - reading.at) })
    case 'no-capacity':
    case 'no-size':
      return message('finding.disk-figures-implausible', { why })
  }
}
