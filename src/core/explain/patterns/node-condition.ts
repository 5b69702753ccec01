import { definePatternFamily } from '../pattern-family.ts'
import { podsOfRecord, podSubject } from '../pod-reference.ts'
import { texts } from '../stated-fields.ts'
import type { FactId } from '../facts/vocabulary.ts'
import type { Groups } from '../pattern-family.ts'

/** The node's DiskPressure condition, and pods refused because of it (semantics §3.11, §3.12, §8.2 #54, #61, #112). */
export const nodeCondition = definePatternFamily({
  id: 'node-condition',
  prefilter: ['diskpressure', 'node had condition', 'node has conditions'],
  patterns: [
    {
      states: ({ condition }) => [
        condition === 'NodeHasNoDiskPressure' ? 'disk-pressure-cleared' : 'disk-pressure-condition',
      ],
      versions: 'all',
      semantics: '§8.2 #61, #112; §9',
      forms: [
        {
          text: /^Recording (?<condition>NodeHasDiskPressure|NodeHasNoDiskPressure) event message for node (?<node>[\w.-]+)$/,
        },
        {
          structured: /^Recording event message for node$/,
          keys: { condition: 'event', node: 'node' },
          where: { condition: /^(?:NodeHasDiskPressure|NodeHasNoDiskPressure)$/ },
        },
        {
          reason: /^NodeHas(?:No)?DiskPressure$/,
          message: /^Node (?<node>[\w.-]+) status is now: (?<condition>NodeHas(?:No)?DiskPressure)$/,
        },
        { text: /^eviction manager: node conditions - observed: \[[^\]]*DiskPressure[^\]]*\]/ },
        {
          structured: /^Eviction manager: node conditions - observed$/,
          keys: { conditions: 'nodeCondition' },
          where: { conditions: /DiskPressure/ },
        },
      ],
      fields: (groups) => texts(groups, 'node'),
      examples: [
        {
          message: 'Recording NodeHasDiskPressure event message for node lab-node',
          states: ['disk-pressure-condition'],
          fields: { node: 'lab-node' },
        },
        {
          message: 'Recording NodeHasNoDiskPressure event message for node lab-node',
          states: ['disk-pressure-cleared'],
        },
        {
          message: '"Recording event message for node" node="n1" event="NodeHasDiskPressure"',
          states: ['disk-pressure-condition'],
        },
        {
          message: 'eviction manager: node conditions - observed: [DiskPressure]',
          states: ['disk-pressure-condition'],
        },
      ],
      nearMisses: [
        'Recording NodeHasSufficientMemory event message for node lab-node',
        'eviction manager: node conditions - observed: [MemoryPressure]',
      ],
    },
    {
      states: (groups) => rejection(groups),
      versions: '≤1.30 (log), all (event)',
      semantics: '§3.12, §8.2 #54',
      forms: [
        { text: /^Failed to admit pod (?<pods>\S+) - node has conditions: \[(?<conditions>[^\]]+)\]/ },
        { structured: /^Failed to admit pod to node$/, keys: { pods: 'pod', conditions: 'nodeCondition' } },
        {
          reason: /^Evicted$/,
          message: /^(?:Pod was rejected: |Pod )?The node had condition: \[(?<conditions>[^\]]+)\]/,
        },
      ],
      fields: (groups, record) => ({ pods: podsOfRecord(groups, record), conditions: conditionsIn(groups) }),
      subject: (groups, record) => podSubject(podsOfRecord(groups, record)),
      examples: [
        {
          message:
            'Failed to admit pod es-0_log(8daeeaca-6912-4eb2-a0eb-13b414289752) - node has conditions: [DiskPressure]',
          states: ['pod-admission-rejected', 'disk-pressure-condition'],
          fields: {
            pods: [{ namespace: 'log', name: 'es-0', uid: '8daeeaca-6912-4eb2-a0eb-13b414289752' }],
            conditions: ['DiskPressure'],
          },
        },
        {
          message: '"Failed to admit pod to node" pod="log/es-0" nodeCondition=[DiskPressure]',
          states: ['pod-admission-rejected', 'disk-pressure-condition'],
        },
        {
          message:
            'Failed to admit pod a_b(8daeeaca-6912-4eb2-a0eb-13b414289752) - node has conditions: [MemoryPressure]',
          states: ['pod-admission-rejected'],
        },
      ],
      nearMisses: [
        'Failed to admit pod es-0_log(8daeeaca-6912-4eb2-a0eb-13b414289752) - Update plugin resources failed',
      ],
    },
  ],
})

function rejection(groups: Groups): readonly FactId[] {
  return conditionsIn(groups).includes('DiskPressure')
    ? ['pod-admission-rejected', 'disk-pressure-condition']
    : ['pod-admission-rejected']
}

function conditionsIn({ conditions }: Groups): string[] {
  return (conditions ?? '').match(/\w+/g) ?? []
}
