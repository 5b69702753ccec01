import fc from 'fast-check'
import { expect, it } from 'vitest'
import { parseKubeletVersion } from '../kubelet-version.ts'
import { imageGcRules } from './image-gc-rules.ts'
import {
  detectImages,
  NO_IMAGES_KNOWN,
  withoutImages,
  ZERO_TIME,
  type ImageManagerState,
  type ListedImage,
} from './image-records.ts'

/** What a kubelet remembers, as the specification says it: every look writes down everything anew (semantics §1.2). */
type Remembered = Map<string, ListedImage & { firstDetected: number; lastUsed: number; isInUse: boolean }>

const IDS = ['a', 'b', 'c', 'd', 'e']
/** The same objects again and again, as a world that has not changed lists them, and others of the same ids. */
const STEADY = IDS.map((id): ListedImage => ({ id, sizeBytes: 10, pinned: false }))
const image = fc.nat({ max: IDS.length - 1 }).chain((index) =>
  fc.oneof(
    { weight: 4, arbitrary: fc.constant(STEADY[index] as ListedImage) },
    {
      weight: 1,
      arbitrary: fc.record({
        id: fc.constant(IDS[index] as string),
        sizeBytes: fc.constantFrom(10, 20, undefined),
        pinned: fc.boolean(),
      }),
    },
  ),
)
const step = fc.record({
  listed: fc.oneof(fc.constant(STEADY), fc.uniqueArray(image, { selector: ({ id }) => id })),
  inUse: fc.subarray(IDS),
  kind: fc.constantFrom('periodic' as const, 'for-collection' as const),
  /** Which of the idle ones are removed afterwards. */
  removed: fc.subarray(IDS),
})

function look(
  known: Remembered,
  { listed, inUse }: { listed: readonly ListedImage[]; inUse: readonly string[] },
  at: number,
  firstDetected: number,
): Remembered {
  return new Map(
    listed.map((one) => {
      const before = known.get(one.id)
      const isInUse = inUse.includes(one.id)
      const lastUsed = isInUse ? at : (before?.lastUsed ?? ZERO_TIME)
      return [
        one.id,
        { ...one, firstDetected: before?.firstDetected ?? firstDetected, lastUsed, isInUse },
      ] as const
    }),
  )
}

const remembered = ({ records, lastLook }: ImageManagerState) =>
  records.map((record) => ({ ...record, lastUsed: record.isInUse ? lastLook.at : record.lastUsed }))

it.each(['v1.20.2', 'v1.30.0'])(
  'whatever a kubelet %s is shown, it remembers what one remembers that writes down everything anew',
  (version) => {
    const parsed = parseKubeletVersion(version) ?? expect.unreachable()
    const rules = imageGcRules(parsed)
    fc.assert(
      fc.property(fc.array(step, { maxLength: 8 }), (steps) => {
        let state = NO_IMAGES_KNOWN
        let known: Remembered = new Map()
        let isInitialised = false
        steps.forEach(({ listed, inUse, kind, removed }, turn) => {
          const at = 1000 * (turn + 1)
          const isFirst = kind === 'periodic' && !isInitialised && rules.firstDetectionIsZero
          isInitialised ||= kind === 'periodic'
          state = detectImages(state, { listed, inUse: new Set(inUse) }, at, kind, rules)
          known = look(known, { listed, inUse }, at, isFirst ? ZERO_TIME : at)
          expect(remembered(state)).toEqual([...known.values()])
          expect(state.isInitialised).toBe(isInitialised)
          const { idle, spared } = state.lastLook
          expect(idle).toEqual(state.records.filter((record) => !record.isInUse))
          const used = state.records.filter(({ isInUse }) => isInUse)
          expect(spared).toEqual(used.map(({ id, sizeBytes }) => ({ id, sizeBytes, why: 'in-use' })))
          const newest = Math.max(ZERO_TIME, ...state.records.map(({ firstDetected }) => firstDetected))
          expect(state.newestAt).toBeGreaterThanOrEqual(newest)
          const gone = idle.filter(({ id }) => removed.includes(id))
          state = withoutImages(state, gone)
          for (const { id } of gone) known.delete(id)
        })
      }),
    )
  },
)
