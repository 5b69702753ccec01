import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareResourceVersions } from '../kubernetes/resource-version.ts'
import { createObjectSet } from './object-set.ts'

const object = (name: string, version: number | string) => ({
  metadata: { name, resourceVersion: String(version) },
})

describe('compareResourceVersions', () => {
  it.each([
    ['9', '10', -1],
    ['123456789012345678901', '123456789012345678900', 1],
    ['7', '7', 0],
    ['7', 'abc', undefined],
    ['0', '1', undefined],
    ['', '1', undefined],
    [undefined, '1', undefined],
  ])('%s and %s: %s', (first, second, sign) => {
    const order = compareResourceVersions(first, second)
    expect(order === undefined ? undefined : Math.sign(order)).toBe(sign)
  })
})

describe('createObjectSet', () => {
  it('comes to the same whatever order changes are told in, and however often', () => {
    const history = fc.array(fc.record({ name: fc.constantFrom('a', 'b', 'c'), isRemoval: fc.boolean() }), {
      maxLength: 30,
    })
    const told = history.chain((changes) => {
      const events = changes.map((change, index) => ({ ...change, version: index + 1 }))
      const again = fc.shuffledSubarray([...events, ...events], { minLength: events.length * 2 })
      return fc.tuple(fc.constant(events), again)
    })
    fc.assert(
      fc.property(told, ([events, order]) => {
        const truth = new Map<string, number>()
        for (const { name, isRemoval, version } of events) {
          if (isRemoval) truth.delete(name)
          else truth.set(name, version)
        }
        const set = createObjectSet()
        for (const { name, isRemoval, version } of order) {
          if (isRemoval) set.remove(object(name, version).metadata)
          else set.put(object(name, version))
        }
        const found = set.objects().map(({ metadata }) => [metadata.name, Number(metadata.resourceVersion)])
        expect(new Map(found as [string, number][])).toEqual(truth)
      }),
    )
  })

  it('takes what comes last where versions are no numbers', () => {
    const set = createObjectSet()
    set.put(object('a', 'y'))
    set.put(object('a', 'x'))
    expect(set.objects()[0]?.metadata.resourceVersion).toBe('x')
  })

  it('takes a list for the truth, also one that is older, and tells only what differs', () => {
    const set = createObjectSet()
    for (const name of ['a', 'b', 'c']) set.put(object(name, 10))
    const changes = set.replaceAll([object('a', 10), object('b', 9), object('d', 11)])
    expect(changes.map(({ what, object: { metadata } }) => `${what} ${metadata.name}`)).toEqual([
      'removed c',
      'put b',
      'put d',
    ])
    expect(set.put(object('c', 5))).toMatchObject({ what: 'put' })
  })
})
