import fc from 'fast-check'
import { expect, it } from 'vitest'
import { deleteUnusedImages, type ImageGcSettings } from './image-gc-pass.ts'
import { imageGcRules } from './image-gc-rules.ts'
import { detectImages, NO_IMAGES_KNOWN, type ImageListing, type ImageManagerState } from './image-records.ts'

const SETTINGS: ImageGcSettings = {
  highThresholdPercent: 85,
  lowThresholdPercent: 80,
  minimumAge: 2,
  maximumAge: 0,
}

const someIds = fc.subarray(['a', 'b', 'c', 'd', 'e'])
const listing: fc.Arbitrary<ImageListing> = fc
  .tuple(fc.shuffledSubarray(['a', 'b', 'c', 'd', 'e']), someIds)
  .map(([ids, used]) => ({ listed: ids.map((id) => ({ id, sizeBytes: 1 })), inUse: new Set(used) }))
/** Looks and deletions at instants of their own, often at a listing that was seen before. */
const steps = fc
  .array(listing, { minLength: 1, maxLength: 3 })
  .chain((listings) =>
    fc.array(
      fc.tuple(
        fc.constantFrom(...listings),
        fc.constantFrom('periodic', 'for-collection', 'delete' as const),
        fc.integer({ min: 1, max: 3 }),
      ),
      { maxLength: 12 },
    ),
  )

it('a look at what was seen before finds what a new look at the same would', () => {
  fc.assert(
    fc.property(steps, fc.constantFrom(20, 36), (some, minor) => {
      const rules = imageGcRules({ minor, patch: 0 })
      const run = (asTold: (listing: ImageListing) => ImageListing) => {
        let at = 0
        let state: ImageManagerState = NO_IMAGES_KNOWN
        return some.map(([told, what, later]) => {
          at += later
          const seen = asTold(told)
          if (what !== 'delete') {
            state = detectImages(state, seen, at, what, rules)
            return plain(state)
          }
          const { state: left, freed } = deleteUnusedImages(state, SETTINGS, { at, listing: seen }, rules)
          state = left
          return { ...plain(state), freed }
        })
      }
      expect(run((told) => told)).toEqual(
        run(({ listed, inUse }) => ({
          listed: listed.map((image) => ({ ...image })),
          inUse: new Set(inUse),
        })),
      )
    }),
  )
})

/** All but what the runtime said, which is one thing or another. */
function plain({ records, isInitialised, lastLook: { at, idle, spared } }: ImageManagerState) {
  return { records, isInitialised, at, idle, spared }
}
