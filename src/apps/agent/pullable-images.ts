import { digestReferences, type DigestReference } from '../../core/kubernetes/digest-reference.ts'
import type { ImageRegistries } from '../../core/observe/image-registries.ts'
import type { ObservedImage } from '../../core/observe/observation.ts'
import type { Pullability, RegistryAnswer } from '../../core/observe/pullability.ts'
import type { Duration } from '../../core/units/duration.ts'
import type { Instant } from '../../core/units/instant.ts'

/** What is known of whether the images of a node could be pulled again; asked for at its own pace. */
export interface PullableImages {
  /** The images with what is known by now; what is not, or no longer, is asked for meanwhile. */
  known(images: readonly ObservedImage[], at: Instant): readonly ObservedImage[]
  /** When nothing is being asked. */
  settled(): Promise<void>
}

const MOST_AT_ONCE = 2
/** A node with more images has the others asked for later. */
const MOST_WAITING = 100
const MINUTE: Duration = 60_000
/** How long an answer counts, by what it is; half as much again at most, so that nodes do not ask together. */
const COUNTS_FOR: Record<RegistryAnswer['state'], Duration> = {
  yes: 6 * 60 * MINUTE,
  no: 60 * MINUTE,
  unknown: 10 * MINUTE,
}
/** A registry that does not answer is not asked for other images. */
const RESTS_FOR: Duration = 5 * MINUTE

interface Known {
  answer: Pullability
  until: Instant
}

/** Keeps what registries answered of images, and asks what is missing, a few at once. */
export function pullableImages(
  registries: ImageRegistries,
  { now, random }: { now: () => Instant; random: () => number },
): PullableImages {
  const known = new Map<string, Known>()
  const resting = new Map<string, Known>()
  const waiting = new Map<string, readonly DigestReference[]>()
  let underWay: Promise<void>[] = []

  const lasting = (answer: RegistryAnswer, duration: Duration): Known => {
    const checkedAt = now()
    return { answer: { ...answer, checkedAt }, until: checkedAt + duration * (1 + random() / 2) }
  }

  async function askOne(reference: DigestReference): Promise<Pullability> {
    const rest = resting.get(reference.registry)
    if (rest && now() < rest.until) return rest.answer
    const answer = await registries.ask(reference)
    const told = lasting(answer, RESTS_FOR)
    if (answer.why === 'unreachable' || answer.why === 'timed-out') resting.set(reference.registry, told)
    else resting.delete(reference.registry)
    return told.answer
  }

  /** An image may have come from several registries: one that has it is enough. */
  async function askAll(references: readonly DigestReference[]): Promise<RegistryAnswer> {
    let best: RegistryAnswer = { state: 'unknown', why: 'no-digest' }
    for (const reference of references) {
      const answer = await askOne(reference)
      if (answer.state === 'yes') return answer
      if (best.why === 'no-digest' || answer.state === 'unknown') best = answer
    }
    return best
  }

  async function work(): Promise<void> {
    for (;;) {
      const [next] = waiting
      if (!next) return
      const [key, references] = next
      waiting.delete(key)
      const answer = await askAll(references)
      known.set(key, lasting(answer, COUNTS_FOR[answer.state]))
    }
  }

  function start(): void {
    while (underWay.length < Math.min(MOST_AT_ONCE, waiting.size)) {
      const worker = work().finally(() => {
        underWay = underWay.filter((other) => other !== worker)
      })
      underWay = [...underWay, worker]
    }
  }

  return {
    known(images, at) {
      const keys = new Set<string>()
      const answered = images.map((image) => {
        const references = digestReferences(image.names)
        if (references.length === 0)
          return { ...image, pullable: { state: 'unknown', why: 'no-digest', checkedAt: at } as const }
        const key = references
          .map(({ registry, repository, digest }) => `${registry}/${repository}@${digest}`)
          .join(' ')
        keys.add(key)
        const found = known.get(key)
        if ((found === undefined || at >= found.until) && waiting.size < MOST_WAITING)
          waiting.set(key, references)
        return found === undefined ? image : { ...image, pullable: found.answer }
      })
      for (const key of known.keys()) if (!keys.has(key)) known.delete(key)
      for (const key of waiting.keys()) if (!keys.has(key)) waiting.delete(key)
      start()
      return answered
    },
    async settled() {
      while (underWay.length > 0) await Promise.all(underWay)
    },
  }
}
