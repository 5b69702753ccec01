import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { node, place, pod, reasonsOf, saidOf } from './cluster.contract.ts'

const tolerating = (...tolerations: object[]) => pod('p', { tolerations })
const placed = (taint: string, ...tolerations: object[]) =>
  reasonsOf(place(tolerating(...tolerations), { nodes: [node('n1', { taints: [taint] })] }))[0]

describe('tolerations', () => {
  it.each([
    ['key=value:NoSchedule', [], false],
    ['key=value:NoExecute', [], false],
    ['key=value:PreferNoSchedule', [], true],
    ['key=value:SomethingElse', [], true],
    ['key=value:NoSchedule', [{ key: 'key', operator: 'Equal', value: 'value', effect: 'NoSchedule' }], true],
    ['key=value:NoSchedule', [{ key: 'key', operator: 'Equal', value: 'value' }], true],
    ['key=value:NoSchedule', [{ key: 'key', value: 'value' }], true],
    ['key=value:NoSchedule', [{ key: 'key', operator: '', value: 'value', effect: '' }], true],
    ['key=value:NoSchedule', [{ key: 'key', value: 'other' }], false],
    ['key=value:NoSchedule', [{ key: 'key', value: 'value', effect: 'NoExecute' }], false],
    ['key=value:NoExecute', [{ key: 'key', value: 'value', effect: 'NoSchedule' }], false],
    // An absent value is the empty one, on either side.
    ['key=value:NoSchedule', [{ key: 'key' }], false],
    ['key:NoSchedule', [{ key: 'key' }], true],
    ['key:NoSchedule', [{ key: 'key', value: null, effect: null, operator: null }], true],
    ['key=value:NoSchedule', [{ key: 'key', operator: 'Exists' }], true],
    ['key=value:NoSchedule', [{ key: 'other', operator: 'Exists' }], false],
    ['key=value:NoSchedule', [{ operator: 'Exists' }], true],
    ['key=value:NoExecute', [{ operator: 'Exists', effect: 'NoSchedule' }], false],
    ['key=value:NoSchedule', [{ key: 'key', operator: 'Sometimes', value: 'value' }], false],
    // For how long does not matter to the scheduler.
    ['key:NoExecute', [{ key: 'key', operator: 'Exists', tolerationSeconds: 0 }], true],
    ['cores=8:NoSchedule', [{ key: 'cores', operator: 'Gt', value: '4' }], true],
    ['cores=8:NoSchedule', [{ key: 'cores', operator: 'Lt', value: '4' }], false],
    ['cores=x:NoSchedule', [{ key: 'cores', operator: 'Gt', value: '4' }], false],
  ])('%s with %j', (taint, tolerations, fits) => {
    expect(placed(taint, ...tolerations)).toBe(fits ? 'fits' : 'refused.taints')
  })

  it('need to cover every taint', () => {
    const nodes = [node('n1', { taints: ['a:NoSchedule', 'b:NoExecute'] })]
    expect(saidOf(place(tolerating({ key: 'a', operator: 'Exists' }), { nodes }))).toEqual([
      'The pod does not tolerate the taint b:NoExecute.',
    ])
  })

  it('name five taints at most', () => {
    const taints = Array.from({ length: 12 }, (_, index) => `k${index}=v:NoSchedule`)
    expect(saidOf(place(pod('p'), { nodes: [node('n1', { taints })] }))).toEqual([
      'The pod does not tolerate the taints k0=v:NoSchedule, k1=v:NoSchedule, k2=v:NoSchedule, k3=v:NoSchedule, k4=v:NoSchedule and 7 more.',
    ])
  })
})

describe('a node that is not ready', () => {
  const byDefault = ['not-ready', 'unreachable'].map((state) => ({
    key: `node.kubernetes.io/${state}`,
    operator: 'Exists',
    effect: 'NoExecute',
    tolerationSeconds: 300,
  }))

  it.each([
    // What every pod tolerates for five minutes is only that it is not evicted at once.
    ['node.kubernetes.io/not-ready:NoExecute', 'fits'],
    ['node.kubernetes.io/not-ready:NoSchedule', 'refused.not-ready'],
    ['node.kubernetes.io/unreachable:NoSchedule', 'refused.not-ready'],
    ['node.kubernetes.io/disk-pressure:NoSchedule', 'refused.taints'],
  ])('%s', (taint, expected) => {
    expect(placed(taint, ...byDefault)).toBe(expected)
  })
})

describe('a cordoned node', () => {
  const cordonTaint = 'node.kubernetes.io/unschedulable:NoSchedule'
  it.each([
    ['is refused once, for taint and field', [cordonTaint], [], 'refused.unschedulable'],
    ['is refused before its taint is there', [], [], 'refused.unschedulable'],
    [
      'may be tolerated',
      [cordonTaint],
      [{ key: 'node.kubernetes.io/unschedulable', operator: 'Exists' }],
      'fits',
    ],
    [
      'is not tolerated by what tolerates NoExecute',
      [],
      [{ operator: 'Exists', effect: 'NoExecute' }],
      'refused.unschedulable',
    ],
    ['has other taints too', [cordonTaint, 'a:NoSchedule'], [], 'refused.unschedulable refused.taints'],
  ])('%s', (_, taints, tolerations, expected) => {
    const nodes = [node('n1', { taints, unschedulable: true })]
    expect(reasonsOf(place(tolerating(...tolerations), { nodes }))).toEqual([expected])
  })
})

it('no taint and no cordon refuses a pod that tolerates everything', () => {
  const taint = fc
    .tuple(fc.string(), fc.string(), fc.constantFrom('NoSchedule', 'NoExecute', 'PreferNoSchedule', 'x'))
    .map(([key, value, effect]) => ({ key, value, effect }))
  fc.assert(
    fc.property(fc.array(taint), fc.boolean(), (taints, unschedulable) => {
      const nodes = [{ ...node('n1'), spec: { taints, unschedulable } }]
      expect(reasonsOf(place(tolerating({ operator: 'Exists' }), { nodes }))).toEqual(['fits'])
    }),
  )
})
