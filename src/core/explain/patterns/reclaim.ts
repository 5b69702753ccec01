import type { FactId } from '../facts/vocabulary.ts'
import { definePatternFamily, type Groups } from '../pattern-family.ts'
import { texts } from '../stated-fields.ts'

/** All that the kubelet has ever called a resource: a part of a name is none. */
const RESOURCE = String.raw`(?<resource>ephemeral-storage|memory|inodes|pids?|storage|disk|cpu|hugepages-\w+|(?:nodefs|imagefs|containerfs|allocatable)[\w.]*)`
const resourceFields = (groups: Groups) => texts(groups, 'resource')
/** A shortage of inodes is stated by naming them as what is short. */
const withInodes =
  (id: FactId) =>
  ({ resource }: Groups): readonly FactId[] =>
    resource !== undefined && /inodes/i.test(resource) ? [id, 'inodes-exhausted'] : [id]
const resourceKey = ({ resource }: Groups) => resource ?? ''

/** What the eviction manager finds short and tries before it evicts (semantics §3.6, §8.2 #3, #26, #38–#41, #50–#52). */
export const reclaim = definePatternFamily({
  id: 'reclaim',
  prefilter: [
    'attempting to delete unused',
    'attempting to reclaim',
    'thresholds have been met',
    'evictionthresholdmet',
    'unable to evict any',
    'no pods are active',
    'without evicting pods',
    'must evict pod',
    'container garbage collection failed',
    'containergcfailed',
  ],
  patterns: [
    {
      states: 'node-level-reclaim',
      versions: 'all',
      semantics: '§8.2 #3, #4, #26',
      forms: [
        { says: /^"?[aA]ttempting to delete unused (?<kind>containers|images)(?:"|\s*$)/ },
        { says: /container_gc\.go:\d+\] "?[aA]ttempting to delete unused (?<kind>containers)/ },
      ],
      fields: (groups) => texts(groups, 'kind'),
      subject: ({ kind }) => kind ?? '',
      examples: [
        {
          message: 'attempting to delete unused images',
          states: ['node-level-reclaim'],
          fields: { kind: 'images' },
        },
        {
          message: '"Attempting to delete unused containers"',
          states: ['node-level-reclaim'],
          fields: { kind: 'containers' },
        },
      ],
      nearMisses: ['failed attempting to delete unused images of another tool'],
    },
    {
      states: withInodes('eviction-threshold-met'),
      versions: 'all',
      semantics: '§8.2 #38, #39, #51; §9',
      forms: [
        {
          says: new RegExp(
            String.raw`[eE]viction manager: attempting to reclaim ${RESOURCE}(?=[\s",;)]|\.?$)`,
          ),
        },
        { says: /[eE]viction manager: attempting to reclaim(?=["\s]|$)/, keys: { resource: 'resourceName' } },
        { says: /^"?attempting to reclaim"/, keys: { resource: 'resourceName' } },
        { reason: /^EvictionThresholdMet$/, message: /^Attempting to reclaim (?<resource>[\w-]+)/ },
        { reason: /^EvictionThresholdMet$/ },
        { says: /[eE]viction manager: eviction thresholds have been met/ },
      ],
      fields: resourceFields,
      subject: resourceKey,
      examples: [
        {
          message: 'eviction manager: attempting to reclaim ephemeral-storage',
          states: ['eviction-threshold-met'],
          fields: { resource: 'ephemeral-storage' },
        },
        {
          message: '"Eviction manager: attempting to reclaim" resourceName="inodes"',
          states: ['eviction-threshold-met', 'inodes-exhausted'],
          fields: { resource: 'inodes' },
        },
        {
          message: 'eviction manager: eviction thresholds have been met, but no pods are active to evict',
          states: ['eviction-threshold-met', 'eviction-no-pods-left'],
        },
      ],
      nearMisses: ['eviction manager: no resources are starved'],
    },
    {
      states: 'eviction-no-pods-left',
      versions: 'all',
      semantics: '§8.2 #50, #51',
      forms: [
        {
          says: /[eE]viction manager: (?:eviction thresholds have been met, but no pods are active to evict|unable to evict any pods)/,
        },
      ],
      examples: [
        {
          message: 'eviction manager: unable to evict any pods from the node',
          states: ['eviction-no-pods-left'],
        },
      ],
      nearMisses: ['eviction manager: synchronize housekeeping'],
    },
    {
      states: 'reclaim-succeeded',
      versions: 'all',
      semantics: '§8.2 #40',
      forms: [
        { says: /able to reduce (?<resource>(?!resource)[\w-]+) pressure without evicting pods/ },
        {
          says: /able to reduce resource pressure without evicting pods/,
          keys: { resource: 'resourceName' },
        },
      ],
      fields: resourceFields,
      subject: resourceKey,
      examples: [
        {
          message: 'eviction manager: able to reduce ephemeral-storage pressure without evicting pods.',
          states: ['reclaim-succeeded'],
          fields: { resource: 'ephemeral-storage' },
        },
      ],
      nearMisses: [
        'eviction manager: unexpected error when attempting to reduce ephemeral-storage pressure: timeout',
      ],
    },
    {
      states: withInodes('eviction-must-evict'),
      versions: 'all',
      semantics: '§8.2 #41',
      forms: [
        { says: new RegExp(String.raw`must evict pod\(s\) to reclaim ${RESOURCE}(?=[\s",;)]|\.?$)`) },
        { says: /must evict pod\(s\) to reclaim(?=["\s]|$)/, keys: { resource: 'resourceName' } },
      ],
      fields: resourceFields,
      subject: resourceKey,
      examples: [
        {
          message: 'eviction manager: must evict pod(s) to reclaim ephemeral-storage',
          states: ['eviction-must-evict'],
          fields: { resource: 'ephemeral-storage' },
        },
      ],
      nearMisses: ['eviction manager: must evict'],
    },
    {
      states: 'container-gc-failed',
      versions: 'all',
      semantics: '§8.2 #23; §9',
      forms: [
        { says: /Container garbage collection failed: (?<error>.+)$/s },
        { structured: /^Container garbage collection failed$/, keys: { error: 'err' } },
        { reason: /^ContainerGCFailed$/, message: /^(?<error>.*)$/s },
      ],
      fields: (groups) => texts(groups, 'error'),
      examples: [
        {
          message: 'Container garbage collection failed: rpc error: code = DeadlineExceeded',
          states: ['container-gc-failed'],
          fields: { error: 'rpc error: code = DeadlineExceeded' },
        },
      ],
      nearMisses: ['Container garbage collection succeeded'],
    },
  ],
})
