import { KubeletConfiguration } from '../kubernetes/kubelet-configuration.ts'
import { say } from '../messages/message.ts'
import type { NodeView } from '../observe/node-view.ts'
import { runDetector, type Detector } from './detector.ts'

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

/** The same node at half its space, with images and the kubelet's data on one disk, and what is set. */
export function configuredNode(configuration: object, more: Partial<NodeView> = {}): NodeView {
  const part = <T>(value: T) => ({ value, source: 'test', observedAt: 0 })
  return nodeView([500], {
    kubeletVersion: 'v1.30.2',
    containerRuntimeVersion: 'containerd://1.7.20',
    kubeletConfiguration: part(KubeletConfiguration.parse(configuration)),
    summaries: [part({ pods: [], isSingleFilesystem: true })],
    ...more,
  })
}

/** That images are on a disk of their own, for `configuredNode`. */
export const dedicatedImages: Partial<NodeView> = {
  summaries: [{ value: { pods: [], isSingleFilesystem: false }, source: 'test', observedAt: 0 }],
}

/** A node whose images are on a disk of their own, of 1,000 MB as well, and so many MB available on each. */
export function twoDisks(nodefs: number, imagefs: number): NodeView {
  return nodeView([nodefs], { ...dedicatedImages, imagefsReadings: nodeView([imagefs]).readings })
}

/** The hard thresholds of a kubelet 1.30 that is told none. */
export const DEFAULT_HARD = {
  'nodefs.available': '10%',
  'nodefs.inodesFree': '5%',
  'imagefs.available': '15%',
  'imagefs.inodesFree': '5%',
}

/** What a detector says of a node, in English. */
export function sentences(detector: Detector, view: NodeView): string[] {
  return runDetector(detector, view).map(({ message }) => say(message, 'en'))
}
