import type { DiskSpace } from '../../kubelet/image-gc-threshold.ts'
import type { Freed } from '../../kubelet/image-gc/freeing.ts'
import { deleteUnusedImages, imageGcPass, runsImageGc } from '../../kubelet/image-gc/image-gc-pass.ts'
import { countsAsInUse } from '../../kubelet/image-gc/image-gc-rules.ts'
import { detectImages, type ImageListing, type ImageRecord } from '../../kubelet/image-gc/image-records.ts'
import { message } from '../../messages/message.ts'
import type { Instant } from '../../units/instant.ts'
import type { SimulatedAction, Victim } from './action.ts'
import { PERIOD, type SimulatedKubelet, type SimulationState } from './simulated-kubelet.ts'
import type { Step } from './step.ts'
import { imagesOfTiedPods } from './tied-pods.ts'
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
    const tiedImages = imagesOfTiedPods(freed, after, world, at)
    actions.push({ at, kind: 'image-gc', ...takenImages(freed, { ...after, tiedImages }, world), why })
    after = afterFreeing({ ...after, tiedImages }, freed, at)
  }
  if ('freed' in outcome) {
    const { usagePercent, wantedBytes, freed, kind } = outcome
    const { highThresholdPercent, lowThresholdPercent } = kubelet.imageGc
    const isFailure = kind === 'fell-short'
    const tiedImages = imagesOfTiedPods(freed, after, world, at)
    actions.push({
      at,
      kind: isFailure ? 'image-gc-failed' : 'image-gc',
      ...takenImages(freed, { ...after, tiedImages }, world),
      wantedBytes,
      why: message(isFailure ? 'simulate.why.image-gc-failed' : 'simulate.why.image-gc', {
        usagePercent,
        highThresholdPercent,
        lowThresholdPercent,
      }),
    })
    after = afterFreeing({ ...after, tiedImages }, freed, at)
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
  const tiedImages = imagesOfTiedPods(freed, { ...state, images }, world, at)
  const action: SimulatedAction = {
    at,
    kind: 'reclaim-images',
    ...takenImages(freed, { ...state, tiedImages }, world),
    why: message('simulate.why.reclaim-images'),
  }
  return { state: afterFreeing({ ...state, images, tiedImages }, freed, at), actions: [action] }
}

/** In use are the images of containers, and before 1.29 the one that the sandbox-image flag names (semantics §1.3). */
function listingOf(
  { rules, sandboxImage }: SimulatedKubelet,
  world: World,
  { effects }: SimulationState,
  at: Instant,
): ImageListing {
  const isProtected = countsAsInUse('sandbox-image-flag', rules) && sandboxImage !== undefined
  const protectedId = isProtected ? world.imageId(sandboxImage) : undefined
  return { listed: world.images(at, effects), inUse: world.imagesInUse(at, effects, protectedId) }
}

/** Images that an undefined order may have removed before, or others in their stead, are victims of a pass only perhaps. */
function takenImages(
  { removed, tied, freedBytes, spared }: Freed,
  { undecidedImages, tiedImages }: SimulationState,
  world: World,
): Pick<SimulatedAction, 'victims' | 'victimSet' | 'taken' | 'freedBytes' | 'spared'> {
  const isOpen = ({ id }: ImageRecord) => undecidedImages.has(id) || tiedImages.has(id)
  const certain = removed.filter((image) => !isOpen(image))
  const perhaps = removed.filter(isOpen)
  const open = new Map(
    [...perhaps, ...(tied?.images ?? [])].map((image) => [image.id, imageVictim(image, world)]),
  )
  const instead = perhaps.some(({ id }) => tiedImages.has(id)) ? tiedImages : new Map<string, Victim>()
  const sizes = (some: readonly ImageRecord[]) => some.reduce((sum, { sizeBytes = 0 }) => sum + sizeBytes, 0)
  return {
    victims: certain.map((image) => imageVictim(image, world)),
    victimSet: [...new Map([...instead, ...open]).values()],
    ...(open.size === 0
      ? {}
      : { taken: { min: tied?.count.min ?? 0, max: (tied?.count.max ?? 0) + perhaps.length } }),
    // A size that nobody knows makes no figure.
    ...(Number.isFinite(freedBytes.max)
      ? {
          freedBytes: {
            min: freedBytes.min - sizes(perhaps),
            max: freedBytes.max + moreInstead(perhaps, instead),
          },
        }
      : {}),
    spared,
  }
}

/** By how many bytes the largest of those that may go instead are larger than as many that go. */
function moreInstead(perhaps: readonly ImageRecord[], instead: ReadonlyMap<string, Victim>): number {
  if (instead.size === 0) return 0
  const possible = new Map<string, Victim | ImageRecord>([
    ...perhaps.map((image) => [image.id, image] as const),
    ...instead,
  ])
  const sizesOf = (some: Iterable<Victim | ImageRecord>) =>
    Array.from(some, (image) => ('sizeBytes' in image ? (image.sizeBytes ?? 0) : 0))
  const largest = sizesOf(possible.values())
    .toSorted((a, b) => b - a)
    .slice(0, perhaps.length)
  const sum = (sizes: readonly number[]) => sizes.reduce((total, size) => total + size, 0)
  return sum(largest) - sum(sizesOf(perhaps))
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
