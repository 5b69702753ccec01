import { definePatternFamily } from '../pattern-family.ts'
import { seconds, stated } from '../stated-fields.ts'

const SEEN =
  /PLEG is not healthy: pleg was last seen active (?<seen>[\dhms.]+) ago; threshold is (?<threshold>[\dhms.]+\w)/
const DOWN = /^skipping pod synchronization - .*container runtime is down/

/** A runtime that does not answer. What a starting kubelet says of it is no failure (docs/facts.md). */
export const runtimeHealth = definePatternFamily({
  id: 'runtime-health',
  prefilter: ['pleg is not healthy', 'container runtime is down'],
  patterns: [
    {
      // Right after a start the kubelet has never seen it, and prints the age of the zero time.
      states: ({ seen }) => (seen?.startsWith('2562047h') === true ? [] : ['pleg-unhealthy']),
      versions: 'all',
      semantics: 'docs/facts.md',
      forms: [
        { text: SEEN },
        { structured: /^Skipping pod synchronization$/, keys: { all: 'err' }, where: { all: SEEN } },
      ],
      fields: ({ seen, threshold }) =>
        stated({ lastSeenSeconds: seconds(seen), thresholdSeconds: seconds(threshold) }),
      examples: [
        {
          message:
            'skipping pod synchronization - PLEG is not healthy: pleg was last seen active 3m8.5s ago; threshold is 3m0s.',
          states: ['pleg-unhealthy'],
          fields: { lastSeenSeconds: 188.5, thresholdSeconds: 180 },
        },
      ],
      nearMisses: [
        'skipping pod synchronization - PLEG is not healthy: pleg has yet to be successful',
        'skipping pod synchronization - PLEG is not healthy: pleg was last seen active 2562047h47m16.854775807s ago; threshold is 3m0s.',
      ],
    },
    {
      states: 'runtime-down',
      versions: 'all',
      semantics: 'docs/facts.md',
      forms: [
        { text: DOWN },
        {
          structured: /^Skipping pod synchronization$/,
          keys: { all: 'err' },
          where: { all: /container runtime is down/ },
        },
      ],
      examples: [
        { message: 'skipping pod synchronization - [container runtime is down]', states: ['runtime-down'] },
      ],
      nearMisses: [
        'skipping pod synchronization - container runtime status check may not have completed yet',
      ],
    },
  ],
})
