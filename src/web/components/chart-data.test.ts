import { describe, expect, it } from 'vitest'
import { chartData, expectedOf } from './chart-data.ts'

const usage = { node: 'n', capacityBytes: 100, at: [0, 150, 300], availableBytes: [30, 20, 10], images: null }
const point = (at: number) => ({ at, low: 1, middle: 2, high: 3 })

describe('chartData', () => {
  it('shows what is expected from where what was seen ends, for a third of that span', () => {
    expect(chartData(usage, [point(300), point(350), point(400), point(401)])).toEqual([
      [0, 150, 300, 350, 400],
      [30, 20, 10, null, null],
      [null, null, 10, 1, 1],
      [null, null, 10, 2, 2],
      [null, null, 10, 3, 3],
    ])
  })

  it('goes on to the very edge, between two points of the band', () => {
    const band = [
      { at: 300, low: 10, middle: 20, high: 30 },
      { at: 500, low: 0, middle: 10, high: 40 },
    ]
    expect(expectedOf(usage, band)).toEqual({
      aheadSeconds: 100,
      points: [{ at: 400, low: 5, middle: 15, high: 35 }],
    })
  })

  it('invents nothing where the band ends before', () => {
    expect(expectedOf(usage, [point(300), point(350)]).points).toEqual([point(350)])
  })

  it('shows a minute ahead when little was seen', () => {
    expect(expectedOf({ ...usage, at: [0, 3] }, []).aheadSeconds).toBe(60)
  })

  it('shows nothing before anything was seen', () => {
    expect(chartData({ ...usage, at: [], availableBytes: [] }, [point(1)])).toEqual([[], [], [], [], []])
  })
})
