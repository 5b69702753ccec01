import { parseQuantity } from '../../units/quantity.ts'
import type { FactId } from '../facts/vocabulary.ts'
import type { LogRecord } from '../frame/log-record.ts'
import { definePatternFamily, type Groups } from '../pattern-family.ts'
import { podsOfRecord, podSubject } from '../pod-reference.ts'
import { stated, texts } from '../stated-fields.ts'

/** What the message of an evicted pod says was short (semantics §3.11); early releases wrote a condition there. */
const LOW =
  /The node was low on (?:resource: \[?(?<resource>[a-zA-Z][\w-]{0,100})\]?\.(?<usage>.*)|resource: ?|compute resources)/s
const UID = '67df9465-9d39-46d6-b379-60df22622319'
const POD = { namespace: 'log', name: 'es-0', uid: UID }

const podFields = (groups: Groups, record: LogRecord) => ({
  pods: podsOfRecord(groups, record),
  ...texts(groups, 'error'),
})
const podKey = (groups: Groups, record: LogRecord) => podSubject(podsOfRecord(groups, record))
const resourceFields = (groups: Groups) => texts(groups, 'resource')

/** Whom the eviction manager ranks, evicts, waits for and spares (semantics §3.6–§3.9, §8.2 #42–#49). */
export const eviction = definePatternFamily({
  id: 'eviction',
  prefilter: [
    'ranked for evict',
    'is evicted successfully',
    'evicted, waiting',
    'evicted',
    'evicting pod',
    'node was low on',
    'failed to evict',
    'did not kill the pod',
    'exceededgraceperiod',
    'to be cleaned up',
    'successfully cleaned up',
    'cannot evict a critical',
    'so cannot evict it',
  ],
  patterns: [
    {
      states: 'pods-ranked',
      versions: 'all',
      semantics: '§8.2 #42',
      forms: [
        { says: /^[^]{0,300}?[eE]viction manager: pods ranked for eviction: (?<pods>\S.*)$/s },
        { says: /^[^]{0,300}?pods ranked for eviction"/, keys: { pods: 'pods' } },
        { structured: /pods ranked for eviction$/, keys: { pods: 'pods' } },
      ],
      fields: podFields,
      subject: podKey,
      examples: [
        {
          message: `eviction manager: pods ranked for eviction: es-0_log(${UID}), app1_default(eb3f9382-e4cb-4889-9d4c-ab366247c27d)`,
          states: ['pods-ranked'],
          fields: {
            pods: [POD, { namespace: 'default', name: 'app1', uid: 'eb3f9382-e4cb-4889-9d4c-ab366247c27d' }],
          },
        },
        {
          message: '"Eviction manager: pods ranked for eviction" pods=["log/es-0","default/app1"]',
          states: ['pods-ranked'],
          fields: {
            pods: [
              { namespace: 'log', name: 'es-0' },
              { namespace: 'default', name: 'app1' },
            ],
          },
        },
      ],
      nearMisses: ['eviction manager: pods ranked for eviction: '],
    },
    {
      states: evictionFacts,
      versions: 'all',
      semantics: '§8.2 #45, #46; §9',
      forms: [
        { says: /^[^]{0,300}?[eE]viction manager: pod (?<pods>\S+) is evicted successfully/ },
        {
          says: /^[^]{0,300}?[eE]viction manager: pods (?<pods>\S.*) evicted, waiting for pod to be cleaned up/s,
        },
        { structured: /^(?:Eviction manager: )?pod is evicted successfully$/, keys: { pods: 'pod' } },
        {
          structured: /^(?:Eviction manager: )?pods evicted, waiting for pod to be cleaned up$/,
          keys: { pods: 'pods' },
        },
        {
          structured: /^Evicting pod$/,
          keys: { pods: 'pod', all: 'message' },
          where: { all: LOW },
        },
        { says: LOW },
        { reason: /^Evicted$/, message: /^(?!.*(?:node had condition|descheduler))(?<all>.*)$/is },
      ],
      fields: (groups, record) => ({
        pods: podsOfRecord(groups, record),
        ...resourceFields(groups),
        ...stated({ usageBytes: usedBytes(groups.usage) }),
      }),
      subject: podKey,
      examples: [
        {
          message: `eviction manager: pod es-0_log(${UID}) is evicted successfully`,
          states: ['pod-evicted'],
          fields: { pods: [POD] },
        },
        {
          message: `eviction manager: pods es-0_log(${UID}) evicted, waiting for pod to be cleaned up`,
          states: ['pod-evicted'],
          fields: { pods: [POD] },
        },
        {
          message: '"Eviction manager: pod is evicted successfully" pod="log/es-0"',
          states: ['pod-evicted'],
          fields: { pods: [{ namespace: 'log', name: 'es-0' }] },
        },
        {
          message:
            '"Evicting pod" pod="log/es-0" podUID="67df9465-9d39-46d6-b379-60df22622319" message="The node was low on resource: ephemeral-storage. Threshold quantity: 2Gi, available: 1Gi. Container es was using 4Ki, request is 0, has larger consumption of ephemeral-storage. "',
          states: ['pod-evicted'],
          fields: {
            pods: [{ namespace: 'log', name: 'es-0' }],
            resource: 'ephemeral-storage',
            usageBytes: 4096,
          },
        },
      ],
      nearMisses: [
        `eviction manager: pod es-0_log(${UID} is evicted`,
        '"Evicting pod" pod="log/es-0" message="Pod was rejected: The node had condition: [DiskPressure]. "',
      ],
    },
    {
      states: 'eviction-kill-timeout',
      versions: 'all',
      semantics: '§8.2 #43, #44; §9',
      forms: [
        {
          says: /^[^]{0,300}?[eE]viction manager: pod (?<pods>\S+) failed to evict (?<error>.*tim(?:ed|e) ?out.*)$/s,
        },
        {
          structured: /^(?:Eviction manager: )?pod failed to evict$/,
          keys: { pods: 'pod', error: 'err' },
          where: { error: /tim(?:ed|e) ?out|deadline exceeded/ },
        },
        { says: /Container runtime did not kill the pod within specified grace period/ },
        { reason: /^ExceededGracePeriod$/ },
      ],
      fields: podFields,
      subject: podKey,
      examples: [
        {
          message:
            'eviction manager: pod es-0_log(aa41dd4c-2085-11eb-90a3-2c534a095a16) failed to evict timeout waiting to kill pod',
          states: ['eviction-kill-timeout'],
          fields: {
            pods: [{ namespace: 'log', name: 'es-0', uid: 'aa41dd4c-2085-11eb-90a3-2c534a095a16' }],
            error: 'timeout waiting to kill pod',
          },
        },
      ],
      nearMisses: [
        'eviction manager: pod es-0_log(aa41dd4c-2085-11eb-90a3-2c534a095a16) failed to evict no such container',
      ],
    },
    {
      states: ({ outcome }) => [
        outcome === 'successfully cleaned up' ? 'eviction-cleanup-done' : 'eviction-cleanup-timeout',
      ],
      versions: 'all',
      semantics: '§8.2 #47, #48',
      forms: [
        {
          says: /^[^]{0,300}?[eE]viction manager: (?<outcome>timed out) waiting for pods (?<pods>(?!to be)\S.*) to be cleaned up/s,
        },
        {
          says: /^[^]{0,300}?[eE]viction manager: pods (?<pods>(?!successfully)\S.*) (?<outcome>successfully cleaned up)/s,
        },
        {
          structured: /^(?:Eviction manager: )?(?<outcome>timed out) waiting for pods to be cleaned up$/,
          keys: { pods: 'pods' },
        },
        {
          structured: /^(?:Eviction manager: )?pods (?<outcome>successfully cleaned up)$/,
          keys: { pods: 'pods' },
        },
      ],
      fields: podFields,
      subject: podKey,
      examples: [
        {
          message: `eviction manager: timed out waiting for pods es-0_log(${UID}) to be cleaned up`,
          states: ['eviction-cleanup-timeout'],
          fields: { pods: [POD] },
        },
        {
          message: `eviction manager: pods es-0_log(${UID}) successfully cleaned up`,
          states: ['eviction-cleanup-done'],
          fields: { pods: [POD] },
        },
      ],
      nearMisses: ['eviction manager: timed out'],
    },
    {
      states: 'eviction-blocked-critical-pod',
      versions: 'all',
      semantics: '§8.2 #49',
      forms: [
        { says: /[eE]viction manager: cannot evict a critical (?:static )?pod (?<pods>(?!pod=)\S+)/ },
        {
          says: /[eE]viction manager: cannot get mirror pod from static pod (?<pods>\S+), so cannot evict it/,
        },
        { says: /[eE]viction manager: cannot evict a critical (?:static )?pod/, keys: { pods: 'pod' } },
      ],
      fields: podFields,
      subject: podKey,
      examples: [
        {
          message: `eviction manager: cannot evict a critical pod es-0_log(${UID})`,
          states: ['eviction-blocked-critical-pod'],
          fields: { pods: [POD] },
        },
      ],
      nearMisses: ['eviction manager: cannot evict'],
    },
  ],
})

/** What is short is named in the message; an early release names the condition. */
function evictionFacts({ resource = '' }: Groups): readonly FactId[] {
  if (resource === 'DiskPressure' || resource === 'NodeHasDiskPressure')
    return ['pod-evicted', 'disk-pressure-condition']
  return /inodes/i.test(resource) ? ['pod-evicted', 'inodes-exhausted'] : ['pod-evicted']
}

/** What the containers of an evicted pod used, as its message says (semantics §3.11). */
function usedBytes(text: string | undefined): number | undefined {
  const amounts = [...(text ?? '').matchAll(/was using (\w+)(?=[,;.)\s])/g)].map(([, quantity]) =>
    parseQuantity(quantity ?? ''),
  )
  const known = amounts.filter((amount) => amount !== undefined)
  return known.length > 0 ? known.reduce((total, amount) => total + amount, 0) : undefined
}
