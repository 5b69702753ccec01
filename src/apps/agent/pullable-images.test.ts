import { beforeEach, describe, expect, it } from 'vitest'
import type { DigestReference } from '../../core/kubernetes/digest-reference.ts'
import type { RegistryAnswer } from '../../core/observe/pullability.ts'
import { pullableImages, type PullableImages } from './pullable-images.ts'

const digest = (letter: string) => `sha256:${letter.repeat(64)}`
const image = (registry: string, letter: string) => ({
  id: letter,
  names: [`${registry}/app@${digest(letter)}`],
})
const MINUTE = 60_000

let now: number
let asked: string[]
let answers: (reference: DigestReference) => RegistryAnswer
let most: number
let images: PullableImages

beforeEach(() => {
  now = 1_764_000_000_000
  asked = []
  most = 0
  let atOnce = 0
  answers = () => ({ state: 'yes', why: 'found' })
  const registries = {
    async ask(reference: DigestReference) {
      asked.push(`${reference.registry} ${reference.digest.slice(7, 8)}`)
      most = Math.max(most, ++atOnce)
      await Promise.resolve()
      atOnce--
      return answers(reference)
    },
    close: () => Promise.resolve(),
  }
  images = pullableImages(registries, { now: () => now, random: () => 0 })
})

/** What is known after everything was asked. */
async function known(list: { id: string; names: string[] }[]) {
  images.known(list, now)
  await images.settled()
  return images.known(list, now).map(({ pullable }) => pullable?.state)
}

describe('whether images can be pulled again', () => {
  it('is not known at first, and asked for without waiting', async () => {
    expect(images.known([image('a.b', '1')], now)).toEqual([image('a.b', '1')])
    await images.settled()
    expect(images.known([image('a.b', '1')], now)).toMatchObject([
      { id: '1', pullable: { state: 'yes', why: 'found', checkedAt: now } },
    ])
    expect(asked).toEqual(['a.b 1'])
  })

  it('is unknown of an image that has only tags, and nobody is asked', async () => {
    expect(await known([{ id: 'x', names: ['a.b/app:1'] }])).toEqual(['unknown'])
    expect(asked).toEqual([])
  })

  it('is asked again once the answer no longer counts', async () => {
    const list = [image('a.b', '1')]
    await known(list)
    now += 359 * MINUTE
    await known(list)
    expect(asked).toHaveLength(1)
    answers = () => ({ state: 'no', why: 'missing' })
    now += 2 * MINUTE
    expect(await known(list)).toEqual(['no'])
    now += 61 * MINUTE
    await known(list)
    expect(asked).toHaveLength(3)
  })

  it('is asked of two images at once at most', async () => {
    await known(['1', '2', '3', '4', '5'].map((letter) => image(`r${letter}.b`, letter)))
    expect(asked).toHaveLength(5)
    expect(most).toBe(2)
  })

  it('is not asked of a registry that does not answer, for a while', async () => {
    answers = () => ({ state: 'unknown', why: 'unreachable' })
    expect(await known([image('a.b', '1')])).toEqual(['unknown'])
    expect(await known([image('a.b', '1'), image('a.b', '2'), image('c.d', '3')])).toEqual([
      'unknown',
      'unknown',
      'unknown',
    ])
    expect(asked).toEqual(['a.b 1', 'c.d 3'])
    answers = () => ({ state: 'yes', why: 'found' })
    now += 11 * MINUTE
    expect(await known([image('a.b', '1'), image('a.b', '2')])).toEqual(['yes', 'yes'])
  })

  it('is known when one of several registries has it', async () => {
    answers = ({ registry }) =>
      registry === 'a.b' ? { state: 'no', why: 'missing' } : { state: 'yes', why: 'found' }
    const both = { id: '1', names: [`a.b/app@${digest('1')}`, `c.d/app@${digest('1')}`] }
    expect(await known([both])).toEqual(['yes'])
    answers = ({ registry }) =>
      registry === 'a.b' ? { state: 'unknown', why: 'refused' } : { state: 'no', why: 'missing' }
    expect(
      await known([{ ...both, names: both.names.map((name) => name.replace(/1{64}/, '2'.repeat(64))) }]),
    ).toEqual(['unknown'])
  })

  it('is forgotten with the image', async () => {
    await known([image('a.b', '1')])
    await known([])
    await known([image('a.b', '1')])
    expect(asked).toHaveLength(2)
  })
})
