import { describe, expect, it } from 'vitest'
import { chartData } from './chart-data.ts'

const usage = { node: 'n', capacityBytes: 100, at: [0, 150, 300], availableBytes: [30, 20, 10] }
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

  it('shows nothing before anything was seen', () => {
    expect(chartData({ ...usage, at: [], availableBytes: [] }, [point(1)])).toEqual([[], [], [], [], []])
  })
})
