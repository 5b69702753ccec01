import { describe, expect, it } from 'vitest'
import { Node } from '../kubernetes/node.ts'
import { PersistentVolumeClaim } from '../kubernetes/persistent-volume-claim.ts'
import { Pod } from '../kubernetes/pod.ts'
import { claimStatements, lasting, nodeStatements, podStatements } from './object-statements.ts'

const NOW = Date.UTC(2026, 0, 1, 12)

const node = (status: string, lastTransitionTime?: string) =>
  Node.parse({
    metadata: { name: 'n1' },
    status: { conditions: [{ type: 'DiskPressure', status, lastTransitionTime }] },
  })

const waiting = (reason: string, message: string) =>
  Pod.parse({
    metadata: { namespace: 'app', name: 'web', uid: '11111111-2222-3333-4444-555555555555' },
    spec: { nodeName: 'n1' },
    status: {
      phase: 'Pending',
      containerStatuses: [{ name: 'web', image: 'r.example/web:1', state: { waiting: { reason, message } } }],
    },
  })

describe('what a Node states', () => {
  it.each([
    ['True', 'disk-pressure-condition'],
    ['False', 'disk-pressure-cleared'],
  ])('DiskPressure %s, since it changed', (status, id) => {
    const [fact] = nodeStatements(node(status, '2026-01-01T11:00:00Z'), NOW)
    expect(fact).toMatchObject({ id, node: 'n1', at: NOW - 3_600_000, source: { file: 'nodes/n1' } })
  })

  it('nothing when the condition is not known', () => {
    expect(nodeStatements(node('Unknown'), NOW)).toEqual([])
    expect(nodeStatements(Node.parse({ metadata: { name: 'n1' }, status: {} }), NOW)).toEqual([])
  })
})

describe('what a waiting container states', () => {
  it.each([
    ['ErrImagePull', 'dial tcp 10.0.0.9:443: i/o timeout', ['image-pull-failed-network']],
    ['ErrImagePull', 'manifest unknown: manifest unknown', ['image-pull-failed-notfound']],
    ['ImagePullBackOff', 'Back-off pulling image "r.example/web:1"', ['image-pull-backoff']],
    ['ContainerCreating', '', []],
    ['CrashLoopBackOff', 'back-off 5m0s restarting failed container', []],
  ])('%s: %s', (reason, message, ids) => {
    const facts = podStatements(waiting(reason, message), NOW)
    expect(facts.map(({ id }) => id)).toEqual(ids)
    for (const { fields } of facts) {
      expect(fields).toMatchObject({
        image: 'r.example/web:1',
        pod: { namespace: 'app', name: 'web' },
      })
    }
  })
})

describe('what a claim states', () => {
  const claim = (deletionTimestamp?: string) =>
    PersistentVolumeClaim.parse({ metadata: { namespace: 'log', name: 'data', deletionTimestamp }, spec: {} })

  it.each([
    ['not deleted', undefined, 0],
    ['deleted just now', '2026-01-01T11:59:30Z', 0],
    ['deleted, and still there', '2026-01-01T11:50:00Z', 1],
  ])('%s', (_, deletedAt, count) => {
    expect(claimStatements(claim(deletedAt), NOW)).toHaveLength(count)
  })
})

describe('what lasts', () => {
  it('keeps the instant from which it is known, and is stated last when it was seen last', () => {
    const first = lasting(podStatements(waiting('ImagePullBackOff', ''), NOW), [], NOW)
    const later = lasting(podStatements(waiting('ImagePullBackOff', ''), NOW + 5000), first, NOW + 5000)
    expect(later).toMatchObject([{ at: NOW, firstAt: NOW, lastAt: NOW + 5000, count: 1 }])
  })

  it('is gone when nothing says it any more', () => {
    const first = lasting(podStatements(waiting('ImagePullBackOff', ''), NOW), [], NOW)
    expect(lasting([], first, NOW + 5000)).toEqual([])
  })
})
