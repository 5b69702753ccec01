import { describe, expect, it } from 'vitest'
import { ago, clusterOf, clusterSentences, clusterView } from '../cluster-view.contract.ts'
import { podOf, running, waiting } from '../container.contract.ts'
import { containerCannotBeCreated } from './container-cannot-be-created.ts'

const failing = (name: string, said: string | undefined, more = {}) =>
  podOf(name, 'lab.local/web:1', waiting('CreateContainerError', said), more)

describe('container-cannot-be-created', () => {
  it('quotes the runtime, once a workload', () => {
    const pods = ['a', 'b'].map((name) =>
      failing(name, 'layer sha256:12 not found', { owner: 'web', nodeName: `n-${name}` }),
    )
    expect(clusterSentences(containerCannotBeCreated, clusterOf({ pods }))).toEqual([
      'DaemonSet/app/web: The runtime cannot create a container of lab.local/web:1 for 2 pods (app/a, app/b) on n-a, n-b: "layer sha256:12 not found". Where it names a missing layer or file, the image there is damaged: pull or load it again.',
    ])
  })

  it('sees a full disk, and takes silence for what it is', () => {
    const full = clusterOf({ pods: [failing('a', 'mkdir: no space left on device')] })
    expect(clusterSentences(containerCannotBeCreated, full)[0]).toContain('Free space there first.')
    expect(
      clusterSentences(containerCannotBeCreated, clusterOf({ pods: [failing('a', undefined)] }))[0],
    ).toContain('on n1. Where it names')
  })

  it.each([
    ['a container that runs', clusterOf({ pods: [podOf('a', 'web:1', running(ago(60)))] })],
    ['pods that could not be had', clusterView()],
  ])('is quiet about %s', (_, cluster) => {
    expect(clusterSentences(containerCannotBeCreated, cluster)).toEqual([])
  })
})
