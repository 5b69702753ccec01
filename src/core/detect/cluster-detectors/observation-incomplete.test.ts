import { describe, expect, it } from 'vitest'
import { GAP_REASONS, type Gap } from '../../observe/gap.ts'
import { clusterSentences, clusterView } from '../cluster-view.contract.ts'
import { observationIncomplete } from './observation-incomplete.ts'

const gap = (more: Partial<Gap>): Gap => ({ part: 'pods', why: 'forbidden', detail: 'no', ...more })

describe('observation-incomplete', () => {
  it('is quiet when all was observed', () => {
    expect(clusterSentences(observationIncomplete, clusterView())).toEqual([])
  })

  it('leaves it to others that agent and controller do not hear of one another', () => {
    const gaps = [gap({ part: 'agent', node: 'n1' }), gap({ part: 'controller', node: 'n1' })]
    expect(clusterSentences(observationIncomplete, clusterView({ gaps }))).toEqual([])
  })

  it('names the part, the reason and what to do', () => {
    const gaps = [gap({ detail: 'pods is forbidden: User "jane" cannot list resource "pods"' })]
    expect(clusterSentences(observationIncomplete, clusterView({ gaps }))).toEqual([
      'Cluster/pods: pods could not be read: your rights do not allow it (pods is forbidden: User "jane" cannot list resource "pods"). What depends on it is not known. Ask for the right to list them, or patrol as another user.',
    ])
  })

  it('says once what is the same on many nodes', () => {
    const gaps = Array.from({ length: 7 }, (_, index) =>
      gap({ part: 'stats/summary', node: `n${index}`, why: 'timed-out', detail: 'no answer within 10 s' }),
    )
    expect(clusterSentences(observationIncomplete, clusterView({ gaps }))).toEqual([
      'Cluster/stats/summary: stats/summary of n0, n1, n2, n3, n4 and 2 more could not be read: no answer in time (no answer within 10 s). What depends on it is not known. Look whether the kubelet runs, and whether the API server reaches it.',
    ])
  })

  it('belongs to the node when it is one', () => {
    const gaps = [gap({ part: 'configz', node: 'n1', why: 'garbled', detail: '\u001b[31m<html>' })]
    expect(clusterSentences(observationIncomplete, clusterView({ gaps }))).toEqual([
      expect.stringMatching(/^Node\/n1: configz of n1 could not be read: [^\u001b]+$/),
    ])
  })

  it.each(GAP_REASONS)('has words for %s', (why) => {
    const [sentence] = clusterSentences(observationIncomplete, clusterView({ gaps: [gap({ why })] }))
    expect(sentence).toMatch(/^Cluster\/pods: pods could not be read: [^()]+ \(no\)\. .+\.$/)
  })
})
