import { describe, expect, it } from 'vitest'
import { Pod } from '../kubernetes/pod.ts'
import { StatefulSet } from '../kubernetes/stateful-set.ts'
import { podsNow } from './pods-now.ts'

const part = <T>(value: T) => ({ value, source: 'test', observedAt: 1 })
const pod = (status: object, { owner, nodeName = 'n1' }: { owner?: string; nodeName?: string | null } = {}) =>
  Pod.parse({
    metadata: {
      namespace: 'log',
      name: 'es-0',
      ...(owner ? { ownerReferences: [{ kind: owner, name: 'es' }] } : {}),
    },
    spec: nodeName === null ? {} : { nodeName },
    status,
  })
const waiting = (reason: string) => ({
  phase: 'Running',
  containerStatuses: [{ name: 'c', state: { waiting: { reason } } }],
})
const set = (replicas: number, start = 0) =>
  StatefulSet.parse({ metadata: { namespace: 'log', name: 'es' }, spec: { replicas, ordinals: { start } } })

describe('podsNow', () => {
  it.each<[string, Pod[], StatefulSet[], boolean]>([
    ['runs', [pod({ phase: 'Running' })], [], true],
    ['has ended well', [pod({ phase: 'Succeeded' })], [], true],
    ['waits to start', [pod({ phase: 'Pending' })], [], false],
    ['waits for a node', [pod({ phase: 'Pending' }, { nodeName: null })], [], false],
    ['runs in part, and waits for an image', [pod(waiting('ImagePullBackOff'))], [], false],
    ['crashes, which is another matter', [pod(waiting('CrashLoopBackOff'))], [], true],
    [
      'failed, and comes back under its name',
      [pod({ phase: 'Failed' }, { owner: 'StatefulSet' })],
      [],
      false,
    ],
    ['failed, and another stands for it', [pod({ phase: 'Failed' }, { owner: 'ReplicaSet' })], [], true],
    ['failed, and nobody brings it back', [pod({ phase: 'Failed' })], [], false],
    ['is gone', [], [], true],
    ['is gone, and its set has not made it again', [], [set(1)], false],
    ['is gone, and its set is smaller now', [], [set(0)], true],
    ['is gone, and its set counts from later on', [], [set(1, 1)], true],
  ])('a pod that %s', (_, pods, sets, expected) => {
    expect(podsNow({ pods: part(pods), statefulSets: part(sets) })?.isWell('log/es-0')).toBe(expected)
  })

  it('is not known where pods were not seen', () => {
    expect(podsNow({ statefulSets: part([set(1)]) })).toBeUndefined()
  })
})
