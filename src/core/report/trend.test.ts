import { describe, expect, it } from 'vitest'
import { aReport } from './report.contract.ts'
import { digestOf, trendOf } from './trend.ts'

describe('trendOf', () => {
  it('says nothing changed when nothing did', () => {
    const report = aReport()
    expect(trendOf(report, digestOf(report))).toMatchObject({
      openedIncidents: 0,
      resolvedIncidents: 0,
      newFindings: 0,
      goneFindings: 0,
      disks: [{ node: 'n1', holds: 'all', lostBytes: 0 }],
    })
  })

  it('counts what is new and what is gone, and says whose disk changed most', () => {
    const last = digestOf(aReport({ availableBytes: 900, incidents: [] }))
    const now = aReport({ availableBytes: 400, findings: [] })
    expect(trendOf(now, last)).toMatchObject({
      openedIncidents: 1,
      resolvedIncidents: 0,
      newFindings: 0,
      goneFindings: 1,
      disks: [{ lostBytes: 500 }],
    })
    expect(trendOf(aReport({ incidents: [] }), digestOf(now))).toMatchObject({
      resolvedIncidents: 1,
      newFindings: 1,
    })
  })

  it('compares no disk that was not seen before', () => {
    const last = { ...digestOf(aReport()), available: {} }
    expect(trendOf(aReport(), last).disks).toEqual([])
  })
})
