import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { runDetector } from '../../src/core/detect/detector.ts'
import { detectors } from '../../src/core/detect/detectors/index.ts'
import type { Finding } from '../../src/core/detect/finding.ts'
import { configuredNode, DEFAULT_HARD } from '../../src/core/detect/node-view.contract.ts'
import { LANGUAGES } from '../../src/core/messages/language.ts'
import { say } from '../../src/core/messages/message.ts'
import type { NodeView } from '../../src/core/observe/node-view.ts'
import { emptyMemory } from '../../src/core/patrol/memory.ts'
import { patrolRound } from '../../src/core/patrol/round.ts'
import { hostileNode } from './hostile-observation.ts'

const findingsOf = (view: NodeView) => detectors.flatMap((detector) => runDetector(detector, view))
const idsOf = (view: NodeView) => findingsOf(view).map(({ id }) => id)

/** No figure in a sentence is one that cannot be, and each sentence is one. */
function expectSayable({ message }: Finding) {
  for (const language of LANGUAGES) {
    const sentence = say(message, language)
    expect(sentence).not.toMatch(/NaN|Infinity|undefined|\[object/)
    expect(sentence).toMatch(/[.。]$/)
  }
}

describe('the findings about settings', () => {
  it.each(['v1.20.2', 'v1.28.3', 'v1.30.2', 'v1.36.2'])(
    'of an ordinary kubelet %s are one hint',
    (version) => {
      const { 'imagefs.inodesFree': inodes, ...before } = DEFAULT_HARD
      const evictionHard = version < 'v1.30' ? before : { ...before, 'imagefs.inodesFree': inodes }
      const sandbox = { names: ['registry.k8s.io/pause:3.9'] }
      const view = configuredNode(
        { evictionHard },
        {
          kubeletVersion: version,
          sandboxImage: 'registry.k8s.io/pause:3.9',
          images: { value: [sandbox], source: 'test', observedAt: 0 },
        },
      )
      expect(findingsOf(view).map(({ id, severity }) => [id, severity])).toEqual([
        ['imagefs-threshold-first', 'info'],
      ])
    },
  )

  it('of a kubelet that is told to delete nothing are that it does not', () => {
    const none = { 'nodefs.available': '0%', 'imagefs.available': '0%', 'nodefs.inodesFree': '0%' }
    const view = configuredNode({ evictionHard: none, imageGCHighThresholdPercent: 100 })
    expect(idsOf(view)).toEqual(['default-threshold-missing', 'hard-eviction-off', 'image-gc-off'])
  })

  it('can be said in every language, whatever a view holds', () => {
    fc.assert(
      fc.property(hostileNode, ({ nodefs, summary, ...node }) => {
        const summaries = summary === undefined ? [] : [summary]
        const view = { ...node, observedAt: 0, summaries, readings: nodefs, history: [], facts: [] }
        for (const finding of findingsOf(view)) expectSayable(finding)
      }),
      { numRuns: 500 },
    )
  })

  it('can be said in every language after rounds of whatever is observed', () => {
    fc.assert(
      fc.property(fc.array(hostileNode, { minLength: 1, maxLength: 4 }), (nodes) => {
        let memory = emptyMemory
        for (const [round, node] of nodes.entries()) {
          const result = patrolRound({ observedAt: round * 1000, cluster: {}, nodes: [node] }, memory)
          for (const finding of result.findings) expectSayable(finding)
          for (const { cause } of result.incidents) {
            for (const language of LANGUAGES)
              expect(say(cause.message, language)).not.toMatch(/NaN|undefined/)
          }
          memory = result.memory
        }
      }),
      { numRuns: 300 },
    )
  })
})
