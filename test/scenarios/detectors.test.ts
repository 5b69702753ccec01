import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { clusterDetectors } from '../../src/core/detect/cluster-detectors/index.ts'
import { detectors } from '../../src/core/detect/detectors/index.ts'
import type { Finding } from '../../src/core/detect/finding.ts'
import { LANGUAGES } from '../../src/core/messages/language.ts'
import { say } from '../../src/core/messages/message.ts'
import type { Observation } from '../../src/core/observe/observation.ts'
import { emptyMemory } from '../../src/core/patrol/memory.ts'
import { patrolRound } from '../../src/core/patrol/round.ts'
import { hostileCluster } from './hostile-cluster.ts'
import { healthyCluster } from './healthy-cluster.ts'

const findingsOf = (observation: Observation) => [...patrolRound(observation, emptyMemory).findings]
const idsOf = (observation: Observation) => [...new Set(findingsOf(observation).map(({ id }) => id))]

/** A sentence that cannot move a cursor, turn a line around, begin another line, or go on for pages. */
function expectFitToPrint({ id, message }: Finding) {
  for (const language of LANGUAGES) {
    const sentence = say(message, language)
    expect(sentence, id).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2066-\u2069]/)
    expect(sentence, id).not.toMatch(/\bNaN\b|\bInfinity\b|\bundefined\b|\[object/)
    expect(sentence.length, id).toBeLessThan(6000)
  }
  expect(JSON.stringify(message).length, id).toBeLessThan(20_000)
}

describe('all detectors', () => {
  it('are quiet about nothing', () => {
    expect(findingsOf({ observedAt: 0, cluster: {}, nodes: [] })).toEqual([])
    const part = { value: [], source: 'test', observedAt: 0 }
    const parts = [
      'pods',
      'nodes',
      'persistentVolumes',
      'persistentVolumeClaims',
      'storageClasses',
      'statefulSets',
    ]
    const cluster = Object.fromEntries([...parts, 'volumeAttachments'].map((name) => [name, part]))
    expect(findingsOf({ observedAt: 0, cluster, nodes: [] })).toEqual([])
  })

  it('have at most hints for a cluster in which nothing is wrong', () => {
    const observation = healthyCluster({ nodes: 6, podsPerNode: 25, sets: 4 })
    const hints = [
      'empty-dir-unbounded',
      'ephemeral-storage-unbounded',
      'data-on-kubelet-filesystem',
      'imagefs-threshold-first',
    ]
    expect(findingsOf(observation).filter(({ severity }) => severity !== 'info')).toEqual([])
    expect(idsOf(observation).filter((id) => !hints.includes(id))).toEqual([])
  })

  it.each([
    'pods',
    'nodes',
    'persistentVolumes',
    'persistentVolumeClaims',
    'storageClasses',
    'statefulSets',
    'volumeAttachments',
  ] as const)('have no more to say where %s could not be had', (missing) => {
    const observation = healthyCluster({ nodes: 3, podsPerNode: 9, sets: 3 })
    const { [missing]: _, ...cluster } = observation.cluster
    const without = { ...observation, cluster }
    expect(idsOf(without).filter((id) => !idsOf(observation).includes(id))).toEqual([])
  })

  it('say nothing that does harm to print, whatever is observed', () => {
    fc.assert(
      fc.property(hostileCluster, (observation) => {
        for (const finding of findingsOf(observation)) expectFitToPrint(finding)
      }),
      { numRuns: 300 },
    )
  })

  it('are reached by what is made up here, nearly all of those about a cluster', () => {
    const made = fc.sample(hostileCluster, { seed: 1, numRuns: 300 })
    const seen = new Set(made.flatMap(idsOf))
    expect(clusterDetectors.filter(({ id }) => !seen.has(id)).length).toBeLessThan(5)
  })

  it('tell of a great many in the same state as a number', () => {
    const { cluster, ...observation } = healthyCluster({ nodes: 1, podsPerNode: 0, sets: 120 })
    const claims = (cluster.persistentVolumeClaims?.value ?? []).map((claim) => ({
      ...claim,
      metadata: { ...claim.metadata, deletionTimestamp: '2026-01-01T00:00:00Z' },
    }))
    const persistentVolumeClaims = { value: claims, source: 'test', observedAt: observation.observedAt }
    const found = findingsOf({ ...observation, cluster: { ...cluster, persistentVolumeClaims } })
    const stuck = found.filter(({ id }) => id === 'claim-stuck-terminating')
    expect(stuck).toHaveLength(101)
    const last = stuck.at(-1)
    expect(last && say(last.message, 'en')).toBe(
      '260 more objects are found to be like that (ClaimStuckTerminating), and not listed.',
    )
    for (const finding of found) expectFitToPrint(finding)
  })

  it('have reasons that are told apart', () => {
    const reasons = [...clusterDetectors, ...detectors].map(({ reason }) => reason)
    expect(new Set(reasons).size).toBe(reasons.length)
  })
})
