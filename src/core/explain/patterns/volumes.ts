import type { FactId } from '../facts/vocabulary.ts'
import type { LogRecord } from '../frame/log-record.ts'
import { definePatternFamily, type Groups } from '../pattern-family.ts'
import { podOfEvent, podsIn, podSubject } from '../pod-reference.ts'
import { stated, texts } from '../stated-fields.ts'

const OPERATION =
  /(?<step>MountVolume|AttachVolume|MapVolume)\.(?!UnmapBlock)(?<action>\w+)(?: initialization)? failed for volume \\*"(?<volume>[^"\\]+)\\*"(?: \(UniqueName: \\*"[^"]*"\))?(?: pod \\*"(?<name>[^"\\]+)\\*" \(UID: \\*"(?<uid>[0-9a-f-]+)\\*"\))? ?: ?(?<error>.+?)"?$/s
const CLAIM_MISSING = /persistentvolumeclaim \\*"(?<claim>[^"\\]+)\\*" not found/
const CLAIM_DELETED = /persistentvolumeclaim \\*"(?<claim>[^"\\]+)\\*" is being deleted/i

const ERROR = String.raw`MountVolume.NewMounter initialization failed for volume \"pv-es-0\" (UniqueName: \"kubernetes.io/local-volume/pv-es-0\") pod \"es-0\" (UID: \"341747aa-432e-4b08-b1b7-85aba8891a6f\") : path \"/mnt/node/pv/es-0\" does not exist`

/** Volumes that cannot be attached or mounted, and claims that are missing (semantics §6, §8.2 #84–#87). */
export const volumes = definePatternFamily({
  id: 'volumes',
  prefilter: ['volume'],
  patterns: [
    {
      states: ({ step, error = '' }) =>
        isNoise(error) ? [] : [step === 'AttachVolume' ? 'volume-attach-failed' : 'volume-mount-failed'],
      versions: 'all',
      semantics: '§6.5, §8.2 #84, #85; §9',
      forms: [
        { text: new RegExp(`^Operation for "\\{.*?\\}" failed\\..*?${OPERATION.source}`, 's') },
        {
          structured: /^(?:Failed to set up mount unmount|Operation for|.*)$/,
          keys: { all: 'err' },
          where: { all: OPERATION },
        },
        { reason: /^Failed(?:Mount|AttachVolume|MapVolume)$/, message: OPERATION },
      ],
      fields: (groups, record) => ({
        ...stated({
          pod: podOf(groups, record),
          volumes: groups.volume === undefined ? undefined : [groups.volume],
        }),
        ...texts({ error: groups.error?.replaceAll('\\"', '"') }, 'error'),
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
          text: /^Unable to (?:attach or )?mount volumes for pod "(?<pods>[^"]+)": (?<error>.*timed out waiting for the condition.*?)(?:; skipping pod)?$/s,
        },
        {
          text: /^Error syncing pod \S+ \("(?<pods>[^"]+)"\), skipping: (?<error>(?:unmounted volumes=|timeout expired waiting for volumes).*timed? ?out.*)$/s,
        },
        {
          structured:
            /^(?:Unable to attach or mount volumes for pod; skipping pod|Error syncing pod, skipping)$/,
          keys: { pods: 'pod', error: 'err' },
          where: {
            error: /unmounted volumes=.*(?:timed out waiting for the condition|context deadline exceeded)/s,
          },
        },
        {
          reason: /^FailedMount$/,
          message:
            /^(?<error>Unable to (?:attach or )?mount volumes: .*timed out waiting for the condition.*)$/s,
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
        {
          text: new RegExp(
            `^Error syncing pod \\S+ \\("(?<pods>[^"]+)"\\).*?(?<missing>${CLAIM_MISSING.source})`,
            's',
          ),
        },
        { text: new RegExp(`^Error syncing pod \\S+ \\("(?<pods>[^"]+)"\\).*?${CLAIM_DELETED.source}`, 's') },
        { reason: /^FailedScheduling$/, message: new RegExp(`(?<missing>${CLAIM_MISSING.source})`) },
        { reason: /^FailedScheduling$/, message: CLAIM_DELETED },
      ],
      fields: (groups, record) => {
        const pod = podList(groups, record)[0]
        const namespace = pod?.namespace
        const claim =
          groups.claim === undefined
            ? undefined
            : { ...(namespace === undefined ? {} : { namespace }), name: groups.claim }
        return stated({ pod, claim })
      },
      subject: ({ claim }) => claim ?? '',
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
      ],
      nearMisses: ['persistentvolumeclaim "data" bound'],
    },
  ],
})

/** A mount that is only early: the claim or the object was not in the kubelet's cache yet. */
function isNoise(error: string): boolean {
  return /failed to sync (?:secret|configmap) cache|object .* not registered/.test(error)
}

function podOf({ name, uid, pods }: Groups, { event }: LogRecord) {
  const told = podOfEvent(event) ?? podsIn(pods)[0]
  if (told) return told
  const [namespace, only] = name?.includes('/') === true ? name.split('/') : [undefined, name]
  if (only === undefined) return undefined
  return {
    ...(namespace === undefined ? {} : { namespace }),
    name: only,
    ...(uid === undefined ? {} : { uid }),
  }
}

function podList(groups: Groups, record: LogRecord) {
  const pod = podOf(groups, record)
  return pod === undefined ? [] : [pod]
}

function waitedFor(error: string | undefined): string[] | undefined {
  const list = /unmounted volumes=\[([^\]]*)\]/.exec(error ?? '')?.[1]
  return list === undefined ? undefined : list.split(/[\s,]+/).filter((name) => name !== '')
}
