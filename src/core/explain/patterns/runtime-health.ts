import { definePatternFamily } from '../pattern-family.ts'
import { seconds, stated } from '../stated-fields.ts'

const SEEN =
  /PLEG is not healthy: pleg was last seen active (?<seen>[\dhmsµn.]+) ago(?:[;,] threshold is (?<threshold>[\dhms.]*\d(?:s|ms|m|h))(?!\.?\d))?/
const DOWN =
  /container runtime is down|[cC]ontainer runtime (?:is )?not ready\b(?!.*network not ready)|RuntimeReady=false|Container runtime status is nil|failed to get docker version: Cannot connect to the Docker daemon/
/** What a kubelet says that has just started, or of the network alone. */
const STARTING = /runtime status check may not have completed yet|pleg has yet to be successful|2562047h47m/

/** A runtime that does not answer. What a starting kubelet says of it is no failure (docs/facts.md). */
export const runtimeHealth = definePatternFamily({
  id: 'runtime-health',
  prefilter: [
    'pleg is not healthy',
    'container runtime is',
    'container runtime not ready',
    'container runtime status is nil',
    'runtimeready=false',
    'failed to get docker version',
  ],
  patterns: [
    {
      // Right after a start the kubelet has never seen it, and prints the age of the zero time.
      states: ({ seen }) => (seen?.startsWith('2562047h') === true ? [] : ['pleg-unhealthy']),
      versions: 'all',
      semantics: 'docs/facts.md',
      forms: [{ says: SEEN }],
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
      states: (_, { text }) => (STARTING.test(text) ? [] : ['runtime-down']),
      versions: 'all',
      semantics: 'docs/facts.md',
      forms: [{ says: DOWN }],
      examples: [
        { message: 'skipping pod synchronization - [container runtime is down]', states: ['runtime-down'] },
        {
          message:
            '"Container runtime not ready" runtimeReady="RuntimeReady=false reason:DockerDaemonNotReady message:docker: failed to get docker version"',
          states: ['runtime-down'],
        },
      ],
      nearMisses: [
        'skipping pod synchronization - container runtime status check may not have completed yet',
        'Container runtime network not ready: NetworkReady=false reason:NetworkPluginNotReady message:docker: network plugin is not ready',
        'skipping pod synchronization - [container runtime is down, PLEG is not healthy: pleg was last seen active 2562047h47m16.854775807s ago; threshold is 3m0s.]',
      ],
    },
  ],
})
