import { describe, expect, it } from 'vitest'
import { pod } from '../../placement/cluster.contract.ts'
import { clusterOf, clusterSentences, clusterView } from '../cluster-view.contract.ts'
import { ephemeralStorageUnbounded } from './ephemeral-storage-unbounded.ts'

const app = (name: string, resources: object, phase = 'Running', owner = 'web') =>
  pod(
    name,
    { containers: [{ name: 'c', resources }] },
    { namespace: 'app', ownerReferences: [{ kind: 'ReplicaSet', name: owner, uid: owner }] },
    { phase },
  )
const said = (...pods: ReturnType<typeof app>[]) =>
  clusterSentences(ephemeralStorageUnbounded, clusterOf({ pods }))

describe('ephemeral-storage-unbounded', () => {
  it('says once what a namespace lacks, by its workloads', () => {
    const asks = { requests: { 'ephemeral-storage': '1Gi' } }
    expect(said(app('a', {}), app('b', {}), app('c', asks, 'Running', 'db'))).toEqual([
      'Namespace/app: Nothing but the size of its disk limits what 3 containers in the namespace app can write on a node, for want of an ephemeral-storage limit (ReplicaSet/web, ReplicaSet/db). Without a request, too, 2 of 3 would go first in an eviction. Set requests and limits, or a LimitRange for the namespace.',
    ])
  })

  it('names at most a few workloads', () => {
    const pods = Array.from({ length: 500 }, (_, index) => app(`p${index}`, {}, 'Running', `w${index}`))
    expect(said(...pods)).toEqual([expect.stringContaining('ReplicaSet/w4 and 495 more).')])
  })

  it.each([
    ['a limit', app('a', { limits: { 'ephemeral-storage': '1Gi' } })],
    ['what has ended', app('a', {}, 'Succeeded')],
  ])('is quiet about %s', (_, one) => expect(said(one)).toEqual([]))

  it('is quiet when pods could not be had', () => {
    expect(clusterSentences(ephemeralStorageUnbounded, clusterView())).toEqual([])
  })
})
