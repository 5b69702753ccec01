import type { FoldedFact, PodReference } from '../explain/facts/fact.ts'
import type { FactId } from '../explain/facts/vocabulary.ts'
import type { FactWords } from '../messages/fact-words.ts'
import { message, type Message } from '../messages/message.ts'
import { shownMessage } from '../messages/shown-message.ts'
import {
  IMAGE_REMOVALS,
  imagesOf,
  numberField,
  podLabel,
  podLabels,
  podsOf,
  textField,
} from './connections.ts'
import { evictionWords } from './eviction-words.ts'
import type { IncidentDraft } from './incident-draft.ts'
import { pressureWords } from './pressure-words.ts'
import type { ReclaimPass } from './reclaim-passes.ts'
import { removalWords } from './removal-words.ts'

/** The sentence of a link: what its facts state, with what the patrol knows of pods and images. */
export function factMessage(
  id: FactId,
  facts: readonly FoldedFact[],
  count: number,
  draft: IncidentDraft,
  pass: ReclaimPass | undefined,
): Message {
  const own = facts.filter((fact) => fact.id === id)
  const words: FactWords = {
    ...statedWords(own.length > 0 ? own : facts, draft),
    count,
    ...(pass ? passWords(id, pass) : {}),
    ...(id === 'disk-pressure-cleared' ? pressureWords(own, draft) : {}),
    ...(id === 'pod-evicted' ? evictionWords(own, draft) : {}),
    ...(IMAGE_REMOVALS.has(id) ? removalWords(own, draft) : {}),
  }
  return message(`fact.${id}`, words)
}

/** The sentence of a fact by itself: what its lines state, and nothing that others know of it. */
export function statedMessage(fact: FoldedFact): Message {
  const words = statedWords([fact], { names: new Map(), happened: [] })
  return shownMessage(message(`fact.${fact.id}`, { ...words, count: fact.count }))
}

function statedWords(
  facts: readonly FoldedFact[],
  { names, happened }: Pick<IncidentDraft, 'names' | 'happened'>,
): Omit<FactWords, 'count'> {
  const firstNumber = (name: string) => {
    const stating = facts.find((fact) => numberField(fact, name) !== undefined)
    return stating && numberField(stating, name)
  }
  const firstText = (name: string) => {
    const stating = facts.find((fact) => textField(fact, name) !== undefined)
    return stating && textField(stating, name)
  }
  return {
    pods: podLabels(facts.flatMap(podsOf), () => happened.flatMap(({ fact }) => podsOf(fact))),
    images: distinct(facts.map((fact) => imagesOf(fact, names)[0])),
    ...defined({
      resource: firstText('resource'),
      path: firstText('path') ?? missingPath(facts),
      registry: firstText('registry'),
      claim: claimsIn(facts)[0],
      usedPercent: firstNumber('usagePercent'),
      highThresholdPercent: firstNumber('highThresholdPercent'),
      lowThresholdPercent: firstNumber('lowThresholdPercent'),
      bytes: firstNumber('bytesToFree'),
      freedBytes: firstNumber('bytesFreed'),
    }),
  }
}

/** The claims that facts name, as `namespace/name`. */
export function claimsIn(facts: readonly FoldedFact[]): string[] {
  return distinct(
    facts.map(({ fields: { claim } }) =>
      claim !== null && typeof claim === 'object' && !Array.isArray(claim)
        ? podLabel(claim as PodReference)
        : undefined,
    ),
  )
}

/** The path that a mount error says does not exist. */
export function missingPath(facts: readonly FoldedFact[]): string | undefined {
  for (const fact of facts) {
    const path = /path "([^"]+)" does not exist/.exec(textField(fact, 'error') ?? '')?.[1]
    if (path !== undefined) return path
  }
  return undefined
}

function passWords(id: FactId, { removed, tooYoung, minimumAgeSeconds }: ReclaimPass): Partial<FactWords> {
  const young =
    tooYoung.length > 0 && minimumAgeSeconds !== undefined
      ? { tooYoung: tooYoung.length, minimumAgeSeconds }
      : {}
  return id === 'node-level-reclaim' ? { removed: removed.length, ...young } : young
}

/** Every value once, in the order of first appearance, without gaps. */
export function distinct<T>(values: readonly (T | undefined)[]): T[] {
  return [...new Set(values.filter((value) => value !== undefined))]
}

type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> }

function defined<T extends object>(values: T): Defined<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Defined<T>
}
