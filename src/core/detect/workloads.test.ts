import { describe, expect, it } from 'vitest'
import { pod } from '../placement/cluster.contract.ts'
import { workloadsOf } from './workloads.ts'

const owned = (name: string, kind: string, owner: string) =>
  pod(name, { nodeName: 'n1' }, { namespace: 'app', ownerReferences: [{ kind, name: owner, uid: owner }] })

describe('workloads', () => {
  it('are the owners of pods, and each pod that stands alone', () => {
    const pods = [
      owned('web-1', 'ReplicaSet', 'web'),
      owned('web-2', 'ReplicaSet', 'web'),
      owned('db-0', 'StatefulSet', 'db'),
      pod('alone', {}, { namespace: 'app' }),
    ]
    expect(workloadsOf(pods).map(({ object, node }) => ({ ...object, node }))).toEqual([
      { kind: 'ReplicaSet', namespace: 'app', name: 'web', node: undefined },
      { kind: 'Pod', namespace: 'app', name: 'db-0', node: 'n1' },
      { kind: 'Pod', namespace: 'app', name: 'alone', node: undefined },
    ])
  })

  it('do not put static pods together because one node owns them', () => {
    const pods = [owned('etcd-n1', 'Node', 'n1'), owned('apiserver-n1', 'Node', 'n1')]
    expect(workloadsOf(pods).map(({ object }) => object.name)).toEqual(['etcd-n1', 'apiserver-n1'])
  })
})
