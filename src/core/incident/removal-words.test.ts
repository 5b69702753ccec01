import { describe, expect, it } from 'vitest'
import type { Fact } from '../explain/facts/fact.ts'
import { foldFacts } from '../explain/fold.ts'
import type { IncidentDraft } from './incident-draft.ts'
import { sandboxImages } from './removal-words.ts'

const missing = (pod: string, order: number): Fact => ({
  id: 'sandbox-image-missing',
  at: order,
  atText: null,
  order,
  isCoarse: false,
  node: 'n1',
  source: { file: 'test', line: order },
  from: 'unknown',
  fields: { image: 'k8s.gcr.io/pause:3.1', pod },
  subject: pod,
  raw: '',
})

describe('sandboxImages', () => {
  it('names an image once, however many pods wait for it', () => {
    const facts = foldFacts([], [missing('a', 1), missing('b', 2)])
    expect(facts).toHaveLength(2)
    const draft = { happened: [], names: new Map() } as unknown as IncidentDraft
    expect(sandboxImages(facts, draft)).toEqual(['k8s.gcr.io/pause:3.1'])
  })
})
