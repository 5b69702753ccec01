import { describe, expect, it } from 'vitest'
import { Summary } from '../kubernetes/summary.ts'
import { summaryView } from './summary-view.ts'

describe('what the kubelet counts of a pod (semantics §3.5)', () => {
  it('never the bytes or inodes of a volume with a claim', () => {
    const summary = Summary.parse({
      node: { nodeName: 'n' },
      pods: [
        {
          podRef: { name: 'es-0', namespace: 'log', uid: 'u' },
          containers: [
            { name: 'es', rootfs: { usedBytes: 20, inodesUsed: 2 }, logs: { usedBytes: 10, inodesUsed: 1 } },
          ],
          volume: [
            { name: 'cache', usedBytes: 5, inodesUsed: 3 },
            { name: 'data', usedBytes: 1e12, inodesUsed: 99, pvcRef: { name: 'data-es-0' } },
          ],
        },
      ],
    })
    expect(summaryView(summary).pods).toEqual([
      {
        name: 'es-0',
        namespace: 'log',
        uid: 'u',
        logsBytes: 10,
        rootfsBytes: 20,
        localVolumesBytes: 5,
        containers: [{ name: 'es', logsBytes: 10, rootfsBytes: 20 }],
        localVolumes: [{ name: 'cache', usedBytes: 5 }],
        inodes: 6,
      },
    ])
  })
})

describe('the filesystems of claims', () => {
  const view = (volume: object[]) =>
    summaryView(
      Summary.parse({
        node: { nodeName: 'n' },
        pods: [{ podRef: { name: 'a', namespace: 'b', uid: 'u' }, volume }],
      }),
    ).claimFilesystems

  it('are told apart by their size', () => {
    const pvcRef = { name: 'data', namespace: 'b' }
    expect(view([{ name: 'v', pvcRef, capacityBytes: 10, inodes: 2 }])).toEqual([
      { claim: 'b/data', capacityBytes: 10, inodes: 2 },
    ])
  })

  it.each([
    ['a volume without a claim', { name: 'v', capacityBytes: 10, inodes: 2 }],
    ['a claim without a size', { name: 'v', pvcRef: { name: 'data' } }],
    ['a claim without a name', { name: 'v', pvcRef: 7, capacityBytes: 10, inodes: 2 }],
  ])('leave out %s', (_, volume) => expect(view([volume])).toBeUndefined())
})
