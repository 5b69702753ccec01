import type { ImageRecord } from './image-records.ts'

/** What an undefined order among tied images leaves open. */
export interface TiedChoice {
  /** Those that go in some orders and stay in others. */
  images: readonly ImageRecord[]
  /** How many of them go, least and most. */
  count: { min: number; max: number }
  /** Bytes they free by the kubelet's accounting, least and most. */
  bytes: { min: number; max: number }
}

/** More tied images than this are not tried in every combination; bounds are given instead. */
const MOST_TRIED = 14

/** What a loop that stops at `wantedBytes` removes of tied images, over every order they may come in. */
export function chooseAmongTied(
  images: readonly ImageRecord[],
  wantedBytes: number,
): { certain: readonly ImageRecord[]; open: TiedChoice | undefined } {
  const total = images.reduce((sum, image) => sum + sizeOf(image), 0)
  // One that comes last goes when all the others are not enough, and then it goes wherever it comes.
  const isCertain = (image: ImageRecord) => images.length === 1 || total - sizeOf(image) < wantedBytes
  const certain = images.filter(isCertain)
  if (certain.length === images.length) return { certain, open: undefined }
  const sizes = images.map(sizeOf)
  const { count, bytes } =
    sizes.length <= MOST_TRIED ? possibleEnds(sizes, wantedBytes) : bounds(sizes, wantedBytes)
  const certainBytes = certain.reduce((sum, image) => sum + sizeOf(image), 0)
  const open: TiedChoice = {
    images: images.filter((image) => !isCertain(image)),
    count: { min: count.min - certain.length, max: count.max - certain.length },
    bytes: { min: bytes.min - certainBytes, max: bytes.max - certainBytes },
  }
  return { certain, open }
}

const sizeOf = ({ sizeBytes }: ImageRecord) => sizeBytes ?? 0

interface Ends {
  count: { min: number; max: number }
  bytes: { min: number; max: number }
}

/** A set is where the loop may end when it suffices and, without some one of it, would not. */
function possibleEnds(sizes: readonly number[], wantedBytes: number): Ends {
  const count = { min: Infinity, max: 0 }
  const bytes = { min: Infinity, max: 0 }
  for (let set = 1; set < 2 ** sizes.length; set++) {
    const members = sizes.filter((_, index) => set & (1 << index))
    const sum = members.reduce((total, size) => total + size, 0)
    const isEnd =
      members.length === 1
        ? sum >= wantedBytes
        : sum >= wantedBytes && sum - Math.max(...members) < wantedBytes
    if (!isEnd) continue
    count.min = Math.min(count.min, members.length)
    count.max = Math.max(count.max, members.length)
    bytes.min = Math.min(bytes.min, sum)
    bytes.max = Math.max(bytes.max, sum)
  }
  return { count, bytes }
}

function bounds(sizes: readonly number[], wantedBytes: number): Ends {
  const smallestFirst = sizes.toSorted((a, b) => a - b)
  return {
    count: { min: needed(smallestFirst.toReversed(), wantedBytes), max: needed(smallestFirst, wantedBytes) },
    bytes: {
      min: Math.max(wantedBytes, smallestFirst[0] ?? 0),
      max: Math.max(wantedBytes - 1, 0) + (smallestFirst.at(-1) ?? 0),
    },
  }
}

function needed(sizes: readonly number[], wantedBytes: number): number {
  let sum = 0
  const index = sizes.findIndex((size) => (sum += size) >= wantedBytes)
  return index === -1 ? sizes.length : index + 1
}
