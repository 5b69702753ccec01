import { describe, expect, it } from 'vitest'
import { nodeView } from '../detect/node-view.contract.ts'
import type { Fact } from '../explain/facts/fact.ts'
import { KubeletConfiguration } from '../kubernetes/kubelet-configuration.ts'
import type { NodeView } from '../observe/node-view.ts'
import type { ObservedImage } from '../observe/observation.ts'
import { foldFacts } from '../explain/fold.ts'
import { goneImages, isBack } from './gone-images.ts'

const image = (name: string, reportedBytes = 100): ObservedImage => ({ names: [name], reportedBytes })
const listed = (value: readonly ObservedImage[], observedAt = 0) => ({ value, source: 'test', observedAt })
const limit = (nodeStatusMaxImages: number) => ({
  value: KubeletConfiguration.parse({ nodeStatusMaxImages }),
  source: 'test',
  observedAt: 0,
})
const [web, db, tiny] = [image('lab.local/web:1'), image('lab.local/db:1', 200), image('lab.local/tiny:1', 1)]
const fact = (id: Fact['id'], fields: Fact['fields']): Fact => ({
  id,
  at: 5000,
  atText: null,
  order: 5000,
  isCoarse: false,
  node: 'n1',
  source: { file: 'test', line: 0 },
  from: 'unknown',
  fields,
  subject: '',
  raw: '',
})

const gone = (
  before: readonly ObservedImage[],
  now: readonly ObservedImage[],
  more: Partial<NodeView> = {},
  failed: readonly Fact[] = [],
) => {
  const view = nodeView([500], { kubeletVersion: 'v1.30.0', images: listed(now, 9000), ...more })
  return goneImages(listed(before), view, failed).map(({ subject }) => subject)
}

describe('goneImages', () => {
  it('tells of what a whole list has no longer, by its tag', () => {
    expect(gone([web, db], [db])).toEqual(['lab.local/web:1'])
    const digest = { names: [`lab.local/web@sha256:${'a'.repeat(64)}`, 'lab.local/web:1'], reportedBytes: 1 }
    expect(gone([digest, db], [db])).toEqual(['lab.local/web:1'])
  })

  it('tells of one that a registry was seen to have only once something fails without it', () => {
    const pullable = { ...web, pullable: { state: 'yes', why: 'found', checkedAt: 0 } as const }
    expect(gone([pullable, db], [db])).toEqual([])
    const failed = [fact('sandbox-image-missing', { image: 'lab.local/web:1' })]
    expect(gone([pullable, db], [db], {}, failed)).toEqual(['lab.local/web:1'])
    const unknown = { ...web, pullable: { state: 'unknown', why: 'sign-in', checkedAt: 0 } as const }
    expect(gone([unknown, db], [db])).toEqual(['lab.local/web:1'])
  })

  it('tells from a list that may be cut only what is larger than what it still lists', () => {
    const cut = { kubeletConfiguration: limit(2) }
    const large = image('lab.local/large:1', 300)
    expect(gone([db, tiny], [large, db], cut)).toEqual([])
    expect(gone([large, db], [db, web], cut)).toEqual(['lab.local/large:1'])
    expect(gone([db, web], [large, db], { kubeletConfiguration: limit(-1) })).toEqual(['lab.local/web:1'])
  })

  it.each<[string, readonly ObservedImage[], readonly ObservedImage[], Partial<NodeView>]>([
    ['a list that is empty', [web], [], {}],
    ['an image without a name', [{ names: ['<none>:<none>'] }, db], [db], {}],
    ['an image that has another name left', [{ names: ['a:1', 'b:1'] }], [image('b:1'), db], {}],
    ['a name written in another way', [image('busybox')], [image('docker.io/library/busybox:latest')], {}],
    [
      'an image that may have the name beside those that are listed',
      [web],
      [{ names: ['a', 'b', 'c', 'd', 'e'], reportedBytes: 100 }],
      {},
    ],
    [
      'what a line has told already',
      [web, db],
      [db],
      {
        imageNames: { 'sha256:1': ['lab.local/web:1'] },
        facts: foldFacts([], [fact('image-gc-removed-image', { imageId: 'sha256:1' })]),
      },
    ],
  ])('says nothing of %s', (_, before, now, more) => expect(gone(before, now, more)).toEqual([]))

  const failed = (pullPolicy: string) => [
    fact('image-pull-failed-network', { image: 'lab.local/web:1', pullPolicy }),
  ]
  const sandbox = [fact('sandbox-image-missing', { image: 'lab.local/web:1' })]
  it.each<[string, readonly Fact[], string, string[]]>([
    ['a pull that happens only without the image', failed('IfNotPresent'), 'v1.20.2', ['lab.local/web:1']],
    ['a sandbox', sandbox, 'v1.35.0', ['lab.local/web:1']],
    ['a pod that always pulls', failed('Always'), 'v1.20.2', []],
    ['a kubelet that pulls for other credentials', failed('IfNotPresent'), 'v1.35.0', []],
    ['a kubelet of unknown version', failed('IfNotPresent'), 'unknown', []],
    ['a failure about another image', [fact('sandbox-image-missing', { image: 'x:1' })], 'v1.20.2', []],
  ])('before the list is new, concludes from %s', (_, failures, kubeletVersion, expected) => {
    expect(gone([web, db], [web, db], { kubeletVersion }, failures)).toEqual(expected)
  })

  it('knows nothing without a list before and one now', () => {
    expect(goneImages(undefined, nodeView([500], { images: listed([web]) }), sandbox)).toEqual([])
    expect(goneImages(listed([web]), nodeView([500]), sandbox)).toEqual([])
  })
})

describe('isBack', () => {
  const [removed] = foldFacts(
    [],
    goneImages(listed([web, db]), nodeView([], { images: listed([db], 1000) }), []),
  )
  it.each([
    ['is listed again', [web], 1_000_000, true],
    ['is listed still', [web], 2000, false],
    ['is not listed', [db], 1_000_000, false],
  ])('an image that %s', (_, now, at, expected) => {
    if (!removed) throw new Error('none was gone')
    expect(isBack(removed, nodeView([500], { images: listed(now, at) }), false)).toBe(expected)
  })

  it('that an incident tells of stays told, unless the node listed it all the time', () => {
    const view = nodeView([500], { images: listed([web], 1_000_000) })
    const concluded = removed && { ...removed, fields: { ...removed.fields, isUnlisted: false } }
    expect([removed, concluded].map((one) => one && isBack(one, view, true))).toEqual([false, true])
  })
})
