import { describe, expect, it } from 'vitest'
import { nodeView } from '../../detect/node-view.contract.ts'
import { Pod } from '../../kubernetes/pod.ts'
import type { NodeView } from '../../observe/node-view.ts'
import { observedPods } from './observed-pods.ts'

const SUMMARY_AT = Date.UTC(2026, 0, 1)
const part = <T>(value: T) => ({ value, source: 'test', observedAt: SUMMARY_AT })
const podSince = (startTime?: string) =>
  Pod.parse({
    metadata: { name: 'p', namespace: 'd', uid: 'p' },
    spec: { containers: [{ name: 'c' }] },
    status: { phase: 'Running', startTime },
  })
const usage = {
  namespace: 'd',
  name: 'p',
  uid: 'p',
  logsBytes: 1,
  rootfsBytes: 0,
  localVolumesBytes: 0,
}
const summaries = (...pods: (typeof usage)[]): NodeView['summaries'] => [part({ pods })]

describe('observedPods', () => {
  it.each<[string, boolean, NodeView['summaries'], string?]>([
    ['one that the summary shows', true, summaries(usage)],
    ['one that is missing from it (semantics §3.7)', false, summaries({ ...usage, uid: 'q' })],
    ['one that is missing though it had begun', false, summaries(), '2025-12-31T23:59:00Z'],
    ['one that has begun since', true, summaries(), '2026-01-01T00:00:01Z'],
    ['any while there is no summary', true, []],
  ])('%s: measured is %s', (_, measured, known, startTime) => {
    const view = nodeView([1], { pods: part([podSince(startTime)]), summaries: known })
    expect(observedPods(view, 0).map((pod) => pod.measured)).toEqual([measured])
  })

  it('of a pod that is known as a whole only, no byte is lost', () => {
    const whole = { ...usage, logsBytes: 3, rootfsBytes: 4, localVolumesBytes: 5 }
    const view = nodeView([1], { pods: part([podSince()]), summaries: summaries(whole) })
    expect(observedPods(view, 0)).toMatchObject([
      { containers: [{ logs: 3, writable: 4 }], emptyDirs: [{ used: 5 }] },
    ])
  })
})
