import { describe, expect, it } from 'vitest'
import { node, place, pod, reasonsOf, saidOf } from './cluster.contract.ts'

const HOST = 'kubernetes.io/hostname'
const NODES = [
  node('n1', { labels: { zone: 'a' } }),
  node('n2', { labels: { zone: 'a' } }),
  node('n3', { labels: { zone: 'b' } }),
  node('n4'),
]
const meaning = (app: string, topologyKey = HOST, more: object = {}) => ({
  labelSelector: { matchLabels: { app } },
  topologyKey,
  ...more,
})
const required = (terms: object[]) => ({ requiredDuringSchedulingIgnoredDuringExecution: terms })
const near = (...terms: object[]) => ({ affinity: { podAffinity: required(terms) } })
const apart = (...terms: object[]) => ({ affinity: { podAntiAffinity: required(terms) } })
const app = (name: string, label: string, nodeName: string, spec: object = {}, namespace?: string) =>
  pod(name, { nodeName, ...spec }, { labels: { app: label }, namespace })
const placed = (spec: object, pods: ReturnType<typeof app>[], label = 'p') =>
  reasonsOf(place(pod('p', { ...spec }, { labels: { app: label } }), { nodes: NODES, pods })).map((reason) =>
    reason.replace(/^(refused|unknown)\.(?:pod-)?/, (_, verdict: string) =>
      verdict === 'unknown' ? '?' : '',
    ),
  )

const YES = 'fits'
const NEAR = 'affinity'
const APART = 'anti-affinity'
const LABEL = 'topology-label'

describe('pods to be near', () => {
  const web = app('w', 'web', 'n1')
  it.each([
    ['on the node', near(meaning('web')), [web], [YES, NEAR, NEAR, NEAR]],
    ['in the zone', near(meaning('web', 'zone')), [web], [YES, YES, NEAR, LABEL]],
    ['nowhere', near(meaning('web')), [], [NEAR, NEAR, NEAR, NEAR]],
    [
      'of another namespace',
      near(meaning('web')),
      [app('w', 'web', 'n1', {}, 'x')],
      [NEAR, NEAR, NEAR, NEAR],
    ],
    [
      'of a namespace that is named',
      near(meaning('web', HOST, { namespaces: ['x'] })),
      [app('w', 'web', 'n1', {}, 'x'), app('w', 'web', 'n2')],
      [YES, NEAR, NEAR, NEAR],
    ],
    [
      'of any namespace',
      near(meaning('web', HOST, { namespaceSelector: {} })),
      [app('w', 'web', 'n2', {}, 'x')],
      [NEAR, YES, NEAR, NEAR],
    ],
    [
      'of namespaces by labels, which are not known',
      near(meaning('web', HOST, { namespaceSelector: { matchLabels: { team: 'x' } } })),
      [app('w', 'web', 'n2', {}, 'x')],
      [NEAR, '?affinity', NEAR, NEAR],
    ],
    ['of no selector', near({ topologyKey: HOST }), [web], [NEAR, NEAR, NEAR, NEAR]],
    // One pod has to be what all terms mean: two that each are what one means are not enough.
    [
      'by two terms',
      near(meaning('web'), meaning('db', 'zone')),
      [web, app('d', 'db', 'n1')],
      [NEAR, NEAR, NEAR, LABEL],
    ],
    ['of its own kind, the first of them', near(meaning('p', 'zone')), [], [YES, YES, YES, LABEL]],
    [
      'of its own kind, not the first',
      near(meaning('p', 'zone')),
      [app('q', 'p', 'n3')],
      [NEAR, NEAR, YES, LABEL],
    ],
    [
      'of its own kind, itself there',
      near(meaning('p', 'zone')),
      [app('p', 'p', 'n3')],
      [YES, YES, YES, LABEL],
    ],
    // A pod on a node without the label is in no zone.
    [
      'of its own kind, in no zone',
      near(meaning('p', 'zone')),
      [app('q', 'p', 'n4')],
      [YES, YES, YES, LABEL],
    ],
  ])('%s', (_, spec, pods, expected) => {
    expect(placed(spec, pods)).toEqual(expected)
  })
})

describe('pods to be apart', () => {
  it.each([
    ['on the node', apart(meaning('web')), [app('w', 'web', 'n1')], [APART, YES, YES, YES]],
    ['in the zone', apart(meaning('web', 'zone')), [app('w', 'web', 'n1')], [APART, APART, YES, YES]],
    // Here one of the terms is enough.
    [
      'by two terms',
      apart(meaning('web'), meaning('db', 'zone')),
      [app('w', 'web', 'n1'), app('d', 'db', 'n3')],
      [APART, YES, APART, YES],
    ],
    ['itself there', apart(meaning('p')), [app('p', 'p', 'n1')], [YES, YES, YES, YES]],
    [
      'others of its kind',
      apart(meaning('p')),
      [app('q', 'p', 'n1'), app('r', 'p', 'n2')],
      [APART, APART, YES, YES],
    ],
    // Who keeps others away need not be kept away by them.
    [
      'by the wish of another',
      {},
      [app('w', 'web', 'n1', apart(meaning('p', 'zone')))],
      [APART, APART, YES, YES],
    ],
    [
      'by the wish of another, of other pods',
      {},
      [app('w', 'web', 'n1', apart(meaning('x')))],
      [YES, YES, YES, YES],
    ],
    [
      'by the wish of another, in its own namespace',
      {},
      [app('w', 'web', 'n1', apart(meaning('p')), 'x')],
      [YES, YES, YES, YES],
    ],
    [
      'by the wish of another, in every namespace',
      {},
      [app('w', 'web', 'n1', apart(meaning('p', HOST, { namespaceSelector: {} })), 'x')],
      [APART, YES, YES, YES],
    ],
    [
      'by the wish of another, in namespaces by labels',
      {},
      [
        app(
          'w',
          'web',
          'n1',
          apart(meaning('p', HOST, { namespaceSelector: { matchLabels: { a: 'b' } } })),
          'x',
        ),
      ],
      ['?affinity', YES, YES, YES],
    ],
  ])('%s', (_, spec, pods, expected) => {
    expect(placed(spec, pods)).toEqual(expected)
  })

  it('say from whom', () => {
    const cluster = { nodes: NODES.slice(0, 1), pods: [app('es-1', 'es', 'n1', {}, 'log')] }
    const one = pod('es-0', apart(meaning('es')), { namespace: 'log', labels: { app: 'es' } })
    expect(saidOf(place(one, cluster))).toEqual([
      'The pod must not be in the same kubernetes.io/hostname as log/es-1 (pod anti-affinity).',
    ])
  })
})

describe('topology spread', () => {
  const spread = (topologyKey: string, whenUnsatisfiable?: string) => ({ topologyKey, whenUnsatisfiable })
  it.each([
    [
      'required',
      [spread('zone', 'DoNotSchedule')],
      ['?topology-spread', '?topology-spread', '?topology-spread', LABEL],
    ],
    ['required when not said', [spread(HOST)], Array(4).fill('?topology-spread')],
    ['preferred', [spread('zone', 'ScheduleAnyway')], [YES, YES, YES, YES]],
  ])('%s', (_, topologySpreadConstraints, expected) => {
    expect(placed({ topologySpreadConstraints }, [])).toEqual(expected)
  })
})
