import { forVersion, type KubeletVersion, type Since } from '../kubelet-version.ts'
import type { OrphanError } from './clean-up.ts'
import type { RemovalError } from './removal.ts'

/** The head of the line that reports the errors of a pass. */
type Shape = 'Orphaned' | 'orphaned' | 'similar-errors'

const SHAPE: [Since<Shape>, ...Since<Shape>[]] = [
  { since: 0, value: 'Orphaned' },
  { since: 20, value: 'orphaned' },
  { since: 21, value: 'similar-errors' },
]
/** Where the error stands in the sentence about the tree of volumes. */
const ERROR_STANDS: [Since<'inside' | 'at-the-end'>, Since<'inside' | 'at-the-end'>] = [
  { since: 21, value: 'inside' },
  { since: 24, value: 'at-the-end' },
]

const ERROR_TEXT: Readonly<Record<RemovalError, string>> = {
  busy: 'device or resource busy',
  'not-empty': 'directory not empty',
  'not-a-directory': 'not a directory',
  'is-a-mount-point': 'it is a mount point',
  'mount-unknown': 'its mount point check failed',
}

/**
 * The line in which the kubelet reports the errors of one pass (semantics §4.3): the first one, and how
 * many there were over all orphans; before 1.21 a directory that resists has a line of its own (semantics §8.2 #76). The error itself is the operating system's, worded here as on Linux.
 */
export function orphanErrorLine(
  { uid, directory }: { uid: string; directory: string },
  first: OrphanError,
  total: number,
  version: KubeletVersion,
): string {
  const shape = forVersion(SHAPE, version)
  const found = (orphaned: string) =>
    `${orphaned} pod "${uid}" found, but ${reasonOf(first, directory, version)}`
  if (shape === 'similar-errors') {
    const error = JSON.stringify(found('orphaned'))
    return `"There were many similar errors. Turn up verbosity to see them." err=${error} numErrs=${total}`
  }
  if (first.says === 'remove-pod-directory') {
    return `Failed to remove orphaned pod "${uid}" dir; err: ${first.error ? ERROR_TEXT[first.error] : ''}`
  }
  return `${found(shape)} : There were a total of ${total} errors similar to this. Turn up verbosity to see them.`
}

function reasonOf({ says, path, error }: OrphanError, directory: string, version: KubeletVersion): string {
  const at = path === '' ? directory : `${directory}/${path}`
  const text = error === undefined ? '' : ERROR_TEXT[error]
  switch (says) {
    case 'volume-paths-present':
      return 'volume paths are still present on disk'
    case 'subpaths-present':
      return 'volume subpaths are still present on disk'
    case 'rmdir-volume':
      return `failed to rmdir() volume at path ${at}: ${text}`
    case 'rmdir-subpath':
      return `failed to rmdir() subpath at path ${at}: ${text}`
    case 'remove-volumes':
      return forVersion(ERROR_STANDS, version) === 'inside'
        ? `error ${text} occurred when trying to remove the volumes dir`
        : `error occurred when trying to remove the volumes dir: ${text}`
    case 'remove-subdirectory':
      return `error occurred when trying to remove subdir "${at}": ${text}`
    case 'remove-pod-directory':
      return `error occurred when trying to remove the pod directory: ${text}`
  }
}
