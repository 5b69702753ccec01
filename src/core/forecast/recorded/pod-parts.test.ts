import { describe, expect, it } from 'vitest'
import { rankForEviction } from '../../kubelet/eviction/ranking.ts'
import { Summary } from '../../kubernetes/summary.ts'
import { partsOf, usageOf, volumeBytesOf } from './pod-parts.ts'

/** A pod of the summary: its writable layer, logs and volumes in bytes, a volume with a claim among them. */
function stats(name: string, own: number, claimed: number) {
  const [pod] =
    Summary.parse({
      node: { nodeName: 'n' },
      pods: [
        {
          podRef: { name, namespace: 'log', uid: name },
          containers: [
            {
              name: 'c',
              rootfs: { usedBytes: own, inodesUsed: 2 },
              logs: { usedBytes: 10, inodesUsed: 1 },
            },
          ],
          volume: [
            { name: 'cache', usedBytes: 5, inodesUsed: 3 },
            {
              name: 'data',
              usedBytes: claimed,
              inodesUsed: 99,
              pvcRef: { name: 'data-es-0', namespace: 'log' },
            },
          ],
        },
      ],
    }).pods ?? []
  if (!pod) throw new Error('the summary has one pod')
  return pod
}

describe('what counts of a pod (semantics §3.5)', () => {
  it('never the bytes or inodes of a claim', () => {
    const parts = partsOf(stats('es-0', 20, 1e12))
    expect(usageOf(parts)).toEqual({
      writableBytes: 20,
      logBytes: 10,
      volumeBytes: 5,
      writableInodes: 2,
      logInodes: 1,
      volumeInodes: 3,
    })
    expect(volumeBytesOf(parts)).toBe(5)
  })

  it('so that a pod whose claim fills the disk is ranked by what it has beside it', () => {
    const pods = [stats('es-0', 20, 1e12), stats('web', 30, 0)].map((pod) => ({
      ...pod.podRef,
      usage: usageOf(partsOf(pod)),
    }))
    const ranked = rankForEviction(pods, 'nodefs.available', 'single')
    expect(ranked.map((group) => group.map(({ name }) => name))).toEqual([['web'], ['es-0']])
  })
})
