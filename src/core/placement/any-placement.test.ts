import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Node } from '../kubernetes/node.ts'
import { Pod } from '../kubernetes/pod.ts'
import { LANGUAGES } from '../messages/language.ts'
import { say } from '../messages/message.ts'
import { asking, node, place, pod } from './cluster.contract.ts'

describe('whatever there is', () => {
  const word = fc.oneof(
    fc.constantFrom('a', 'b', '', 'constructor', '__proto__', 'In', '\u001b[2J'),
    fc.string(),
  )
  const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null })
  const quantity = fc.oneof(fc.constantFrom('1', '100m', '1Gi', '2e3', 'x', '-1'), fc.nat())
  const resource = fc.constantFrom(
    'cpu',
    'memory',
    'pods',
    'ephemeral-storage',
    'example.org/gpu',
    'constructor',
  )
  const quantities = maybe(fc.dictionary(resource, quantity))
  const operator = fc.constantFrom('In', 'NotIn', 'Exists', 'DoesNotExist', 'Gt', 'Lt', 'x')
  const requirement = fc.record({ key: word, operator, values: maybe(fc.array(word)) })
  const terms = maybe(
    fc.array(
      fc.record({
        matchExpressions: maybe(fc.array(requirement)),
        matchFields: maybe(fc.array(requirement)),
      }),
    ),
  )
  const selector = maybe(
    fc.record({
      matchLabels: maybe(fc.dictionary(word, word)),
      matchExpressions: maybe(fc.array(requirement)),
    }),
  )
  const podTerms = maybe(
    fc.record({
      requiredDuringSchedulingIgnoredDuringExecution: maybe(
        fc.array(
          fc.record({
            labelSelector: selector,
            topologyKey: word,
            namespaces: maybe(fc.array(word)),
            namespaceSelector: selector,
          }),
        ),
      ),
    }),
  )
  const effect = fc.constantFrom('NoSchedule', 'NoExecute', 'PreferNoSchedule', '')
  const toleration = fc.record({
    key: maybe(word),
    operator: maybe(fc.constantFrom('Exists', 'Equal', 'Gt', '')),
    value: maybe(word),
    effect: maybe(effect),
  })
  const container = fc.record({
    name: word,
    resources: maybe(fc.record({ requests: quantities, limits: quantities })),
    ports: maybe(
      fc.array(fc.record({ hostPort: maybe(fc.nat(3)), hostIP: maybe(word), protocol: maybe(word) })),
    ),
    restartPolicy: maybe(fc.constantFrom('Always', 'Never')),
  })
  const anyPod = fc
    .record({
      metadata: fc.record({ name: word, labels: maybe(fc.dictionary(word, word)) }),
      spec: fc.record({
        nodeName: fc.constantFrom('n0', 'n1', ''),
        containers: maybe(fc.array(container, { maxLength: 2 })),
        initContainers: maybe(fc.array(container, { maxLength: 2 })),
        overhead: quantities,
        volumes: maybe(
          fc.array(fc.record({ name: word, persistentVolumeClaim: fc.record({ claimName: word }) }), {
            maxLength: 2,
          }),
        ),
        nodeSelector: maybe(fc.dictionary(word, word, { maxKeys: 1 })),
        tolerations: maybe(fc.array(toleration, { maxLength: 3 })),
        affinity: maybe(
          fc.record({
            nodeAffinity: maybe(
              fc.record({
                requiredDuringSchedulingIgnoredDuringExecution: maybe(
                  fc.record({ nodeSelectorTerms: terms }),
                ),
              }),
            ),
            podAffinity: podTerms,
            podAntiAffinity: podTerms,
          }),
        ),
      }),
      status: fc.record({ phase: fc.constantFrom('Running', 'Failed', 'Pending') }),
    })
    .map((object) => Pod.parse(object))
  const taint = fc.record({ key: word, value: maybe(word), effect })
  const anyNodes = fc
    .array(
      fc.record({
        metadata: fc.record({ name: word, labels: maybe(fc.dictionary(word, word)) }),
        spec: maybe(
          fc.record({ unschedulable: maybe(fc.boolean()), taints: maybe(fc.array(taint, { maxLength: 3 })) }),
        ),
        status: fc.record({ allocatable: quantities }),
      }),
      { maxLength: 4 },
    )
    .map((objects) =>
      objects.map((object, index) =>
        Node.parse({ ...object, metadata: { ...object.metadata, name: `n${index}` } }),
      ),
    )
  const known = <T>(items: fc.Arbitrary<T[]>) => fc.option(items, { nil: undefined })

  it('never throws, and can be said in every language', () => {
    fc.assert(
      fc.property(anyPod, anyNodes, known(fc.array(anyPod, { maxLength: 4 })), (one, nodes, pods) => {
        for (const { reasons } of place(one, { nodes, pods })) {
          for (const reason of reasons) {
            for (const language of LANGUAGES) expect(say(reason, language)).toMatch(/[.。]$/)
            expect(say(reason, 'zh-CN')).toMatch(/\p{Script=Han}/u)
            expect(say(reason, 'en')).not.toMatch(/undefined|\[object/)
          }
        }
      }),
    )
  })

  const RANK = { refused: 0, unknown: 1, fits: 2 }
  it('one more toleration never makes it worse', () => {
    fc.assert(
      fc.property(anyPod, anyNodes, toleration, (one, nodes, more) => {
        const tolerant = {
          ...one,
          spec: { ...one.spec, tolerations: [...(one.spec.tolerations ?? []), more] },
        }
        const after = place(tolerant, { nodes })
        for (const [index, { verdict }] of place(one, { nodes }).entries())
          expect(RANK[after[index]?.verdict ?? 'refused']).toBeGreaterThanOrEqual(RANK[verdict])
      }),
    )
  })

  it('more of a resource never makes it worse', () => {
    const small = fc.record({
      cpu: fc.nat(4),
      memory: fc.nat(4),
      pods: fc.nat(3),
      'example.org/gpu': fc.nat(2),
    })
    fc.assert(
      fc.property(small, resource, fc.nat(3), small, small, (has, more, by, wants, taken) => {
        const pods = [pod('other', { ...asking(taken), nodeName: 'n1' })]
        const verdictWith = (allocatable: Record<string, number>) =>
          place(pod('p', asking(wants)), { nodes: [node('n1', { allocatable })], pods })[0]?.verdict ??
          'refused'
        const had: Record<string, number> = has
        expect(RANK[verdictWith({ ...had, [more]: (had[more] ?? 0) + by })]).toBeGreaterThanOrEqual(
          RANK[verdictWith(had)],
        )
      }),
    )
  })
})
