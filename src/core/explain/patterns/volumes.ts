import type { PodReference } from '../facts/fact.ts'
import type { FactId } from '../facts/vocabulary.ts'
import type { LogRecord } from '../frame/log-record.ts'
import { definePatternFamily, type Groups } from '../pattern-family.ts'
import { podNamedIn, podOfEvent, podsIn, podSubject, reference } from '../pod-reference.ts'
import { stated, texts } from '../stated-fields.ts'

const OPERATION =
  /(?<step>MountVolume|AttachVolume|MapVolume|MountDevice)\.(?!Unm)(?<action>\w+)(?: initialization)? failed for volume "(?<volume>[^"]+)"(?: \(UniqueName: "[^"]*"\))?(?: (?:pod|from node) "(?<name>[^"]+)"(?: \(UID: "(?<uid>[0-9a-f-]+)"\))?)? ?:? ?(?<error>.*?)"?$/s
const MULTI_ATTACH =
  /(?<step>Multi-Attach) error for volume "(?<volume>[^"]+)"(?: \(UniqueName: "[^"]*"\))?(?: pod "(?<name>[^"]+)"(?: \(UID: "(?<uid>[0-9a-f-]+)"\))?)?(?<error>.*)$/s
const CLAIM_MISSING = /persistentvolumeclaims? "(?<claim>[^"\s]+)" (?:is )?not found/i
const CLAIM_DELETED =
  /persistentvolumeclaim "(?<claim>[^"\s]+)" is being deleted|\bPVC (?:(?<namespace>[a-z0-9-]+)\/)?(?<other>[a-z0-9.-]+)? ?is being deleted/i
const WAITED = /(?:timed out waiting|timeout expired waiting|context deadline exceeded|deadline exceeded)/i

const ERROR = String.raw`MountVolume.NewMounter initialization failed for volume \"pv-es-0\" (UniqueName: \"kubernetes.io/local-volume/pv-es-0\") pod \"es-0\" (UID: \"341747aa-432e-4b08-b1b7-85aba8891a6f\") : path \"/mnt/node/pv/es-0\" does not exist`

/** Volumes that cannot be attached or mounted, and claims that are missing (semantics §6, §8.2 #84–#87). */
export const volumes = definePatternFamily({
  id: 'volumes',
  prefilter: [
    'mountvolume.',
    'attachvolume.',
    'mapvolume.',
    'mountdevice',
    'multi-attach',
    'mount volumes',
    'unmounted volumes',
    'waiting for volumes',
    'persistentvolumeclaim',
    'is being deleted',
    'terminating',
  ],
  patterns: [
    {
      states: ({ step, action = '', error = '' }) => [operationFact(step, action, error)],
      versions: 'all',
      semantics: '§6.5, §8.2 #84, #85; §9',
      forms: [{ says: OPERATION }, { says: MULTI_ATTACH }],
      fields: (groups, record) => ({
        ...stated({
          pod: podOf(groups, record),
          volumes: groups.volume === undefined ? undefined : [groups.volume],
        }),
        ...texts(groups, 'error'),
      }),
      subject: (groups, record) => `${groups.volume ?? ''} ${podSubject(podList(groups, record))}`.trim(),
      examples: [
        {
          message: `Operation for "{volumeName:kubernetes.io/local-volume/pv-es-0 podName: nodeName:}" failed. No retries permitted until 2026-11-24 08:49:09.847472293 +0000 UTC m=+20.441166021 (durationBeforeRetry 500ms). Error: "${ERROR}"`,
          states: ['volume-mount-failed'],
          fields: {
            pod: { name: 'es-0', uid: '341747aa-432e-4b08-b1b7-85aba8891a6f' },
            volumes: ['pv-es-0'],
            error: 'path "/mnt/node/pv/es-0" does not exist',
          },
        },
      ],
      nearMisses: [
        'MountVolume.SetUp succeeded for volume "pv-es-0" (UniqueName: "kubernetes.io/local-volume/pv-es-0") pod "es-0"',
      ],
    },
    {
      states: 'volume-mount-timeout',
      versions: 'all',
      semantics: '§6.5, §8.2 #87; §9',
      forms: [
        {
          says: new RegExp(
            `(?<error>unmounted volumes=(?:(?!Mount(?:Volume|Device)\\.).){0,4000}?${WAITED.source}.*?)(?:; skipping pod)?"?$`,
            's',
          ),
          keys: { pods: 'pod' },
        },
        {
          says: new RegExp(
            `[Uu]nable to (?:attach or )?mount volumes(?:(?!Mount(?:Volume|Device)\\.|unmounted).){0,400}?: (?<error>${WAITED.source}.*?|timeout)(?:; skipping pod)?"?$`,
            's',
          ),
          keys: { pods: 'pod' },
        },
        {
          says: /(?<error>timeout expired waiting for volumes to attach(?:\/| or )mount for pod.*?)(?:; skipping pod)?"?$/s,
          keys: { pods: 'pod' },
        },
      ],
      fields: (groups, record) => ({
        ...stated({ pod: podList(groups, record)[0], volumes: waitedFor(groups.error) }),
        ...texts(groups, 'error'),
      }),
      subject: (groups, record) => podSubject(podList(groups, record)),
      examples: [
        {
          message:
            'Unable to attach or mount volumes for pod "es-0_log(341747aa-432e-4b08-b1b7-85aba8891a6f)": unmounted volumes=[data], unattached volumes=[data]: timed out waiting for the condition; skipping pod',
          states: ['volume-mount-timeout'],
          fields: {
            pod: { namespace: 'log', name: 'es-0', uid: '341747aa-432e-4b08-b1b7-85aba8891a6f' },
            volumes: ['data'],
            error: 'unmounted volumes=[data], unattached volumes=[data]: timed out waiting for the condition',
          },
        },
      ],
      nearMisses: [
        'Error syncing pod 341747aa-432e-4b08-b1b7-85aba8891a6f ("es-0_log(341747aa-432e-4b08-b1b7-85aba8891a6f)"), skipping: network is not ready: volume plugin',
      ],
    },
    {
      states: ({ missing }) =>
        [missing === undefined ? 'pvc-terminating' : 'pvc-not-found'] as readonly FactId[],
      versions: 'all',
      semantics: '§6.2; §9',
      forms: [
        { says: new RegExp(`(?<missing>${CLAIM_MISSING.source})`, 'i'), keys: { pods: 'pod' } },
        { says: CLAIM_DELETED, keys: { pods: 'pod' } },
        {
          row: 'claim',
          text: /^\s*(?:(?<namespace>[a-z0-9][a-z0-9-]*)\s+)?(?:persistentvolumeclaim\/|pvc\/)?(?<other>[a-z0-9][a-z0-9.-]*)\s+Terminating\s/,
        },
        { row: 'claim-status', text: /^Status:\s+Terminating/ },
      ],
      fields: (groups, record) => stated({ pod: podList(groups, record)[0], claim: claimOf(groups, record) }),
      subject: (groups, record) => {
        const { namespace, name } = claimOf(groups, record) ?? {}
        return `${namespace ?? ''}/${name ?? ''}`
      },
      examples: [
        {
          message:
            'Error syncing pod 341747aa-432e-4b08-b1b7-85aba8891a6f ("es-0_log(341747aa-432e-4b08-b1b7-85aba8891a6f)"), skipping: error processing PVC log/data-es-0: volume of persistentvolumeclaim "data-es-0" not found',
          states: ['pvc-not-found'],
          fields: {
            pod: { namespace: 'log', name: 'es-0', uid: '341747aa-432e-4b08-b1b7-85aba8891a6f' },
            claim: { namespace: 'log', name: 'data-es-0' },
          },
        },
        {
          message:
            'Error syncing pod 341747aa-432e-4b08-b1b7-85aba8891a6f ("es-0_log(341747aa-432e-4b08-b1b7-85aba8891a6f)"), skipping: error processing PVC log/data-es-0: PVC is being deleted',
          states: ['pvc-terminating'],
          fields: {
            pod: { namespace: 'log', name: 'es-0', uid: '341747aa-432e-4b08-b1b7-85aba8891a6f' },
            claim: { namespace: 'log', name: 'data-es-0' },
          },
        },
      ],
      nearMisses: ['persistentvolumeclaim "data" bound'],
    },
  ],
})

/** Waiting for an attachment in vain is a time-out; a mount that was tried and failed is not, whatever its error. */
function operationFact(step: string | undefined, action: string, error: string): FactId {
  if (step === 'AttachVolume' || step === 'Multi-Attach') return 'volume-attach-failed'
  return action === 'WaitForAttach' && /timed out|timeout|deadline exceeded/i.test(error)
    ? 'volume-mount-timeout'
    : 'volume-mount-failed'
}

/** The kubelet names the claim before what is wrong with it. */
const PROCESSED_CLAIM = /error processing PVC (?<namespace>[a-z0-9-]+)\/(?<name>[a-z0-9.-]+):/

function claimOf({ claim, other, namespace }: Groups, record: LogRecord): PodReference | undefined {
  const { event } = record
  const isClaim = event?.kind === 'PersistentVolumeClaim'
  const processed = PROCESSED_CLAIM.exec(record.text)?.groups
  const name = claim ?? other ?? (isClaim ? event.name : processed?.['name'])
  if (name === undefined) return undefined
  const within =
    namespace ?? processed?.['namespace'] ?? event?.namespace ?? podList({}, record)[0]?.namespace
  return { ...(within === undefined ? {} : { namespace: within }), name }
}

function podOf({ name, uid, pods }: Groups, record: LogRecord): PodReference | undefined {
  const told = podOfEvent(record.event) ?? podsIn(pods)[0]
  if (told) return told
  const [namespace, only] = name?.includes('/') === true ? name.split('/') : [undefined, name]
  return only === undefined ? podNamedIn(record.text) : reference(namespace, only, uid)
}

function podList(groups: Groups, record: LogRecord): PodReference[] {
  const pod = podOf(groups, record)
  return pod === undefined ? [] : [pod]
}

function waitedFor(error: string | undefined): string[] | undefined {
  const list =
    /unmounted volumes=\[([^\]]*)\]/.exec(error ?? '')?.[1] ??
    /list of unmounted(?:\/unattached)? volumes=\[([^\]]*)\]/.exec(error ?? '')?.[1]
  return list === undefined ? undefined : list.split(/[\s,]+/).filter((name) => name !== '')
}
