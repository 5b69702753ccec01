import { definePatternFamily } from '../pattern-family.ts'
import { texts } from '../stated-fields.ts'

/** The directory of static pods is missing: noise on a worker (semantics §8.2 #102, #103). */
export const staticPods = definePatternFamily({
  id: 'static-pods',
  prefilter: ['unable to read config path', 'unable to read manifest path'],
  patterns: [
    {
      states: 'manifests-path-missing',
      versions: 'all',
      semantics: '§8.2 #102, #103',
      forms: [
        { says: /Unable to read (?:config|manifest) path "(?<path>[^"]+)": path does not exist/ },
        {
          structured: /^Unable to read config path$/,
          keys: { path: 'path', error: 'err' },
          where: { error: /does not exist/ },
        },
      ],
      fields: (groups) => texts(groups, 'path'),
      subject: ({ path }) => path ?? '',
      examples: [
        {
          message: 'Unable to read config path "/etc/kubernetes/manifests": path does not exist, ignoring',
          states: ['manifests-path-missing'],
          fields: { path: '/etc/kubernetes/manifests' },
        },
        {
          message:
            '"Unable to read config path" err="path does not exist, ignoring" path="/etc/kubernetes/manifests"',
          states: ['manifests-path-missing'],
          fields: { path: '/etc/kubernetes/manifests' },
        },
      ],
      nearMisses: ['Unable to read config path "/etc/kubernetes/manifests": permission denied'],
    },
  ],
})
