import type { LogRecord } from '../frame/log-record.ts'
import { definePatternFamily, type Groups } from '../pattern-family.ts'
import { podsOfRecord, podSubject } from '../pod-reference.ts'
import { stated, texts } from '../stated-fields.ts'

const EMPTY_DIR = /Usage of EmptyDir volume "(?<volume>[^"]+)" exceeds the limit "(?<limit>[^"]+)"/i
const POD_TOTAL =
  /Pod ephemeral local storage usage exceeds the total limit of containers(?: (?<limit>\d+(?:\.\d+)?[A-Za-z]{0,2})(?=[.\s"]))?/i
const CONTAINER =
  /Container (?<container>\S+) exceeded its local ephemeral storage limit(?: "(?<limit>[^"]+)")?/i
const OVERLAY = /Container (?<container>\S+) exceeded its (?:overlay|scratch) (?:space )?limit/i

const fields = (groups: Groups, record: LogRecord) => ({
  ...stated({ pods: podsOfRecord(groups, record), pod: podsOfRecord(groups, record)[0] }),
  ...texts(groups, 'container', 'volume', 'limit'),
})
const subject = (groups: Groups, record: LogRecord) => podSubject(podsOfRecord(groups, record))
const UID = '67df9465-9d39-46d6-b379-60df22622319'

/** Pods over their own limits of local storage, whatever the disk has left (semantics §3.8). */
export const localLimits = definePatternFamily({
  id: 'local-limits',
  prefilter: ['usage of emptydir volume', 'exceeds the total limit', 'exceeded its'],
  patterns: [
    {
      states: ['emptydir-limit-exceeded', 'pod-evicted'],
      versions: 'all (event), ≥1.22 (log)',
      semantics: '§3.8, §8.2 #62',
      forms: [
        { structured: /^Evicting pod$/, keys: { pods: 'pod', all: 'message' }, where: { all: EMPTY_DIR } },
        { says: EMPTY_DIR },
      ],
      fields,
      subject,
      examples: [
        {
          message: `"Evicting pod" pod="log/es-0" podUID="${UID}" message="Usage of EmptyDir volume \\"cache\\" exceeds the limit \\"1Gi\\". "`,
          states: ['emptydir-limit-exceeded', 'pod-evicted'],
        },
      ],
      nearMisses: ['Usage of EmptyDir volume "cache" is within the limit "1Gi"'],
    },
    {
      states: ['local-ephemeral-limit-exceeded', 'pod-evicted'],
      versions: 'all (event), ≥1.22 (log)',
      semantics: '§3.8, §8.2 #62',
      forms: [
        { structured: /^Evicting pod$/, keys: { pods: 'pod', all: 'message' }, where: { all: POD_TOTAL } },
        { structured: /^Evicting pod$/, keys: { pods: 'pod', all: 'message' }, where: { all: CONTAINER } },
        { says: POD_TOTAL },
        { says: CONTAINER },
        { says: OVERLAY },
      ],
      fields,
      subject,
      examples: [
        {
          message: `"Evicting pod" pod="log/es-0" podUID="${UID}" message="Container es exceeded its local ephemeral storage limit \\"1Gi\\". "`,
          states: ['local-ephemeral-limit-exceeded', 'pod-evicted'],
          fields: {
            pods: [{ namespace: 'log', name: 'es-0' }],
            pod: { namespace: 'log', name: 'es-0' },
            container: 'es',
            limit: '1Gi',
          },
        },
      ],
      nearMisses: ['"Evicting pod" pod="log/es-0" message="Container es exceeded its memory limit"'],
    },
  ],
})
