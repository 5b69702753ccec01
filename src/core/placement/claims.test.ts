import { describe, expect, it } from 'vitest'
import type { PersistentVolumeClaim } from '../kubernetes/persistent-volume-claim.ts'
import type { PersistentVolume } from '../kubernetes/persistent-volume.ts'
import { Pod } from '../kubernetes/pod.ts'
import {
  boundClaim,
  claim,
  node,
  place,
  pod,
  reasonsOf,
  saidOf,
  storageClass,
  term,
  using,
  volume,
} from './cluster.contract.ts'

const NODES = [node('n1', { labels: { zone: 'a' } }), node('n2', { labels: { zone: 'b' } })]
const onHost = (host: string) => [term(`kubernetes.io/hostname In ${host}`)]
const MOUNTING = pod('p', using('data'))

const placed = (
  claims: readonly PersistentVolumeClaim[] | undefined,
  volumes: readonly PersistentVolume[] | undefined = [],
  one: Pod = MOUNTING,
) => reasonsOf(place(one, { nodes: NODES, claims, volumes }))

describe('bound claims', () => {
  it.each([
    ['a local volume', onHost('n2'), ['refused.volume-affinity', 'fits']],
    ['a volume for any node', undefined, ['fits', 'fits']],
    ['a volume of a zone', [term('zone In a c')], ['fits', 'refused.volume-affinity']],
    [
      'a volume with terms that all of the labels meet',
      [term('zone Exists', 'rack DoesNotExist')],
      ['fits', 'fits'],
    ],
    ['a volume with no terms', [], ['refused.volume-affinity', 'refused.volume-affinity']],
    ['a volume with an empty term', [{}], ['refused.volume-affinity', 'refused.volume-affinity']],
  ])('%s', (_, terms, expected) => {
    expect(placed([boundClaim('data', 'pv')], [volume('pv', terms)])).toEqual(expected)
  })

  it('say which volume of which claim can be used where', () => {
    const cluster = {
      nodes: NODES,
      claims: [boundClaim('data', 'pv')],
      volumes: [volume('pv', onHost('n2'))],
    }
    expect(saidOf(place(MOUNTING, cluster))).toEqual([
      'The volume pv of claim default/data can be used only where kubernetes.io/hostname In (n2).',
      'fits',
    ])
  })

  it('have to fit all together', () => {
    const claims = [boundClaim('a', 'pv1'), boundClaim('b', 'pv2')]
    const volumes = [volume('pv1', onHost('n1')), volume('pv2', onHost('n2'))]
    expect(placed(claims, volumes, pod('p', using('a', 'b', 'a')))).toEqual([
      'refused.volume-affinity',
      'refused.volume-affinity',
    ])
  })
})

describe('claims in a bad way', () => {
  it.each([
    ['is missing', [], 'refused.claim-missing'],
    ['is of another namespace', [boundClaim('data', 'pv', { namespace: 'other' })], 'refused.claim-missing'],
    ['has lost its volume', [claim('data', { volumeName: 'pv' }, {}, 'Lost')], 'refused.claim-lost'],
    [
      'is being deleted, bound or not',
      [boundClaim('data', 'pv', { deletionTimestamp: '2026-01-01T00:00:00Z' })],
      'refused.claim-being-deleted',
    ],
    ['is bound to a volume that is not there', [boundClaim('data', 'gone')], 'refused.volume-missing'],
    ['names a volume but is not bound', [claim('data', { volumeName: 'pv' })], 'refused.claim-unbound'],
    ['is unbound, of no class', [claim('data')], 'refused.claim-unbound'],
    [
      'is unbound, of a class that is nowhere',
      [claim('data', { storageClassName: 'x' })],
      'refused.claim-unbound',
    ],
    ['is not known', undefined, 'unknown.claim'],
  ])('%s', (_, claims, expected) => {
    const cluster = { nodes: NODES.slice(0, 1), claims, volumes: [volume('pv')] }
    expect(reasonsOf(place(MOUNTING, cluster))).toEqual([expected])
  })

  it('is bound, but volumes are not known', () => {
    const cluster = { nodes: NODES.slice(0, 1), claims: [boundClaim('data', 'pv')], volumes: undefined }
    expect(reasonsOf(place(MOUNTING, cluster))).toEqual(['unknown.volume'])
  })
})

describe("a pod's own claims (generic ephemeral volumes)", () => {
  const own = Pod.parse({
    metadata: { name: 'p', uid: 'u1' },
    spec: { volumes: [{ name: 'scratch', ephemeral: { volumeClaimTemplate: { spec: {} } } }] },
  })
  const owner = (uid: string) => ({ ownerReferences: [{ kind: 'Pod', name: 'p', uid }] })
  it.each([
    [
      'is found by its name',
      [boundClaim('p-scratch', 'pv', owner('u1'))],
      ['fits', 'refused.volume-affinity'],
    ],
    [
      'was made for a pod of the same name before it',
      [boundClaim('p-scratch', 'pv', owner('u0'))],
      ['refused.claim-of-another-pod', 'refused.claim-of-another-pod'],
    ],
    [
      'is a claim that someone happened to name so',
      [boundClaim('p-scratch', 'pv')],
      ['refused.claim-of-another-pod', 'refused.claim-of-another-pod'],
    ],
    ['has yet to be made', [], ['unknown.claim-awaited', 'unknown.claim-awaited']],
  ])('%s', (_, claims, expected) => {
    expect(placed(claims, [volume('pv', onHost('n1'))], own)).toEqual(expected)
  })
})

describe('unbound claims', () => {
  const waiting = claim('data', {
    storageClassName: 'sc',
    accessModes: ['ReadWriteOnce'],
    resources: { requests: { storage: '5Gi' } },
  })
  const local = storageClass('sc', { provisioner: 'kubernetes.io/no-provisioner' })
  const free = (name: string, host: string, spec: object = {}) =>
    volume(name, onHost(host), { storageClassName: 'sc', ...spec })
  const here = (name: string) => ({ annotations: { 'volume.kubernetes.io/selected-node': name } })
  const none = 'refused.no-volume-to-bind'

  it.each([
    ['wait for their first consumer', [storageClass('sc')], waiting, ['fits', 'fits']],
    [
      'ought to be bound by now',
      [storageClass('sc', { volumeBindingMode: 'Immediate' })],
      waiting,
      ['refused.claim-unbound', 'refused.claim-unbound'],
    ],
    [
      'are bound at once unless a class says otherwise',
      [storageClass('sc', { volumeBindingMode: undefined })],
      waiting,
      ['refused.claim-unbound', 'refused.claim-unbound'],
    ],
    [
      'are of a class that is not known',
      undefined,
      waiting,
      ['unknown.binding-mode', 'unknown.binding-mode'],
    ],
    [
      'are being given a volume on a node',
      undefined,
      { ...waiting, metadata: { name: 'data', ...here('n2') } },
      ['refused.claim-elsewhere', 'fits'],
    ],
    [
      'are of a class by the annotation of old',
      [storageClass('old')],
      claim('data', {}, { annotations: { 'volume.beta.kubernetes.io/storage-class': 'old' } }),
      ['fits', 'fits'],
    ],
    [
      'are of a class that serves a zone',
      [
        storageClass('sc', {
          allowedTopologies: [{ matchLabelExpressions: [{ key: 'zone', values: ['b', 'c'] }] }],
        }),
      ],
      waiting,
      ['refused.class-topology', 'fits'],
    ],
  ])('%s', (_, storageClasses, one, expected) => {
    expect(reasonsOf(place(MOUNTING, { nodes: NODES, claims: [one], storageClasses }))).toEqual(expected)
  })

  it.each([
    ['one on the node', [free('a', 'n1')], ['fits', none]],
    ['none', [], [none, none]],
    ['one by zone', [volume('a', [term('zone In b')], { storageClassName: 'sc' })], [none, 'fits']],
    ['one of another class', [free('a', 'n1', { storageClassName: 'other' })], [none, none]],
    ['one too small', [free('a', 'n1', { capacity: { storage: '4Gi' } })], [none, none]],
    ['one of another mode', [free('a', 'n1', { volumeMode: 'Block' })], [none, none]],
    ['one for other access', [free('a', 'n1', { accessModes: ['ReadOnlyMany'] })], [none, none]],
    ['one that is taken', [free('a', 'n1', { claimRef: { namespace: 'default', name: 'x' } })], [none, none]],
    [
      'one reserved for it',
      [free('a', 'n1', { claimRef: { namespace: 'default', name: 'data' } })],
      ['fits', none],
    ],
    ['one released', [{ ...free('a', 'n1'), status: { phase: 'Released' } }], [none, none]],
    ['where volumes are not known', undefined, ['unknown.claim', 'unknown.claim']],
  ])('of local volumes are bound to %s', (_, volumes, expected) => {
    const cluster = { nodes: NODES, claims: [waiting], volumes, storageClasses: [local] }
    expect(reasonsOf(place(MOUNTING, cluster))).toEqual(expected)
  })

  it('do not share a volume, and leave the larger one to the larger claim', () => {
    const sized = (name: string, storage: string) =>
      claim(name, { storageClassName: 'sc', resources: { requests: { storage } } })
    const cluster = {
      nodes: NODES,
      claims: [sized('large', '8Gi'), sized('small', '1Gi')],
      volumes: [free('a', 'n1'), free('b', 'n1', { capacity: { storage: '2Gi' } }), free('c', 'n2')],
      storageClasses: [local],
    }
    expect(reasonsOf(place(pod('p', using('large', 'small')), cluster))).toEqual(['fits', none])
  })
})
