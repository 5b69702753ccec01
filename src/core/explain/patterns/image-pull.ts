import type { FactId } from '../facts/vocabulary.ts'
import type { LogRecord } from '../frame/log-record.ts'
import { definePatternFamily, type Groups } from '../pattern-family.ts'
import type { PodReference } from '../facts/fact.ts'
import { podNamedIn, podOfEvent, podsIn, podSubject, reference } from '../pod-reference.ts'
import { pullFailure, registryOf } from '../pull-error.ts'
import { stated, texts } from '../stated-fields.ts'

const IMAGE = String.raw`"?(?<image>[a-z0-9][^\s":@]*(?::\d+\/[^\s":@]*)?(?::[\w][\w.-]*)?(?:@sha256:[0-9a-f]{64})?)"?(?=[\s,.:;)]|$)`
/** An image, or what is left of one that is cut. */
const ANY_IMAGE = String.raw`(?:${IMAGE}|"?[^\s"]*"?)`
const SANDBOX_ERROR = String.raw`(?:failed to get sandbox image|(?:unable|failed) to pull (?:the )?sandbox image|failed pulling image|failed to pull image|error pulling image|initializing source docker:\/\/)\s?${ANY_IMAGE}(?:: ?|, )?(?<error>.+)?`
/** The pause image of a sandbox: what fails names the sandbox, and then the image. */
const SANDBOX = new RegExp(
  String.raw`^[^]{0,1500}?(?:[Ss]andbox|SandBox)(?:(?!with (?:ErrImagePull|ImagePullBackOff)).){0,1500}?${SANDBOX_ERROR}`,
  's',
)
const POD_METADATA =
  /PodSandboxMetadata\{Name:(?<name>[^,]+),Uid:(?<uid>[^,]+),Namespace:(?<namespace>[^,]+),/
const PULLS: readonly RegExp[] = [
  new RegExp(
    String.raw`(?:PullImage|[Pp]ull image) ${ANY_IMAGE}(?: from image service)? failed(?:"?:? ?(?:.{0,80}?error=)?)"?(?<error>.+)`,
    's',
  ),
  new RegExp(
    String.raw`[Ff]ailed to pull (?:and unpack )?image:? ${ANY_IMAGE}:? ?(?:output: )?(?<error>.+)`,
    's',
  ),
  /with ErrImagePull: "(?<error>.+?)(?:"(?=, failed to |\]|$)|$)/s,
  /\bErrImagePull: (?<error>(?:rpc error|failed|Error|initializing|pull|Head|Get|unauthorized|manifest).+)/s,
  /(?:Attempting next endpoint for pull after error|Not continuing with pull after error|images\/create(?:\?\S*)? returned error|Error trying v2 registry|Download failed[^:]{0,40}): (?<error>.+)/s,
  new RegExp(
    String.raw`Error response from daemon: (?<error>(?:pull access denied for ${IMAGE}|manifest for \S+ not found|Get "?https?:\/\/[^\s"]+\/v2\/|Head "?https?:\/\/[^\s"]+\/v2\/|unauthorized:|repository \S+ not found).*)`,
    's',
  ),
  new RegExp(String.raw`failed to resolve reference ${ANY_IMAGE}: (?<error>.+)`, 's'),
  new RegExp(String.raw`[Ee]rror pulling image ${ANY_IMAGE}: (?<error>.+)`, 's'),
  /(?:trying to reuse blob|[Ee]rror pulling image|[Ee]rror initializing source|Cancel pulling image "(?<image>[^"]+)") ?(?<error>.+)/s,
  /(?<error>failed to register layer: .*no space left on device.*)/is,
]
const NEVER_PULLED = /Container image \\?"(?<image>[^"\s\\]+)\\?" is not present with pull policy of Never/

const imageFields = (groups: Groups, record: LogRecord) => ({
  ...texts(groups, 'image'),
  ...stated({ pod: podOf(groups, record), registry: registryOf(groups.image) }),
  ...texts({ error: withoutRest(groups.error) }, 'error'),
})
/** Of a message that logfmt quotes: what comes after its end is not of the error. */
const AFTER_QUOTE = /"(?: [a-zA-Z_]+=\S+)*$/

function withoutRest(error: string | undefined): string | undefined {
  const isClosedOutside = (error ?? '').split('"').length % 2 === 0
  return isClosedOutside ? error?.replace(AFTER_QUOTE, '') : error
}

const imageKey = (groups: Groups, record: LogRecord) => {
  const pod = podOf(groups, record)
  return `${groups.image ?? ''} ${pod === undefined ? '' : podSubject([{ ...pod, uid: undefined }])}`.trim()
}

const TIMED_OUT =
  'rpc error: code = Unknown desc = Error response from daemon: Get https://k8s.gcr.io/v2/: dial tcp 74.125.204.82:443: connect: connection timed out'
const NO_HOST =
  'failed to pull image "lab.local/pause:3.2": failed to do request: Head "https://lab.local/v2/pause/manifests/3.2": dial tcp: lookup lab.local: no such host'

/** Pulls that fail and what follows from that, the pause image above all (semantics §5, §8.2 #88, #89, #94, #97–#99). */
export const imagePull = definePatternFamily({
  id: 'image-pull',
  prefilter: [
    'pull',
    'sandbox image',
    'returned error',
    'error response from daemon',
    'trying v2 registry',
    'failed to resolve reference',
    'initializing source',
    'reuse blob',
    'failed to register layer',
    'download failed',
  ],
  patterns: [
    {
      states: ({ error = '' }) => ['sandbox-image-missing', ...pullFacts(error)],
      versions: 'all',
      semantics: '§5.5, §8.2 #99; §9',
      forms: [
        {
          structured: new RegExp(`^RunPodSandbox for &${POD_METADATA.source}`),
          keys: { all: 'error' },
          where: { all: new RegExp(`^(?:.*?)${SANDBOX_ERROR}`, 's') },
        },
        { says: SANDBOX, keys: { pods: 'pod' } },
        { reason: /^FailedCreatePodSandBox$/, message: new RegExp(SANDBOX_ERROR, 's') },
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
      states: ({ error = '' }, { text }) => (SANDBOX.test(text) ? [] : pullFacts(error)),
      versions: 'all',
      semantics: '§5.6, §8.2 #88, #89, #94, #97, #98, #101; §9',
      forms: [
        {
          structured: /^(?:PullImage from image service failed|Failed to pull image)$/,
          keys: { image: 'image', error: 'err' },
          where: { error: /./s },
        },
        {
          structured: /^PullImage "(?<image>[^"]+)" failed$/,
          keys: { error: 'error' },
          where: { error: /./s },
        },
        ...PULLS.map((says) => ({ says, keys: { pods: 'pod' } })),
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
        {
          message:
            '[ERROR ImagePull]: failed to pull image k8s.gcr.io/pause:3.1: output: Error response from daemon: Get https://k8s.gcr.io/v2/: net/http: request canceled while waiting for connection (Client.Timeout exceeded while awaiting headers)',
          states: ['image-pull-failed-network'],
        },
        {
          message: String.raw`time="2024-03-01T04:24:32.1Z" level=error msg="Error pulling image \"quay.example/x/y:1\": pinging container registry quay.example: dial tcp: i/o timeout" id=7f name=/runtime.v1.ImageService/PullImage`,
          states: ['image-pull-failed-network'],
          fields: {
            image: 'quay.example/x/y:1',
            registry: 'quay.example',
            error: 'pinging container registry quay.example: dial tcp: i/o timeout',
          },
        },
        {
          message:
            'time="2024-03-01T04:24:32.1Z" level=error msg="Attempting next endpoint for pull after error: Get https://registry.example/v2/: net/http: TLS handshake timeout"',
          states: ['image-pull-failed-network'],
          fields: { error: 'Get https://registry.example/v2/: net/http: TLS handshake timeout' },
        },
        {
          message:
            'Handler for POST /v1.38/images/create returned error: manifest for library/nope:1 not found: manifest unknown',
          states: ['image-pull-failed-notfound'],
        },
        {
          message:
            'PullImage "nope:1" from image service failed: rpc error: code = Unknown desc = failed to register layer: Error processing tar file(exit status 1): write /usr/lib/x.so: no space left on device',
          states: ['no-space-left', 'image-pull-failed-no-space'],
        },
      ],
      nearMisses: [
        'PullImage "k8s.gcr.io/kube-proxy:v1.14.2" returns image reference',
        'Error syncing pod 4fedf7b3-207e-11eb-90a3-2c534a095a16 ("a_b(4fedf7b3-207e-11eb-90a3-2c534a095a16)"), skipping: failed to "StartContainer" for "x" with CrashLoopBackOff: "back-off pulling is not why"',
      ],
    },
    {
      states: 'image-pull-backoff',
      versions: 'all',
      semantics: '§5.2, §9',
      forms: [
        {
          row: 'pod',
          text: /^\s*(?:(?<namespace>[a-z0-9-]+)\s+)?(?<name>[a-z0-9.-]+)\s+\d+\/\d+\s+(?:Init:)?ImagePullBackOff\s/,
        },
        { says: /Back-off pulling image "(?:(?<image>[^"\s]+)")?/, keys: { pods: 'pod' } },
        { says: /\bImagePullBackOff\b/, keys: { pods: 'pod' } },
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
    {
      states: 'image-not-present',
      versions: 'all',
      semantics: '§5.2, §9',
      forms: [
        { reason: /^ErrImageNeverPull$/, message: NEVER_PULLED },
        { says: NEVER_PULLED, keys: { pods: 'pod' } },
      ],
      fields: (groups, record) => ({ ...texts(groups, 'image'), ...stated({ pod: podOf(groups, record) }) }),
      subject: imageKey,
      examples: [
        {
          message:
            'Error syncing pod 4fedf7b3-207e-11eb-90a3-2c534a095a16 ("a_b(4fedf7b3-207e-11eb-90a3-2c534a095a16)"), skipping: failed to "StartContainer" for "c" with ErrImageNeverPull: "Container image \\"k8s.gcr.io/x:1\\" is not present with pull policy of Never"',
          states: ['image-not-present'],
          fields: {
            image: 'k8s.gcr.io/x:1',
            pod: { namespace: 'b', name: 'a', uid: '4fedf7b3-207e-11eb-90a3-2c534a095a16' },
          },
        },
      ],
      nearMisses: ['Container image "k8s.gcr.io/x:1" already present on machine'],
    },
  ],
})

function pullFacts(error: string): FactId[] {
  const failure = pullFailure(error)
  if (failure === undefined) return []
  return failure === 'image-pull-failed-no-space' ? [failure, 'no-space-left'] : [failure]
}

function podOf({ pods, namespace, name, uid }: Groups, record: LogRecord): PodReference | undefined {
  if (name !== undefined) return reference(namespace, name, uid)
  return podOfEvent(record.event) ?? podsIn(pods)[0] ?? podNamedIn(record.text)
}
