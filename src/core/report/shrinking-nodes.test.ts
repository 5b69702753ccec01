import { describe, expect, it } from 'vitest'
import { fleetObservation } from '../../../test/scenarios/fleet-observation.ts'
import { emptyMemory } from '../patrol/memory.ts'
import { patrolRound } from '../patrol/round.ts'
import { nodeReports } from './node-report.ts'
import { shrinkingNodes } from './shrinking-nodes.ts'

describe('shrinkingNodes', () => {
  it('names only those whose disk fills, however full others are', () => {
    let memory = emptyMemory
    for (const second of [0, 30, 60]) memory = patrolRound(fleetObservation(20, second), memory).memory
    const views = Object.values(memory.nodes).map(({ view }) => view)
    const reports = nodeReports({ views, findings: [], incidents: [], gaps: [] })
    expect(shrinkingNodes(reports, views)).toEqual(['worker-0001'])
  })
})
