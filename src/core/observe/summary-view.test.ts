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
