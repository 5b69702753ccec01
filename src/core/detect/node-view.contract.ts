import { KubeletConfiguration } from '../kubernetes/kubelet-configuration.ts'
import type { NodeView } from '../observe/node-view.ts'

/** A node of 1,000 MB with the kubelet's default thresholds, and so many bytes available second by second. */
export function nodeView(available: readonly number[], more: Partial<NodeView> = {}): NodeView {
  const part = <T>(value: T) => ({ value, source: 'test', observedAt: 0 })
  return {
    name: 'n1',
    observedAt: available.length * 1000,
    kubeletConfiguration: part(
      KubeletConfiguration.parse({
        evictionHard: { 'nodefs.available': '10%', 'imagefs.available': '15%', 'nodefs.inodesFree': '5%' },
      }),
    ),
    summaries: [],
    imageNames: {},
    facts: [],
    history: [],
    readings: available.map((megabytes, second) => ({
      at: second * 1000,
      capacityBytes: 1e9,
      availableBytes: megabytes * 1e6,
      usedBytes: 1e9 - megabytes * 1e6,
      inodes: 1000,
      inodesFree: 900,
    })),
    ...more,
  }
}
