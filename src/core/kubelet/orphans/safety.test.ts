import { describe, expect, it } from 'vitest'
import { firstUnsafeReason, mayDeleteVolData, SAFE_CLEAN_UP, type OrphanFacts } from './safety.ts'

const safe: OrphanFacts = {
  isKnownToApiServer: false,
  isStaticPod: false,
  hasContainerOrSandbox: false,
  hasMountOnHost: false,
  hasMountElsewhere: false,
  isUsedByProcess: false,
  hasUserData: false,
  hasLinkOutside: false,
}
const ORDER = [
  'pod-known',
  'static-pod',
  'container-left',
  'mounted-on-host',
  'mounted-elsewhere',
  'in-use-by-process',
  'user-data',
  'link-leads-out',
] as const
const facts = Object.keys(safe) as (keyof OrphanFacts)[]

describe('what is safe (semantics §4.4)', () => {
  it('only what is known to be', () => expect(firstUnsafeReason(safe)).toBeUndefined())

  it.each(facts.map((fact, index) => [fact, ORDER[index]] as const))('%s is %s', (fact, reason) => {
    expect(firstUnsafeReason({ ...safe, [fact]: true })).toEqual({ reason, isKnown: true })
    expect(firstUnsafeReason({ ...safe, [fact]: undefined })).toEqual({ reason, isKnown: false })
  })

  it('says the first reason, in the order of the conditions', () => {
    const allFrom = (first: number) =>
      Object.fromEntries(facts.map((fact, index) => [fact, index >= first])) as unknown as OrphanFacts
    expect(facts.map((_, first) => firstUnsafeReason(allFrom(first))?.reason)).toEqual(ORDER)
  })

  it.each([
    ['mount is absent', 'absent', true],
    ['mount is empty and no mount', { isMounted: false, isEmpty: true }, true],
    ['mount is mounted', { isMounted: true, isEmpty: true }, false],
    ['mount has content', { isMounted: false, isEmpty: false }, false],
    ['nobody knows', { isMounted: undefined, isEmpty: true }, false],
    ['nobody has looked inside', { isMounted: false, isEmpty: undefined }, false],
  ] as const)('vol_data.json, when %s', (_, beside, may) => expect(mayDeleteVolData(beside)).toBe(may))

  it('unmounts before it removes', () => {
    expect(SAFE_CLEAN_UP).toEqual(['unmount-leftovers', 'remove-vol-data', 'rmdir-bottom-up'])
  })
})
