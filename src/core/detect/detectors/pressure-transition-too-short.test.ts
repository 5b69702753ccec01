import { describe, expect, it } from 'vitest'
import { configuredNode, DEFAULT_HARD, sentences } from '../node-view.contract.ts'
import { pressureTransitionTooShort } from './pressure-transition-too-short.ts'

describe('pressure-transition-too-short', () => {
  const period = (evictionPressureTransitionPeriod: unknown, evictionHard: object = DEFAULT_HARD) =>
    sentences(pressureTransitionTooShort, configuredNode({ evictionHard, evictionPressureTransitionPeriod }))

  it('says after how many passes pressure ends', () => {
    expect(period('5s')).toEqual([
      'With evictionPressureTransitionPeriod 5s, DiskPressure and its taint end at the first pass (one every 10 s) after the last that found too little: while what is free hovers around 15 % free (150 MB) they come and go, and pods are scheduled to a node that evicts them again. Set it to 5m, the default.',
    ])
    expect(period('29s')).toEqual([expect.stringContaining('at the third pass')])
  })

  it.each(['30s', '5m0s', '0s', 5])('is quiet about %j', (value) => expect(period(value)).toEqual([]))

  it('is quiet where nothing can bring pressure', () => expect(period('5s', {})).toEqual([]))
})
