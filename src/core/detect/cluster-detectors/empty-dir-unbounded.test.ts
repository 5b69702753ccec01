import { describe, expect, it } from 'vitest'
import { pod } from '../../placement/cluster.contract.ts'
import { clusterOf, clusterSentences, clusterView } from '../cluster-view.contract.ts'
import { emptyDirUnbounded } from './empty-dir-unbounded.ts'

const app = (emptyDir: object | null, limits: object = {}, phase = 'Running') =>
  pod(
    'a',
    { containers: [{ name: 'c', resources: { limits } }], volumes: [{ name: 'v', emptyDir }] },
    { namespace: 'app' },
    { phase },
  )
const said = (...pods: ReturnType<typeof app>[]) => clusterSentences(emptyDirUnbounded, clusterOf({ pods }))

describe('empty-dir-unbounded', () => {
  it('says once what a namespace lacks', () => {
    expect(said(app({}), app({ medium: '' }), app({ sizeLimit: '0' }))).toEqual([
      'Namespace/app: Nothing but the size of its disk limits what 3 emptyDir volumes in the namespace app can take of a node (Pod/a). Set sizeLimit on the volume, or ephemeral-storage limits on the containers.',
    ])
  })

  it.each([
    ['a sizeLimit', app({ sizeLimit: '1Gi' })],
    ['memory', app({ medium: 'Memory' })],
    ['huge pages', app({ medium: 'HugePages-2Mi' })],
    ['containers that are limited', app({}, { 'ephemeral-storage': '1Gi' })],
    ['what has ended', app({}, {}, 'Failed')],
    ['a volume of another kind', app(null)],
  ])('is quiet about %s', (_, one) => expect(said(one)).toEqual([]))

  it('is quiet when pods could not be had', () => {
    expect(clusterSentences(emptyDirUnbounded, clusterView())).toEqual([])
  })
})
