import { definePatternFamily } from '../pattern-family.ts'
import { texts } from '../stated-fields.ts'

/** Logs of containers that the kubelet cannot rotate (semantics §7.1, §8.2 #105, #106). */
export const containerLogs = definePatternFamily({
  id: 'container-logs',
  prefilter: ['failed to rotate'],
  patterns: [
    {
      states: 'container-log-rotation-failed',
      versions: 'all, CRI runtimes',
      semantics: '§8.2 #105, #106',
      forms: [
        { says: /Failed to rotate log "(?<path>[^"]+)" for container(?: "[^"]*")?(?:: (?<error>.+))?/s },
        { says: /Failed to rotate log for container/, keys: { path: 'path', error: 'err' } },
        { says: /Failed to rotate container logs/, keys: { error: 'err' } },
      ],
      fields: (groups) => texts(groups, 'path', 'error'),
      subject: ({ path }) => path ?? '',
      examples: [
        {
          message:
            'Failed to rotate log "/var/log/pods/a_b_c/d/0.log" for container "5d2a": failed to compress log: no such file',
          states: ['container-log-rotation-failed'],
          fields: { path: '/var/log/pods/a_b_c/d/0.log', error: 'failed to compress log: no such file' },
        },
        {
          message:
            '"Failed to rotate log for container" err="failed to rotate log" path="/var/log/pods/a_b_c/d/0.log" containerID="5d2a"',
          states: ['container-log-rotation-failed'],
          fields: { path: '/var/log/pods/a_b_c/d/0.log', error: 'failed to rotate log' },
        },
      ],
      nearMisses: ['Rotated log for container "5d2a"'],
    },
  ],
})
