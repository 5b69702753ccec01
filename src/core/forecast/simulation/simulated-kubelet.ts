import {
  DEFAULT_CONTAINER_GC_POLICY,
  type ContainerGcPolicy,
} from '../../kubelet/container-gc/container-gc-policy.ts'
import type { ImageGcSettings } from '../../kubelet/image-gc/image-gc-pass.ts'
import { imageGcRules, type ImageGcRules } from '../../kubelet/image-gc/image-gc-rules.ts'
import { NO_IMAGES_KNOWN, type ImageManagerState } from '../../kubelet/image-gc/image-records.ts'
import { NO_PRESSURE_KNOWN, type EvictionManagerState } from '../../kubelet/eviction/eviction-pass.ts'
import type { FilesystemLayout } from '../../kubelet/eviction/layout.ts'
import {
  evictionThresholds,
  withContainerFilesystem,
  type EvictionSettings,
  type EvictionThreshold,
} from '../../kubelet/eviction/thresholds.ts'
import type { KubeletVersion } from '../../kubelet/kubelet-version.ts'
import { parseDuration, type Duration } from '../../units/duration.ts'
import type { Instant } from '../../units/instant.ts'
import type { Victim } from './action.ts'
import { NO_TIED_IMAGES, type TiedImages } from './tied-images.ts'
import { NO_EFFECTS, type Effects } from './world.ts'

/** A kubelet as a simulation needs it: its version and its settings, resolved. */
export interface SimulatedKubelet {
  version: KubeletVersion
  rules: ImageGcRules
  /** When it started its loops. */
  startedAt: Instant
  imageGc: ImageGcSettings
  containerGc: ContainerGcPolicy
  thresholds: readonly EvictionThreshold[]
  transitionPeriod: Duration
  maxPodGracePeriod: Duration
  hasLocalStorageIsolation: boolean
  /** What its flag says the sandbox image is; before 1.29 that one counts as in use (semantics §1.3). */
  sandboxImage?: string | undefined
  layout: FilesystemLayout
}

/** How often a loop runs (semantics §0.2). */
export const PERIOD = {
  containerGc: 60_000,
  imageGc: 300_000,
  detection: 300_000,
  eviction: 10_000,
} as const

/** How long a pass of the eviction manager takes that finds nothing to do: its ten seconds begin after it. */
export const IDLE_PASS_MS = 27

/** The fields of a KubeletConfiguration that a simulation reads. */
export interface SimulatedConfiguration extends EvictionSettings {
  imageGCHighThresholdPercent: number
  imageGCLowThresholdPercent: number
  imageMinimumGCAge: string
  imageMaximumGCAge?: string | undefined
  evictionPressureTransitionPeriod: string
  evictionMaxPodGracePeriod?: number | undefined
  localStorageCapacityIsolation?: boolean | undefined
}

/** The kubelet of a configuration (semantics §1.1, §3.2). */
export function simulatedKubelet(
  configuration: SimulatedConfiguration,
  {
    version,
    startedAt,
    layout,
    sandboxImage,
    containerGc = DEFAULT_CONTAINER_GC_POLICY,
  }: Pick<SimulatedKubelet, 'version' | 'startedAt' | 'layout' | 'sandboxImage'> &
    Partial<Pick<SimulatedKubelet, 'containerGc'>>,
): SimulatedKubelet {
  const thresholds = evictionThresholds(configuration, version)
  const transition = parseDuration(configuration.evictionPressureTransitionPeriod) ?? 0
  return {
    version,
    rules: imageGcRules(version),
    startedAt,
    layout,
    sandboxImage,
    containerGc,
    imageGc: {
      highThresholdPercent: configuration.imageGCHighThresholdPercent,
      lowThresholdPercent: configuration.imageGCLowThresholdPercent,
      // Zero in the file is replaced by the default (semantics §1.1).
      minimumAge: parseDuration(configuration.imageMinimumGCAge) || 120_000,
      maximumAge: parseDuration(configuration.imageMaximumGCAge ?? '0') ?? 0,
    },
    thresholds: withContainerFilesystem(thresholds, layout, version),
    transitionPeriod: transition || 300_000,
    maxPodGracePeriod: (configuration.evictionMaxPodGracePeriod ?? 0) * 1000,
    hasLocalStorageIsolation: configuration.localStorageCapacityIsolation ?? true,
  }
}

/** Where a simulation stands: it can be kept, and gone on with. */
export interface SimulationState {
  /** When each loop runs next. */
  next: Readonly<Record<keyof typeof PERIOD, Instant>>
  images: ImageManagerState
  eviction: EvictionManagerState
  hasDiskPressure: boolean
  /** The evicted pods whose end the eviction manager waits for, and how long at most. */
  cleaningUp: { uids: readonly string[]; until: Instant } | null
  /** Until when pods that were bound have been admitted or refused. */
  admittedUntil: Instant
  /** Images of which an undefined order has removed some, nobody knows which. */
  undecidedImages: ReadonlySet<string>
  /** Pods that tied when some of them were evicted, by UID; nobody knows which are left. */
  tiedPods: ReadonlyMap<string, Victim>
  /** What that leaves undefined of their images. */
  tiedImages: TiedImages
  effects: Effects
}

/** Of which nothing is left that an undefined order decides. */
export const NOTHING_UNDEFINED: Pick<SimulationState, 'undecidedImages' | 'tiedPods' | 'tiedImages'> = {
  undecidedImages: new Set(),
  tiedPods: new Map(),
  tiedImages: NO_TIED_IMAGES,
}

/** In which order the loops first run after a start: milliseconds that a real kubelet takes between them. */
const FIRST_RUN: Readonly<Record<keyof typeof PERIOD, Duration>> = {
  imageGc: 7,
  containerGc: 20,
  detection: 24,
  eviction: 41,
}

/** A kubelet that has just started: it knows nothing. */
export function justStarted(startedAt: Instant): SimulationState {
  return {
    next: {
      imageGc: startedAt + FIRST_RUN.imageGc,
      containerGc: startedAt + FIRST_RUN.containerGc,
      detection: startedAt + FIRST_RUN.detection,
      eviction: startedAt + FIRST_RUN.eviction,
    },
    images: NO_IMAGES_KNOWN,
    eviction: NO_PRESSURE_KNOWN,
    hasDiskPressure: false,
    cleaningUp: null,
    admittedUntil: startedAt,
    ...NOTHING_UNDEFINED,
    effects: NO_EFFECTS,
  }
}
