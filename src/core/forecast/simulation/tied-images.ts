import type { ImageRecord } from '../../kubelet/image-gc/image-records.ts'
import type { Instant } from '../../units/instant.ts'
import type { Range } from './action.ts'
import type { Effects, World } from './world.ts'

/** What an undefined choice among pods (semantics §3.7) leaves undefined of their images. */
export interface TiedImages {
  /** The pods that tied, by UID; none once all of them are evicted and what they left is taken. */
  pods: ReadonlySet<string>
  /** How many of them were evicted when images were last taken. */
  takenAfter: number
  /** Images that may be gone by now, by id. */
  perhapsGone: ReadonlySet<string>
  /** Images that are gone where one pod stands for those that tie, and may be there otherwise, by id. */
  perhapsThere: ReadonlyMap<string, ImageRecord>
}

/** Nothing tied yet. */
export const NO_TIED_IMAGES: TiedImages = {
  pods: new Set(),
  takenAfter: 0,
  perhapsGone: new Set(),
  perhapsThere: new Map(),
}

/** A pass over the images of the node as the simulation has it, in which one pod stands for those that tie. */
export interface ImagePass {
  at: Instant
  removed: readonly ImageRecord[]
  /** Those that are left. */
  left: readonly ImageRecord[]
  /** Whether all go that are unused, and that may go; else just enough of them. */
  takesAll: boolean
  mayGo: (image: ImageRecord) => boolean
  /** The id of an image that no pod has to use. */
  protectedId: string | undefined
}

/** What goes in a pass because of pods that tied: some of these. */
export interface PerhapsTaken {
  images: readonly ImageRecord[]
  count: Range
  bytes: Range
}

const NOTHING: PerhapsTaken = { images: [], count: { min: 0, max: 0 }, bytes: { min: 0, max: 0 } }

/**
 * The images of pods that tied that may go in a pass. When `k` of them are evicted, which may be any, an image that
 * no more than `k` of them use, and nobody else, may be unused. It goes with the last of its users: how many go is
 * told by what each pod is the only user of, and by what it uses at all.
 */
export function imagesOfTie(
  tie: TiedImages,
  pass: ImagePass,
  { world, effects }: { world: World; effects: Effects },
): { taken: PerhapsTaken; tie: TiedImages } {
  if (tie.pods.size === 0) return { taken: NOTHING, tie: withoutGone(tie, pass.removed) }
  const evicted = [...tie.pods].filter((uid) => effects.evicted.has(uid)).length
  const used = usedBy(tie, evicted, pass, { world, effects })
  const isReached = pass.takesAll || pass.removed.some(({ id }) => used.has(id))
  const isAllGone = evicted === tie.pods.size
  if (!isReached) return { taken: NOTHING, tie: withoutGone(tie, pass.removed) }
  const perhapsGone = new Set([...tie.perhapsGone, ...used.keys()])
  const perhapsThere = new Map(tie.perhapsThere)
  for (const image of pass.removed) if (used.has(image.id)) perhapsThere.set(image.id, image)
  const next: TiedImages = isAllGone
    ? { ...NO_TIED_IMAGES, perhapsGone }
    : { ...tie, takenAfter: evicted, perhapsGone, perhapsThere }
  const taken = takenOf(used, { tie, evicted, pass })
  return { taken, tie: withoutGone(next, pass.removed) }
}

interface UsedImage {
  image: ImageRecord
  users: readonly string[]
}

/** The images that may be unused with so many of the tied pods evicted, by id, with the tied pods that use each. */
function usedBy(
  { pods, takenAfter, perhapsThere }: TiedImages,
  evicted: number,
  { at, removed, left, mayGo, protectedId }: ImagePass,
  { world, effects }: { world: World; effects: Effects },
): ReadonlyMap<string, UsedImage> {
  const allEvicted = new Map([...effects.evicted, ...Array.from(pods, (uid) => [uid, -Infinity] as const)])
  const usedByOthers = world.imagesInUse(at, { ...effects, evicted: allEvicted }, protectedId)
  const used = new Map<string, UsedImage>()
  const add = (image: ImageRecord) => {
    const users = world.podsOfImage(image.id).filter((uid) => pods.has(uid))
    if (users.length > 0 && users.length <= evicted && !usedByOthers.has(image.id)) {
      used.set(image.id, { image, users })
    }
  }
  for (const image of perhapsThere.values()) add(image)
  for (const image of removed) {
    add(image)
    // With all of them gone it goes for certain, unless it went before.
    const mayHaveGone = (used.get(image.id)?.users.length ?? 0) <= takenAfter
    if (evicted === pods.size && !mayHaveGone) used.delete(image.id)
  }
  for (const image of left) if (mayGo(image)) add(image)
  return used
}

function takenOf(
  used: ReadonlyMap<string, UsedImage>,
  { tie, evicted, pass }: { tie: TiedImages; evicted: number; pass: ImagePass },
): PerhapsTaken {
  const isTaken = ({ image }: UsedImage) => pass.removed.some(({ id }) => id === image.id)
  const more = evicted - tie.takenAfter
  const all = [...used.values()]
  if (more === 0 && !all.some(isTaken)) return NOTHING
  const images = all.map(({ image }) => image)
  const most = (of: (image: ImageRecord) => number) => {
    const total = images.reduce((sum, image) => sum + of(image), 0)
    const byPod = perPod(tie, all, of).toSorted((a, b) => b - a)
    return pass.takesAll && more > 0 ? Math.min(total, sumOf(byPod.slice(0, more))) : total
  }
  const least = (of: (image: ImageRecord) => number) => {
    const alone = all.filter(({ users }) => users.length === 1)
    const byPod = perPod(tie, alone, of).toSorted((a, b) => a - b)
    return pass.takesAll && all.some(isTaken) ? sumOf(byPod.slice(0, more)) : 0
  }
  const one = () => 1
  return {
    images,
    count: { min: least(one), max: most(one) },
    bytes: {
      min: least(({ sizeBytes = 0 }) => sizeBytes),
      max: most(({ sizeBytes = Infinity }) => sizeBytes),
    },
  }
}

/** What is counted of the images that each of the pods uses. */
function perPod(
  { pods }: TiedImages,
  used: readonly UsedImage[],
  of: (image: ImageRecord) => number,
): number[] {
  return Array.from(pods, (uid) =>
    sumOf(used.filter(({ users }) => users.includes(uid)).map(({ image }) => of(image))),
  )
}

function withoutGone(tie: TiedImages, removed: readonly ImageRecord[]): TiedImages {
  if (removed.length === 0 || tie.perhapsGone.size === 0) return tie
  const perhapsGone = new Set(tie.perhapsGone)
  for (const { id } of removed) perhapsGone.delete(id)
  return { ...tie, perhapsGone }
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0)
}
