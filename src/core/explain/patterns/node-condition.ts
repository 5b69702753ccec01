import { definePatternFamily } from '../pattern-family.ts'
import { podsOfRecord, podSubject } from '../pod-reference.ts'
import { texts } from '../stated-fields.ts'
import type { FactId } from '../facts/vocabulary.ts'
import type { Groups } from '../pattern-family.ts'

/** The node's DiskPressure condition, and pods refused because of it (semantics §3.11, §3.12, §8.2 #54, #61, #112). */
export const nodeCondition = definePatternFamily({
  id: 'node-condition',
  prefilter: [
    'diskpressure',
    'disk-pressure',
    'disk pressure',
    'node had condition',
    'node has conditions',
    'failed to admit pod',
  ],
  patterns: [
    {
      states: ({ condition }) => [
        condition === 'NodeHasNoDiskPressure' ? 'disk-pressure-cleared' : 'disk-pressure-condition',
      ],
      versions: 'all',
      semantics: '§8.2 #61, #112; §9',
      forms: [
        {
          says: /Recording (?<condition>NodeHasDiskPressure|NodeHasNoDiskPressure) event message for node (?<node>[\w.-]+)/,
        },
        {
          structured: /^Recording event message for node$/,
          keys: { condition: 'event', node: 'node' },
          where: { condition: /^(?:NodeHasDiskPressure|NodeHasNoDiskPressure)$/ },
        },
        {
          says: /Node (?<node>[\w.-]+) status is now: (?<condition>NodeHas(?:No)?DiskPressure)/,
        },
        { reason: /^NodeHasDiskPressure$/ },
        {
          says: /[eE]viction manager: node conditions - (?:observed|transition period not met)(?:: |" nodeCondition="?)\[[^\]]*DiskPressure/,
        },
        { says: /\bKubeletHasDiskPressure\b|\bkubelet has disk pressure\b/ },
        {
          says: /"type":"DiskPressure"[^{}]{0,300}"status":"True"|"status":"True"[^{}]{0,300}"type":"DiskPressure"/,
        },
        {
          says: /nodes? (?:is|are) available\b.{0,2000}?(?:taints? \{node\.kubernetes\.io\/disk-pressure|had disk pressure|NodeUnderDiskPressure)/s,
        },
        { row: 'condition', text: /^\s*DiskPressure\s+True(?:\s|$)/ },
        { row: 'taints', text: /node\.kubernetes\.io\/disk-pressure/ },
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
        {
          message: `0/3 nodes are available: 1 node(s) had taint {node.kubernetes.io/disk-pressure: }, that the pod didn't tolerate, 2 Insufficient cpu.`,
          states: ['disk-pressure-condition'],
        },
      ],
      nearMisses: [
        'Recording NodeHasSufficientMemory event message for node lab-node',
        'eviction manager: node conditions - observed: [MemoryPressure]',
        'NodePressure: {"type":"DiskPressure","lastHeartbeatTime":"2020-11-07T06:20:49Z","status":"False"}',
        'Tolerations: node.kubernetes.io/disk-pressure:NoSchedule op=Exists',
        'kubelet has no disk pressure',
      ],
    },
    {
      states: (groups) => rejection(groups),
      versions: '≤1.30 (log), all (event)',
      semantics: '§3.12, §8.2 #54',
      forms: [
        { says: /Failed to admit pod (?<pods>\S+) - node has conditions: \[(?<conditions>[^\]]+)\]/ },
        { says: /Failed to admit pod to node"/, keys: { pods: 'pod', conditions: 'nodeCondition' } },
        { says: /The node had condition: \[(?<conditions>[^\]]+)\]/ },
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
