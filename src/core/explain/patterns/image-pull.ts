import type { FactId } from '../facts/vocabulary.ts'
import type { LogRecord } from '../frame/log-record.ts'
import { definePatternFamily, type Groups } from '../pattern-family.ts'
import { podOfEvent, podsIn } from '../pod-reference.ts'
import { pullFailure, registryOf } from '../pull-error.ts'
import { stated, texts } from '../stated-fields.ts'

const SANDBOX = /failed to get sandbox image \\*"(?<image>[^"\\]+)\\*": (?<error>.+)/s
const POD_METADATA =
  /PodSandboxMetadata\{Name:(?<name>[^,]+),Uid:(?<uid>[^,]+),Namespace:(?<namespace>[^,]+),/

const imageFields = (groups: Groups, record: LogRecord) => ({
  ...texts(groups, 'image'),
  ...stated({ pod: podOf(groups, record), registry: registryOf(groups.image) }),
  ...texts(groups, 'error'),
})
const imageKey = (groups: Groups, record: LogRecord) => {
  const pod = podOf(groups, record)
  return `${groups.image ?? ''} ${pod === undefined ? '' : `${pod.namespace}/${pod.name}`}`.trim()
}

const TIMED_OUT =
  'rpc error: code = Unknown desc = Error response from daemon: Get https://k8s.gcr.io/v2/: dial tcp 74.125.204.82:443: connect: connection timed out'
const NO_HOST =
  'failed to pull image "lab.local/pause:3.2": failed to do request: Head "https://lab.local/v2/pause/manifests/3.2": dial tcp: lookup lab.local: no such host'

/** Pulls that fail and what follows from that, the pause image above all (semantics §5, §8.2 #88, #89, #94, #97–#99). */
export const imagePull = definePatternFamily({
  id: 'image-pull',
  prefilter: ['pull', 'sandbox image'],
  patterns: [
    {
      states: ({ error = '' }) => sandboxFacts(error),
      versions: 'all, containerd and CRI-O',
      semantics: '§5.5, §8.2 #99; §9',
      forms: [
        {
          text: new RegExp(
            `^(?:createPodSandbox|CreatePodSandbox) for pod "(?<pods>[^"]+)" failed: .*?${SANDBOX.source}`,
            's',
          ),
        },
        {
          text: new RegExp(
            `^Error syncing pod [^(]*\\("(?<pods>[^"]+)"\\), skipping: .*?${SANDBOX.source}`,
            's',
          ),
        },
        { text: new RegExp(`^RunPodSandbox from runtime service failed: .*?${SANDBOX.source}`, 's') },
        {
          structured:
            /^(?:CreatePodSandbox for pod failed|Failed to create sandbox for pod|Error syncing pod, skipping)$/,
          keys: { pods: 'pod', all: 'err' },
          where: { all: SANDBOX },
        },
        {
          structured: new RegExp(`^RunPodSandbox for &${POD_METADATA.source}`),
          keys: { all: 'error' },
          where: { all: SANDBOX },
        },
        { reason: /^FailedCreatePodSandBox$/, message: SANDBOX },
      ],
      fields: imageFields,
      subject: imageKey,
      examples: [
        {
          message: `createPodSandbox for pod "es-0_log(21be88c8-7d35-42a3-8cb7-d91c5a1bc1ef)" failed: rpc error: code = Unknown desc = failed to get sandbox image "lab.local/pause:3.2": ${NO_HOST}`,
          states: ['sandbox-image-missing', 'image-pull-failed-network'],
          fields: {
            image: 'lab.local/pause:3.2',
            pod: { namespace: 'log', name: 'es-0', uid: '21be88c8-7d35-42a3-8cb7-d91c5a1bc1ef' },
            registry: 'lab.local',
            error: NO_HOST,
          },
        },
      ],
      nearMisses: [
        'createPodSandbox for pod "a_b(21be88c8-7d35-42a3-8cb7-d91c5a1bc1ef)" failed: rpc error: cni plugin not initialized',
      ],
    },
    {
      states: ({ error = '' }) => (SANDBOX.test(error) ? [] : pullFacts(error)),
      versions: 'all',
      semantics: '§8.2 #88, #89, #94; §9',
      forms: [
        {
          text: /^(?:PullImage|Pull image) "(?<image>[^"]+)" (?:from image service )?failed: (?<error>.+)$/s,
        },
        {
          structured: /^(?:PullImage from image service failed|Failed to pull image)$/,
          keys: { image: 'image', error: 'err' },
        },
        { structured: /^PullImage "(?<image>[^"]+)" failed$/, keys: { error: 'error' } },
        { reason: /^Failed$/, message: /^Failed to pull image "(?<image>[^"]+)": (?<error>.+)$/s },
      ],
      fields: imageFields,
      subject: imageKey,
      examples: [
        {
          message: `PullImage "k8s.gcr.io/kube-proxy:v1.14.2" from image service failed: ${TIMED_OUT}`,
          states: ['image-pull-failed-network'],
          fields: { image: 'k8s.gcr.io/kube-proxy:v1.14.2', registry: 'k8s.gcr.io', error: TIMED_OUT },
        },
        {
          message:
            '"PullImage from image service failed" err="rpc error: code = NotFound desc = docker.io/library/nope:1: not found" image="nope:1"',
          states: ['image-pull-failed-notfound'],
        },
        {
          message:
            'PullImage "a.example/b:1" from image service failed: pull access denied, repository does not exist or may require authorization',
          states: ['image-pull-failed-auth'],
        },
      ],
      nearMisses: ['PullImage "k8s.gcr.io/kube-proxy:v1.14.2" returns image reference'],
    },
    {
      states: ({ error = '' }) => pullFacts(error),
      versions: 'all',
      semantics: '§5.6, §8.2 #97, #98',
      forms: [
        {
          text: /^Error syncing pod \S+ \("(?<pods>[^"]+)"\), skipping: .*with ErrImagePull: "(?<error>.+)"/s,
        },
        {
          structured: /^Error syncing pod, skipping$/,
          keys: { pods: 'pod', all: 'err' },
          where: { all: /with ErrImagePull: "(?<error>.+)"/s },
        },
      ],
      fields: imageFields,
      subject: imageKey,
      examples: [
        {
          message: `Error syncing pod 4fedf7b3-207e-11eb-90a3-2c534a095a16 ("kube-proxy-pqvvb_kube-system(4fedf7b3-207e-11eb-90a3-2c534a095a16)"), skipping: failed to "StartContainer" for "kube-proxy" with ErrImagePull: "${TIMED_OUT}"`,
          states: ['image-pull-failed-network'],
          fields: {
            pod: {
              namespace: 'kube-system',
              name: 'kube-proxy-pqvvb',
              uid: '4fedf7b3-207e-11eb-90a3-2c534a095a16',
            },
            error: TIMED_OUT,
          },
        },
      ],
      nearMisses: [
        'Error syncing pod 4fedf7b3-207e-11eb-90a3-2c534a095a16 ("a_b(4fedf7b3-207e-11eb-90a3-2c534a095a16)"), skipping: failed to "StartContainer" for "x" with CrashLoopBackOff: "back-off pulling is not why"',
      ],
    },
    {
      states: 'image-pull-backoff',
      versions: 'all',
      semantics: '§5.2, §9',
      forms: [
        {
          text: /^Error syncing pod \S+ \("(?<pods>[^"]+)"\), skipping: .*with ImagePullBackOff: "Back-off pulling image \\?"(?<image>[^"\\]+)/s,
        },
        {
          structured: /^Error syncing pod, skipping$/,
          keys: { pods: 'pod', all: 'err' },
          where: { all: /Back-off pulling image \\*"(?<image>[^"\\]+)/ },
        },
        { reason: /^BackOff$/, message: /^Back-off pulling image "(?<image>[^"]+)"/ },
      ],
      fields: imageFields,
      subject: imageKey,
      examples: [
        {
          message:
            'Error syncing pod 4fedf7b3-207e-11eb-90a3-2c534a095a16 ("a_b(4fedf7b3-207e-11eb-90a3-2c534a095a16)"), skipping: failed to "StartContainer" for "c" with ImagePullBackOff: "Back-off pulling image \\"k8s.gcr.io/x:1\\""',
          states: ['image-pull-backoff'],
          fields: {
            image: 'k8s.gcr.io/x:1',
            pod: { namespace: 'b', name: 'a', uid: '4fedf7b3-207e-11eb-90a3-2c534a095a16' },
            registry: 'k8s.gcr.io',
          },
        },
      ],
      nearMisses: ['Back-off restarting failed container, no pull'],
    },
  ],
})

function pullFacts(error: string): FactId[] {
  const failure = pullFailure(error)
  if (failure === undefined) return []
  return failure === 'image-pull-failed-no-space' ? [failure, 'no-space-left'] : [failure]
}

/** A sandbox image that is said not to be had, and why not. */
function sandboxFacts(error: string): FactId[] {
  return ['sandbox-image-missing', ...pullFacts(error)]
}

function podOf({ pods, namespace, name, uid }: Groups, { event }: LogRecord) {
  if (name !== undefined && namespace !== undefined && uid !== undefined) return { namespace, name, uid }
  return podOfEvent(event) ?? podsIn(pods)[0]
}
