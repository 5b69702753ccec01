import { forVersion, isAtLeast, type KubeletVersion, type Since } from '../kubelet-version.ts'

/** What differs between versions in image garbage collection. */
export interface ImageGcRules {
  /** Whether images found by the first periodic detection count as old as time itself (semantics §1.2). */
  firstDetectionIsZero: boolean
  /** Whether the image that the kubelet's sandbox-image flag names counts as in use (semantics §1.3). */
  sandboxFlagProtects: boolean
  /** Whether an image that the runtime has pinned is left alone (semantics §1.5). */
  honoursPinned: boolean
  /** Whether images mounted as volumes count as in use by default: before 1.35 that takes a gate (semantics §1.3). */
  imageVolumesCount: boolean
  /** Whether images older than a maximum age are deleted (semantics §1.7). */
  maximumAge: 'none' | 'from-the-first-pass' | 'after-one-maximum-age'
  /** Whether detection precedes the look at the filesystem (semantics §1.4). */
  detectsFirst: boolean
  /** The text of a pass that freed too little (semantics §1.9). */
  shortfall: 'wanted-freed' | 'attempted-eligible' | 'insufficient-space'
}

const FIRST_DETECTION_IS_ZERO: [Since<boolean>, Since<boolean>] = [
  { since: 0, value: true },
  { since: 29, value: false },
]
const MAXIMUM_AGE: [Since<ImageGcRules['maximumAge']>, ...Since<ImageGcRules['maximumAge']>[]] = [
  { since: 0, value: 'none' },
  { since: 29, value: 'from-the-first-pass' },
  { since: 30, value: 'after-one-maximum-age' },
]
const SHORTFALL: [Since<ImageGcRules['shortfall']>, ...Since<ImageGcRules['shortfall']>[]] = [
  { since: 0, value: 'wanted-freed' },
  { since: 26, value: 'attempted-eligible' },
  { since: 35, value: 'insufficient-space' },
]
/** The first patch of each minor that copies the flag from the runtime; 1.23 and 1.24 never did (PR #119986 and its picks). */
const HONOURS_PINNED: Readonly<Record<number, number>> = { 25: 14, 26: 9, 27: 6, 28: 1 }

/** The rules of a version (semantics §1, versions 1.14–1.36). */
export function imageGcRules(version: KubeletVersion): ImageGcRules {
  const beforePinning = forVersion(FIRST_DETECTION_IS_ZERO, version)
  const firstPatch = HONOURS_PINNED[version.minor]
  return {
    firstDetectionIsZero: beforePinning,
    sandboxFlagProtects: beforePinning,
    honoursPinned: isAtLeast(version, 29) || (firstPatch !== undefined && version.patch >= firstPatch),
    imageVolumesCount: isAtLeast(version, 35),
    maximumAge: forVersion(MAXIMUM_AGE, version),
    detectsFirst: !beforePinning,
    shortfall: forVersion(SHORTFALL, version),
  }
}

/** What may speak for an image being in use. */
export type ImageUse =
  | 'running-container'
  | 'exited-container'
  | 'sandbox-image-flag'
  | 'running-sandbox'
  | 'mounted-image-volume'
  | 'pod-without-container'

/**
 * Whether the kubelet takes an image for in use (semantics §1.3): for a container of any state, exited ones
 * included; never because a sandbox runs from it, so that running pods do not protect the pause image, nor
 * for a pod whose container is not made yet.
 */
export function countsAsInUse(use: ImageUse, rules: ImageGcRules): boolean {
  switch (use) {
    case 'running-container':
    case 'exited-container':
      return true
    case 'sandbox-image-flag':
      return rules.sandboxFlagProtects
    case 'mounted-image-volume':
      return rules.imageVolumesCount
    case 'running-sandbox':
    case 'pod-without-container':
      return false
  }
}
