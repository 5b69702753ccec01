/** What kinds of things hold bytes of a filesystem. */
export const CONSUMER_KINDS = [
  /** Unpacked layers of images, each counted once however many images share it. */
  'image-layers',
  /** Content of images as it was pulled, mostly compressed. */
  'image-content',
  'writable-layers',
  'container-logs',
  'rotated-container-logs',
  'empty-dirs',
  'local-volumes',
  'other-volumes',
  /** Directories of pods, without their volumes. */
  'pod-directories',
  /** Directories of pods that the runtime has no sandbox of: gone, or not started yet. */
  'orphaned-pods',
  'kubelet',
  'runtime',
  /** What a runtime began and did not finish. */
  'runtime-leftovers',
  'journal',
  'system-logs',
  /** Files that have no name any more, but that processes hold open. */
  'deleted-open-files',
  /** Everything else that a walk found. */
  'other-files',
  /** What no walk found: the filesystem's own, and what changed meanwhile. */
  'remainder',
  /** The smaller ones of a kind together. */
  'others',
] as const
export type ConsumerKind = (typeof CONSUMER_KINDS)[number]

/** What kinds have in common, for an eye that looks at all of a disk. */
export const CONSUMER_GROUPS = ['images', 'pods', 'volumes', 'left', 'system', 'unknown'] as const
export type ConsumerGroup = (typeof CONSUMER_GROUPS)[number]

/** The group of each kind. */
export const GROUP_OF: Readonly<Record<ConsumerKind, ConsumerGroup>> = {
  'image-layers': 'images',
  'image-content': 'images',
  'writable-layers': 'pods',
  'container-logs': 'pods',
  'rotated-container-logs': 'pods',
  'empty-dirs': 'pods',
  'pod-directories': 'pods',
  'local-volumes': 'volumes',
  'other-volumes': 'volumes',
  'orphaned-pods': 'left',
  'runtime-leftovers': 'left',
  'deleted-open-files': 'left',
  kubelet: 'system',
  runtime: 'system',
  journal: 'system',
  'system-logs': 'system',
  'other-files': 'system',
  remainder: 'unknown',
  others: 'unknown',
}

/** Something that holds bytes. What it is made of adds up to its own bytes. */
export interface DiskConsumer {
  kind: ConsumerKind
  /** Of what exactly: a directory, a volume, a container; fit to be shown. */
  name?: string
  /** `namespace/name`, or the uid of one that nobody knows the name of. */
  pod?: string
  /** Blocks on the disk. Negative only for a remainder: more was found than the filesystem says is in use. */
  bytes: number
  /** How many the smaller ones are that are put together here. */
  count?: number
  consumers?: readonly DiskConsumer[]
}

/** Where the bytes of a filesystem are. `usedBytes` is the sum of its consumers; capacity that of used, reserved and available bytes. */
export interface DiskAttribution {
  mountPoint: string
  capacityBytes: number
  usedBytes: number
  /** Free, but kept for root. */
  reservedBytes: number
  availableBytes: number
  /** The largest first, the remainder last. */
  consumers: readonly DiskConsumer[]
}
