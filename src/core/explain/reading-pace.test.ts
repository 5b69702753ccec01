import { describe, expect, it } from 'vitest'
import { paceOf } from './reading-pace.ts'

describe('paceOf', () => {
  it.each([
    [50e6, 200e6, 1000, { megabytes: 50, perSecond: 50, percent: 25, secondsLeft: 3 }],
    [300e6, 200e6, 2000, { megabytes: 300, perSecond: 150, percent: 100, secondsLeft: 0 }],
    [50e6, undefined, 1000, { megabytes: 50, perSecond: 50, percent: undefined, secondsLeft: undefined }],
    [0, 0, 0, { megabytes: 0, perSecond: 0, percent: undefined, secondsLeft: undefined }],
  ])('%d of %s bytes in %d ms', (read, total, milliseconds, pace) => {
    expect(paceOf(read, total, milliseconds)).toEqual(pace)
  })
})
