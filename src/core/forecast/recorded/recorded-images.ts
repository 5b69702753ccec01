import type { ListedImage } from '../../kubelet/image-gc/image-records.ts'
import { parseInstant, type Instant } from '../../units/instant.ts'
import type { RecordedRun } from './recorded-run.ts'

/** An image of the recorded node, with the spans in which it was there whatever the kubelet did. */
export interface RecordedImage extends ListedImage {
  names: readonly string[]
  /** When it was brought in; each import counts. */
  cameAt: readonly Instant[]
  /** When someone other than the kubelet removed it. */
  wentAt: readonly Instant[]
}

/** The images of a recorded node: those it lists, with their sizes, from the import that an action names. */
export function recordedImages({ snapshots, actions, readings }: RecordedRun): RecordedImage[] {
  const idOf = new Map<string, string>()
  for (const { imageNames } of snapshots) {
    for (const [id, names] of Object.entries(imageNames)) for (const name of names) idOf.set(name, id)
  }
  const images = new Map<string, { sizeBytes?: number; names: Set<string> }>()
  for (const [name, id] of idOf) images.set(id, { names: new Set([...(images.get(id)?.names ?? []), name]) })
  for (const { names, sizeBytes } of snapshots
    .flatMap(({ nodes }) => nodes)
    .flatMap(({ status }) => status.images ?? [])) {
    const id = (names ?? []).map((name) => idOf.get(name)).find((known) => known !== undefined) ?? names?.[0]
    if (id === undefined) continue
    const known = images.get(id)?.names ?? new Set<string>()
    images.set(id, {
      ...(sizeBytes === undefined ? {} : { sizeBytes }),
      names: new Set([...known, ...(names ?? [])]),
    })
  }
  const begin = readings[0]?.at ?? 0
  const pulls = snapshots
    .flatMap(({ events }) => events)
    .filter(({ message }) => message.startsWith('Successfully pulled image'))
  return [...images].map(([id, { names, ...image }]) => {
    const done = (verb: RegExp) =>
      actions.flatMap(({ at, action }) => {
        const what = verb.exec(action)?.[1]
        return what !== undefined && [...names].some((name) => isNamed(name, what)) ? [at] : []
      })
    const pulled = pulls.flatMap(({ message, lastTimestamp, eventTime }) => {
      const at = parseInstant(lastTimestamp ?? eventTime ?? '')
      return at !== undefined && [...names].some((name) => message.includes(`"${name}"`)) ? [at] : []
    })
    const came = [...done(/^(?:import|load|pull) (\S+)$/), ...pulled].toSorted((a, b) => a - b)
    return {
      id,
      ...image,
      names: [...names],
      cameAt: came.length > 0 ? came : [begin],
      wentAt: done(/^(?:remove|rmi|delete)(?: image)? (\S+)$/),
    }
  })
}

/** Whether an image was there at an instant, the kubelet's removals aside. */
export function isPresent(
  { cameAt, wentAt }: RecordedImage,
  at: Instant,
  removedAt: Instant | undefined,
): boolean {
  const came = cameAt.findLast((instant) => instant <= at)
  if (came === undefined) return false
  const isGone = (instant: Instant | undefined) => instant !== undefined && instant >= came && instant <= at
  return !wentAt.some(isGone) && !isGone(removedAt)
}

/** Whether a word of an action names an image: its reference, or the last part of its repository. */
function isNamed(reference: string, word: string): boolean {
  const repository = reference.replace(/(?::[\w.-]+)?(?:@.*)?$/, '')
  return reference === word || repository === word || repository.split('/').at(-1) === word
}
