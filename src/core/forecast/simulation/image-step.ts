import type { DiskSpace } from '../../kubelet/image-gc-threshold.ts'
import type { Freed } from '../../kubelet/image-gc/freeing.ts'
import { deleteUnusedImages, imageGcPass, runsImageGc } from '../../kubelet/image-gc/image-gc-pass.ts'
import { countsAsInUse } from '../../kubelet/image-gc/image-gc-rules.ts'
import { detectImages, type ImageListing, type ImageRecord } from '../../kubelet/image-gc/image-records.ts'
import { message } from '../../messages/message.ts'
import type { Instant } from '../../units/instant.ts'
import type { SimulatedAction } from './action.ts'
import { PERIOD, type SimulatedKubelet, type SimulationState } from './simulated-kubelet.ts'
import type { Step } from './step.ts'
import { imagesOfTie, type PerhapsTaken } from './tied-images.ts'
import { imageVictim } from './victims.ts'
import type { Effects, World } from './world.ts'

/** The kubelet's five-minute look at its images (semantics §1.2). */
export function detectPeriodically(
  kubelet: SimulatedKubelet,
  world: World,
  state: SimulationState,
  at: Instant,
): Step {
  const listing = listingOf(kubelet, world, state, at)
  const images = detectImages(state.images, listing, at, 'periodic', kubelet.rules)
  return {
    state: { ...state, images, next: { ...state.next, detection: at + PERIOD.detection } },
    actions: [],
  }
}

/** The five-minute image collection (semantics §1.4). */
export function collectImages(
  kubelet: SimulatedKubelet,
  world: World,
  state: SimulationState,
  at: Instant,
): Step {
  const next = {
    ...state.next,
    imageGc: runsImageGc(kubelet.imageGc, kubelet.rules) ? at + PERIOD.imageGc : Infinity,
  }
  if (next.imageGc === Infinity) return { state: { ...state, next }, actions: [] }
  const pass = imageGcPass(
    state.images,
    kubelet.imageGc,
    {
      at,
      listing: listingOf(kubelet, world, state, at),
      space: imageSpace(world, state.effects, at),
      loopsStartedAt: kubelet.startedAt,
    },
    kubelet.rules,
  )
  const actions: SimulatedAction[] = []
  const { outcome } = pass
  let after: SimulationState = { ...state, next, images: pass.state }
  if (pass.overAge.length > 0) {
    const freed = freedForAge(pass.overAge)
    const why = message('simulate.why.maximum-age')
    const taken = takeImages(freed, { kubelet, world, state: after, at, takesAll: false })
    actions.push({ at, kind: 'image-gc', ...taken.said, why })
    after = taken.state
  }
  if ('freed' in outcome) {
    const { usagePercent, wantedBytes, freed, kind } = outcome
    const { highThresholdPercent, lowThresholdPercent } = kubelet.imageGc
    const isFailure = kind === 'fell-short'
    const taken = takeImages(freed, { kubelet, world, state: after, at, takesAll: isFailure })
    actions.push({
      at,
      kind: isFailure ? 'image-gc-failed' : 'image-gc',
      ...taken.said,
      wantedBytes,
      why: message(isFailure ? 'simulate.why.image-gc-failed' : 'simulate.why.image-gc', {
        usagePercent,
        highThresholdPercent,
        lowThresholdPercent,
      }),
    })
    after = taken.state
  }
  return { state: after, actions }
}

/** A figure that the kubelet has not counts as 0; a capacity of 0 it refuses (semantics §1.4). */
function imageSpace(world: World, effects: Effects, at: Instant): DiskSpace {
  const { availableBytes = 0, capacityBytes = 0 } = world.filesystems(at, effects)?.imagefs ?? {}
  return { availableBytes, capacityBytes }
}

/** The deletion that the eviction manager asks for (semantics §1.10). */
export function reclaimImages(
  kubelet: SimulatedKubelet,
  world: World,
  state: SimulationState,
  at: Instant,
): Step {
  const { state: images, freed } = deleteUnusedImages(
    state.images,
    kubelet.imageGc,
    { at, listing: listingOf(kubelet, world, state, at) },
    kubelet.rules,
  )
  const taken = takeImages(freed, { kubelet, world, state: { ...state, images }, at, takesAll: true })
  const why = message('simulate.why.reclaim-images')
  return { state: taken.state, actions: [{ at, kind: 'reclaim-images', ...taken.said, why }] }
}

/** In use are the images of containers, and before 1.29 the one that the sandbox-image flag names (semantics §1.3). */
function listingOf(
  kubelet: SimulatedKubelet,
  world: World,
  { effects }: SimulationState,
  at: Instant,
): ImageListing {
  const inUse = world.imagesInUse(at, effects, protectedImage(kubelet, world))
  return { listed: world.images(at, effects), inUse }
}

function protectedImage({ rules, sandboxImage }: SimulatedKubelet, world: World): string | undefined {
  const isProtected = countsAsInUse('sandbox-image-flag', rules) && sandboxImage !== undefined
  return isProtected ? world.imageId(sandboxImage) : undefined
}

interface Taking {
  kubelet: SimulatedKubelet
  world: World
  /** With the images that are left. */
  state: SimulationState
  at: Instant
  /** Whether the pass takes all that may go, or just enough. */
  takesAll: boolean
}

/** What is said of a pass over the images, and the state after it. */
function takeImages(freed: Freed, taking: Taking): { said: SaidOfImages; state: SimulationState } {
  const { kubelet, world, state, at, takesAll } = taking
  const { minimumAge } = kubelet.imageGc
  const pass = {
    at,
    removed: freed.removed,
    left: state.images.records,
    takesAll,
    mayGo: ({ pinned, firstDetected }: ImageRecord) =>
      !(kubelet.rules.honoursPinned && pinned) && at - firstDetected >= minimumAge,
    protectedId: protectedImage(kubelet, world),
  }
  const { taken, tie } = imagesOfTie(state.tiedImages, pass, { world, effects: state.effects })
  return {
    said: takenImages(freed, taken, state, world),
    state: afterFreeing({ ...state, tiedImages: tie }, freed, at),
  }
}

type SaidOfImages = Pick<SimulatedAction, 'victims' | 'victimSet' | 'taken' | 'freedBytes' | 'spared'>

/** Images that an undefined order may have removed before, or others in their stead, are victims of a pass only perhaps. */
function takenImages(
  { removed, tied, freedBytes, spared }: Freed,
  ofTie: PerhapsTaken,
  { undecidedImages, tiedImages }: SimulationState,
  world: World,
): SaidOfImages {
  const isOfTie = new Set(ofTie.images.map(({ id }) => id))
  const mayBeGone = ({ id }: ImageRecord) => undecidedImages.has(id) || tiedImages.perhapsGone.has(id)
  const isOpen = (image: ImageRecord) => isOfTie.has(image.id) || mayBeGone(image)
  const perhaps = removed.filter(isOpen)
  const others = perhaps.filter(({ id }) => !isOfTie.has(id))
  const set = new Map(
    [...ofTie.images, ...others, ...(tied?.images ?? [])].map((image) => [
      image.id,
      imageVictim(image, world),
    ]),
  )
  const sizes = (some: readonly ImageRecord[]) => some.reduce((sum, { sizeBytes = 0 }) => sum + sizeBytes, 0)
  const certainBytes = -sizes(perhaps)
  const bytes = {
    min: freedBytes.min + certainBytes + ofTie.bytes.min,
    max: freedBytes.max + certainBytes + sizes(others) + ofTie.bytes.max,
  }
  return {
    victims: removed.filter((image) => !isOpen(image)).map((image) => imageVictim(image, world)),
    victimSet: [...set.values()],
    ...(set.size === 0
      ? {}
      : {
          taken: {
            min: (tied?.count.min ?? 0) + ofTie.count.min,
            max: (tied?.count.max ?? 0) + others.length + ofTie.count.max,
          },
        }),
    // A size that nobody knows makes no figure.
    ...(Number.isFinite(bytes.max) ? { freedBytes: bytes } : {}),
    spared,
  }
}

/** Tied images of which some went stay listed, marked as undecided. */
function afterFreeing(state: SimulationState, { removed, tied }: Freed, at: Instant): SimulationState {
  if (removed.length === 0 && !tied) return state
  const gone = new Set(removed.map(({ id }) => id))
  const undecided = [...state.undecidedImages].filter((id) => !gone.has(id))
  return {
    ...state,
    effects: withoutImages(state.effects, removed, at),
    undecidedImages: new Set([...undecided, ...(tied?.images ?? []).map(({ id }) => id)]),
  }
}

/** Every one goes that is unused for longer than the maximum age. */
function freedForAge(removed: readonly ImageRecord[]): Freed {
  const bytes = removed.reduce((sum, { sizeBytes = 0 }) => sum + sizeBytes, 0)
  const isKnown = removed.every(({ sizeBytes }) => sizeBytes !== undefined)
  return { removed, tied: undefined, freedBytes: { min: bytes, max: isKnown ? bytes : Infinity }, spared: [] }
}

function withoutImages(effects: Effects, removed: readonly ImageRecord[], at: Instant): Effects {
  if (removed.length === 0) return effects
  const removedImages = new Map(effects.removedImages)
  for (const { id } of removed) removedImages.set(id, at)
  return { ...effects, removedImages }
}
