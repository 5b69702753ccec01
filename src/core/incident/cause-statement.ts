import type { FoldedFact } from '../explain/facts/fact.ts'
import type { FactId } from '../explain/facts/vocabulary.ts'
import type { CauseWords } from '../messages/causes.ts'
import { message, type Message } from '../messages/message.ts'
import { wholeSeconds } from '../units/duration.ts'
import { formatTimeOfDay } from '../units/instant.ts'
import { imagesOf, numberField, podLabels, podsOf, textField } from './connections.ts'
import { claimsIn, distinct, missingPath } from './fact-words.ts'
import { shortageOf, type IncidentDraft } from './incident-draft.ts'
import type { Certainty } from './incident.ts'

/** The first cause in words, how sure it is, and what it is concluded from. */
export interface CauseStatement {
  message: Message
  certainty: Certainty
  because: Message | null
}

/** Says what caused an incident, as far as the data can bear it. */
export function causeStatement(draft: IncidentDraft): CauseStatement {
  return fallStatement(draft) ?? { message: statedCause(draft), certainty: certaintyOf(draft), because: null }
}

function fallStatement(draft: IncidentDraft): CauseStatement | undefined {
  const shortage = shortageOf(draft)
  if (!shortage || !draft.node) return undefined
  const { fall, unit, holds, attribution, level, coming } = shortage
  if (fall.to.available >= fall.from.available) {
    const available = fall.to.available
    const words = { node: draft.node, unit, isOfImages: holds === 'images', available, below: level.below }
    return { message: message('cause.disk-filled.was-short', words), certainty: 'stated', because: null }
  }
  const fell = fall.from.available - fall.to.available
  const isUnexplained = attribution !== undefined && attribution.unattributedBytes >= 0.2 * fell
  const unexplained = isUnexplained ? { unattributedBytes: attribution.unattributedBytes } : {}
  return {
    message: message('cause.disk-filled.fell', {
      node: draft.node,
      unit,
      ...(holds === 'images' ? { isOfImages: true } : {}),
      from: fall.from.available,
      to: fall.to.available,
      seconds: wholeSeconds(fall.to.at - fall.from.at),
      ...(coming && {
        coming: {
          below: level.below,
          seconds: wholeSeconds(coming.expectedAt - coming.lastSeenAt),
          evicts: level.kind !== 'image-gc',
        },
      }),
      ...unexplained,
      ...(attribution && attribution.countedAt < fall.to.at
        ? { countedAt: formatTimeOfDay(attribution.countedAt) }
        : {}),
      suspects: attribution?.suspects ?? [],
      emptyDirPods: attribution?.emptyDirPods ?? [],
      grown: attribution?.grown ?? [],
    }),
    certainty: isUnexplained ? 'inferred' : 'stated',
    because: message('cause.disk-filled.fell.because', {
      countedAt: attribution === undefined ? '' : formatTimeOfDay(attribution.countedAt),
      ...unexplained,
    }),
  }
}

function statedCause(draft: IncidentDraft): Message {
  const { cause } = draft
  if (cause === 'disk-filled') return filledDisk(draft)
  const isSeenGone = draft.traced.some(({ fact }) => fact.id === 'image-gone')
  if (cause === 'image-lost' && isSeenGone) return message('cause.image-lost.gone', causeWords(draft))
  return message(`cause.${cause}`, causeWords(draft))
}

/** What says no more than that image garbage collection was needed. */
const OF_COLLECTION: ReadonlySet<FactId> = new Set<FactId>([
  'image-gc-started',
  'image-gc-removed-image',
  'image-gc-failed',
  'image-gc-freed-nothing',
  'image-delete-failed',
  'image-too-young',
])

function filledDisk(draft: IncidentDraft): Message {
  const collection = draft.traced.findLast(({ fact }) => fact.id === 'image-gc-started')
  const usage = collection && usageWords(collection.fact)
  if (usage) return message('cause.disk-filled.usage', usage)
  const isFull = draft.traced.some(
    ({ fact }) => fact.id === 'no-space-left' || fact.id === 'image-pull-failed-no-space',
  )
  const isShort = draft.traced.some(
    ({ fact }) => fact.id === 'eviction-threshold-met' || fact.id === 'node-level-reclaim',
  )
  const words = causeWords(draft)
  if (draft.traced.every(({ fact }) => OF_COLLECTION.has(fact.id)))
    return message('cause.disk-filled.collection', words)
  return isFull && !isShort
    ? message('cause.disk-filled.no-space', words)
    : message('cause.disk-filled.threshold', words)
}

/** What a line of image garbage collection gives away of the filesystem's size (semantics §1.11). */
function usageWords(fact: FoldedFact) {
  const usedPercent = numberField(fact, 'usagePercent')
  const highThresholdPercent = numberField(fact, 'highThresholdPercent')
  const lowThresholdPercent = numberField(fact, 'lowThresholdPercent')
  const bytesToFree = numberField(fact, 'bytesToFree')
  if (usedPercent === undefined || highThresholdPercent === undefined) return undefined
  if (lowThresholdPercent === undefined || bytesToFree === undefined) return undefined
  const over = usedPercent - lowThresholdPercent
  return {
    usedPercent,
    highThresholdPercent,
    lowThresholdPercent,
    bytesToFree,
    ...sizes(over, 100 - lowThresholdPercent, bytesToFree),
  }
}

/** Between what capacity and available bytes lie that make a collection want so much. */
function sizes(overPercent: number, freePercent: number, bytesToFree: number) {
  if (overPercent < 1 || bytesToFree <= 0) return { capacity: null, available: null }
  const capacity = {
    from: (bytesToFree * 100) / overPercent,
    to: overPercent > 1 ? (bytesToFree * 100) / (overPercent - 1) : null,
  }
  const availableOf = (bytes: number) => Math.max(0, (bytes * freePercent) / 100 - bytesToFree)
  const available = {
    from: availableOf(capacity.from),
    to: capacity.to === null ? null : availableOf(capacity.to),
  }
  return { capacity, available }
}

function causeWords({ node, traced, names }: IncidentDraft): CauseWords {
  const facts = traced.map(({ fact }) => fact)
  const path =
    facts.map((fact) => textField(fact, 'path')).find((text) => text !== undefined) ?? missingPath(facts)
  const registry = facts.map((fact) => textField(fact, 'registry')).find((text) => text !== undefined)
  return {
    ...(node === null ? {} : { node }),
    pods: podLabels(facts.flatMap(podsOf)),
    claims: claimsIn(facts),
    images: distinct(facts.map((fact) => imagesOf(fact, names)[0])),
    ...(path === undefined ? {} : { path }),
    ...(registry === undefined ? {} : { registry }),
    count: new Set(facts.map(({ subject }) => subject)).size,
    ...largestOf(facts),
    ...claimStateOf(facts),
  }
}

function claimStateOf(facts: readonly FoldedFact[]): Pick<CauseWords, 'claimState'> {
  const states = new Set(facts.map(({ id }) => id).filter((id) => id.startsWith('pvc-')))
  if (states.size !== 1) return {}
  return { claimState: states.has('pvc-terminating') ? 'deleted' : 'missing' }
}

/** The evicted pod that used the most, by what its message says. */
function largestOf(facts: readonly FoldedFact[]): Pick<CauseWords, 'largest'> {
  const used = facts
    .filter(({ id }) => id === 'pod-evicted')
    .flatMap((fact) => {
      const bytes = numberField(fact, 'usageBytes')
      const [pod] = podLabels(podsOf(fact))
      return pod === undefined || bytes === undefined || bytes <= 0 ? [] : [{ pod, bytes }]
    })
    .toSorted((a, b) => b.bytes - a.bytes || (a.pod < b.pod ? -1 : 1))
  return used[0] === undefined ? {} : { largest: used[0] }
}

/** A cause that lines state outright is stated; one that is only concluded from what followed is inferred. */
function certaintyOf({ cause, traced }: IncidentDraft): Certainty {
  if (cause !== 'disk-filled') return 'stated'
  const says = [
    'image-gc-started',
    'eviction-threshold-met',
    'no-space-left',
    'disk-pressure-condition',
    'image-gc-failed',
  ]
  return traced.some(({ fact }) => says.includes(fact.id)) ? 'stated' : 'inferred'
}
