import type { FoldedFact } from '../explain/facts/fact.ts'
import { isDiskResource, wantedMore } from '../explain/node-disk.ts'
import type { Duration } from '../units/duration.ts'
import { isPauseImage } from '../kubelet/image-gc/pause-image.ts'
import type { CausalRule, RootRule } from './causal-rule.ts'
import { aboutRemovedImage, aboutSameImage, aboutSamePod, isAboutDisk, textField } from './connections.ts'
import { podOfDirectory, removedImage, sameImage, samePod } from './shared-things.ts'

/** Until something asks for it. */
const PAUSE_IMAGE_MISSED: Duration = 3_600_000
const LIST_LAG: Duration = 10 * 60_000

const PULL_FAILED = [
  'image-pull-failed-network',
  'image-pull-failed-notfound',
  'image-pull-failed-auth',
] as const

/**
 * What follows from what on a node whose kubelet runs short of disk (semantics §1, §3, §5.5). For an
 * effect the first rule that finds a cause decides.
 */
export const CAUSAL_RULES: readonly CausalRule[] = [
  {
    id: 'threshold-raises-pressure',
    effects: ['disk-pressure-condition'],
    causes: ['eviction-threshold-met'],
    connects: diskOnly,
  },
  {
    id: 'eviction-reclaims-first',
    effects: ['node-level-reclaim'],
    causes: ['eviction-threshold-met'],
    connects: diskOnly,
  },
  {
    id: 'collection-removes-idle-images',
    effects: ['image-gc-removed-image', 'image-delete-failed', 'image-too-young'],
    causes: ['image-gc-started', 'node-level-reclaim'],
    connects: unlessContainers,
  },
  {
    id: 'collection-finds-too-little',
    effects: ['image-gc-failed', 'image-gc-freed-nothing'],
    causes: ['image-gc-started'],
  },
  { id: 'reclaim-ends-shortage', effects: ['reclaim-succeeded'], causes: ['node-level-reclaim'] },
  {
    id: 'reclaim-is-not-enough',
    effects: ['eviction-must-evict', 'pods-ranked'],
    causes: ['node-level-reclaim', 'eviction-threshold-met'],
    connects: diskOnly,
  },
  {
    id: 'limit-evicts',
    effects: ['pod-evicted'],
    causes: ['local-ephemeral-limit-exceeded', 'emptydir-limit-exceeded'],
    shares: samePod,
    connects: surelySamePod,
  },
  {
    id: 'shortage-evicts-first-ranked',
    effects: ['pod-evicted', 'eviction-no-pods-left', 'eviction-blocked-critical-pod'],
    causes: ['eviction-must-evict', 'eviction-threshold-met'],
    connects: diskOnly,
  },
  {
    id: 'shortage-evicts',
    effects: [
      'pod-evicted',
      'eviction-kill-timeout',
      'eviction-no-pods-left',
      'eviction-blocked-critical-pod',
    ],
    causes: [
      'eviction-must-evict',
      'eviction-threshold-met',
      'node-level-reclaim',
      'disk-pressure-condition',
    ],
    connects: diskOnly,
  },
  {
    id: 'evicted-pod-is-cleaned-up',
    effects: ['eviction-cleanup-done', 'eviction-cleanup-timeout'],
    causes: ['pod-evicted', 'eviction-kill-timeout'],
    shares: samePod,
    connects: aboutSamePod,
  },
  {
    id: 'pressure-refuses-pods',
    effects: ['pod-admission-rejected'],
    causes: ['disk-pressure-condition', 'eviction-threshold-met'],
    connects: diskOnly,
  },
  {
    id: 'pressure-ends',
    effects: ['disk-pressure-cleared'],
    causes: ['disk-pressure-condition', 'eviction-threshold-met', 'reclaim-succeeded'],
  },
  {
    id: 'shortage-removes-images',
    effects: ['image-gone'],
    causes: [
      'image-gc-started',
      'image-gc-failed',
      'node-level-reclaim',
      'eviction-threshold-met',
      'disk-pressure-condition',
    ],
    connects: soonAfterShortage,
  },
  {
    id: 'gone-image-is-missed',
    effects: ['sandbox-image-missing', ...PULL_FAILED, 'image-pull-backoff', 'image-not-present'],
    causes: ['image-gone'],
    shares: removedImage,
    connects: aboutRemovedImage,
  },
  {
    id: 'removed-image-is-gone',
    effects: ['sandbox-image-missing', ...PULL_FAILED, 'image-pull-backoff', 'image-not-present'],
    causes: ['image-gc-removed-image'],
    shares: removedImage,
    connects: aboutRemovedImage,
  },
  {
    id: 'reclaim-removed-pause-image',
    effects: ['sandbox-image-missing', ...PULL_FAILED, 'image-pull-backoff'],
    causes: ['node-level-reclaim', 'eviction-threshold-met', 'image-gc-started', 'disk-pressure-condition'],
    connects: takesPauseImage,
  },
  {
    id: 'failed-pull-blocks-sandbox',
    effects: ['sandbox-image-missing', 'image-pull-backoff'],
    causes: PULL_FAILED,
    shares: sameImage,
    connects: aboutSameImage,
  },
  { id: 'full-disk-breaks-rotation', effects: ['container-log-rotation-failed'], causes: ['no-space-left'] },
  {
    id: 'full-disk-breaks-mount',
    effects: ['volume-mount-failed'],
    causes: ['no-space-left'],
    connects: (_, effect) => (/no space left/i.test(textField(effect, 'error') ?? '') ? 'stated' : undefined),
  },
  {
    id: 'evicted-pod-leaves-directory',
    effects: ['orphaned-pod-volumes'],
    causes: ['pod-evicted', 'eviction-kill-timeout'],
    shares: podOfDirectory,
    connects: leftBy,
  },
  {
    id: 'unmountable-volume-times-out',
    effects: ['volume-mount-timeout'],
    causes: ['volume-mount-failed', 'volume-attach-failed', 'pvc-not-found', 'pvc-terminating'],
    shares: samePod,
    connects: aboutSamePod,
  },
]

/** The first cause that a fact speaks of when no rule finds what came before it. */
export const ROOT_RULES: readonly RootRule[] = [
  {
    id: 'inodes-run-out',
    effects: ['eviction-threshold-met', 'eviction-must-evict', 'inodes-exhausted', 'pod-evicted'],
    cause: 'inodes-filled',
    applies: (fact) => fact.id === 'inodes-exhausted' || /inodes/i.test(textField(fact, 'resource') ?? ''),
  },
  { id: 'disk-crosses-collection-threshold', effects: ['image-gc-started'], cause: 'disk-filled' },
  {
    id: 'disk-crosses-eviction-threshold',
    effects: ['eviction-threshold-met', 'eviction-must-evict', 'pod-evicted'],
    cause: 'disk-filled',
    applies: ({ fields }) => isDiskResource(fields['resource']),
  },
  {
    id: 'disk-is-short',
    effects: ['node-level-reclaim', 'disk-pressure-condition'],
    cause: 'disk-filled',
  },
  {
    id: 'collection-wanted-more',
    effects: ['image-gc-failed', 'image-gc-freed-nothing'],
    cause: 'disk-filled',
    applies: wantedMore,
  },
  { id: 'disk-is-full', effects: ['no-space-left', 'image-pull-failed-no-space'], cause: 'disk-filled' },
  { id: 'image-was-removed', effects: ['image-gc-removed-image'], cause: 'image-lost' },
  { id: 'image-is-gone', effects: ['image-gone'], cause: 'image-lost' },
  { id: 'registry-does-not-answer', effects: ['image-pull-failed-network'], cause: 'registry-unreachable' },
  { id: 'registry-lacks-image', effects: ['image-pull-failed-notfound'], cause: 'image-not-found' },
  { id: 'registry-denies', effects: ['image-pull-failed-auth'], cause: 'registry-denied' },
  { id: 'directory-was-left', effects: ['orphaned-pod-volumes'], cause: 'orphaned-pod-directory' },
  { id: 'claim-is-blocked', effects: ['pvc-not-found', 'pvc-terminating'], cause: 'claim-blocked' },
  {
    id: 'volume-cannot-be-mounted',
    effects: ['volume-mount-failed', 'volume-mount-timeout', 'volume-attach-failed'],
    cause: 'volume-unavailable',
    // The kubelet of a node that has just started has not seen the pod's objects yet.
    applies: (fact) =>
      !/failed to sync (?:secret|configmap) cache|object .* not registered|propagate object cache/.test(
        textField(fact, 'error') ?? '',
      ),
  },
  {
    id: 'limit-was-exceeded',
    effects: ['local-ephemeral-limit-exceeded', 'emptydir-limit-exceeded'],
    cause: 'local-limit-exceeded',
  },
  {
    id: 'filesystem-is-damaged',
    effects: ['filesystem-error', 'read-only-filesystem'],
    cause: 'filesystem-damaged',
    // A container's root or a mount of its own may be read-only on purpose.
    applies: (fact) =>
      fact.id === 'filesystem-error' ||
      fact.from === 'kernel' ||
      /Remounting/.test(fact.raw) ||
      /^\/(?:var\/lib|var\/log|etc\/kubernetes|mnt|data|home)\b/.test(textField(fact, 'path') ?? ''),
  },
  { id: 'runtime-does-not-answer', effects: ['runtime-down', 'pleg-unhealthy'], cause: 'runtime-failed' },
  { id: 'etcd-is-over-quota', effects: ['etcd-space-exceeded'], cause: 'etcd-space' },
]

function diskOnly(cause: Parameters<typeof isAboutDisk>[0]) {
  return isAboutDisk(cause) ? ('stated' as const) : undefined
}

/** A node's list of images follows what its kubelet removes within minutes (semantics §10.1). */
function soonAfterShortage(cause: FoldedFact, effect: FoldedFact) {
  const isSoon = effect.order - cause.lastOrder < LIST_LAG && cause.order - effect.order < LIST_LAG
  return isSoon && isAboutDisk(cause) ? ('inferred' as const) : undefined
}

/** Without a pause image nothing ran on this node before, and under pressure the kubelet deletes one that it does not know (semantics §5.5). */
function takesPauseImage(cause: FoldedFact, effect: FoldedFact) {
  const isPause = effect.id === 'sandbox-image-missing' || isPauseImage(textField(effect, 'image') ?? '')
  const isAfter = cause.order <= effect.lastOrder && effect.order - cause.lastOrder < PAUSE_IMAGE_MISSED
  return isPause && isAfter && isAboutDisk(cause) ? ('inferred' as const) : undefined
}

function unlessContainers(cause: Parameters<typeof isAboutDisk>[0]) {
  return textField(cause, 'kind') === 'containers' ? undefined : ('stated' as const)
}

function leftBy(cause: Parameters<typeof aboutSamePod>[0], effect: Parameters<typeof aboutSamePod>[1]) {
  const uid = textField(effect, 'podUid')
  const pods = cause.fields['pods']
  return uid !== undefined && Array.isArray(pods) && pods.some((pod) => (pod as { uid?: string }).uid === uid)
    ? ('stated' as const)
    : undefined
}

function surelySamePod(
  cause: Parameters<typeof aboutSamePod>[0],
  effect: Parameters<typeof aboutSamePod>[1],
) {
  return aboutSamePod(cause, effect) === 'stated' ? ('stated' as const) : undefined
}
