import { describe, expect, it } from 'vitest'
import { Pod } from '../kubernetes/pod.ts'
import { claimUsers, isClaimUser } from './claim-users.ts'

const claim = { name: 'data-es-0', namespace: 'log' }
const pod = (more: { spec?: object; status?: object; metadata?: object } = {}) =>
  Pod.parse({
    metadata: { name: 'es-0', namespace: 'log', uid: 'u', ...more.metadata },
    spec: {
      nodeName: 'node-1',
      volumes: [{ name: 'data', persistentVolumeClaim: { claimName: 'data-es-0' } }],
      ...more.spec,
    },
    status: more.status,
  })
const without = { nodeName: undefined }

describe('who is a user of a claim (semantics §6.2)', () => {
  it.each<[string, Pod, boolean]>([
    ['Running', pod({ status: { phase: 'Running' } }), true],
    ['Succeeded', pod({ status: { phase: 'Succeeded' } }), true],
    ['Failed', pod({ status: { phase: 'Failed' } }), true],
    ['Evicted, the object still there', pod({ status: { phase: 'Failed', reason: 'Evicted' } }), true],
    ['Pending on a node', pod({ status: { phase: 'Pending' } }), true],
    ['Pending without a node', pod({ spec: without, status: { phase: 'Pending' } }), false],
    ['of another namespace', pod({ metadata: { namespace: 'other' } }), false],
    [
      'that names another claim',
      pod({ spec: { volumes: [{ name: 'data', persistentVolumeClaim: { claimName: 'x' } }] } }),
      false,
    ],
    ['without volumes', pod({ spec: { volumes: [] } }), false],
    [
      'being deleted',
      pod({ metadata: { deletionTimestamp: '2026-11-24T08:00:00Z', deletionGracePeriodSeconds: 0 } }),
      true,
    ],
  ])('a pod %s', (_, one, isUser) => expect(isClaimUser(one, claim)).toBe(isUser))

  it('the pod whose generic ephemeral volume made it, until its final grace is over', () => {
    const spec = { volumes: [{ name: 'data', ephemeral: { volumeClaimTemplate: {} } }] }
    const made = (owner: string) => ({
      name: 'es-0-data',
      namespace: 'log',
      ownerReferences: [{ kind: 'Pod', name: 'es-0', uid: owner }],
    })
    const ending = (seconds: number) => ({
      deletionTimestamp: '2026-11-24T08:00:00Z',
      deletionGracePeriodSeconds: seconds,
    })
    expect(isClaimUser(pod({ spec }), made('u'))).toBe(true)
    expect(isClaimUser(pod({ spec }), made('of another pod of that name'))).toBe(false)
    expect(isClaimUser(pod({ spec: { ...spec, ...without } }), made('u'))).toBe(false)
    expect([30, 0].map((s) => isClaimUser(pod({ spec, metadata: ending(s) }), made('u')))).toEqual([
      true,
      false,
    ])
  })

  it('tells which they are', () => {
    const evicted = pod({ status: { phase: 'Failed', reason: 'Evicted' } })
    expect(claimUsers([pod({ spec: without }), evicted], claim)).toEqual([evicted])
  })
})
