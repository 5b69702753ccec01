import type { Event } from '../../kubernetes/event.ts'
import type { KubeletConfiguration } from '../../kubernetes/kubelet-configuration.ts'
import type { Node } from '../../kubernetes/node.ts'
import type { Pod } from '../../kubernetes/pod.ts'
import type { Summary } from '../../kubernetes/summary.ts'
import type { FilesystemReading } from '../../observe/observation.ts'
import type { Instant } from '../../units/instant.ts'

/** What was recorded of the cluster and its node at one instant. */
export interface RecordedSnapshot {
  at: Instant
  nodes: readonly Node[]
  pods: readonly Pod[]
  events: readonly Event[]
  summary: Summary
  configuration: KubeletConfiguration
  imageNames: Readonly<Record<string, readonly string[]>>
}

/**
 * What was done to a node and how its disk went: all that a simulation may know of a recording. What the
 * kubelet logged is not part of it, but for its start, its flags and its version.
 */
export interface RecordedRun {
  nodeName: string
  /** Oldest first, at least one. */
  readings: readonly FilesystemReading[]
  /** Oldest first, at least one. */
  snapshots: readonly RecordedSnapshot[]
  /** What was done to the node, oldest first. */
  actions: readonly { at: Instant; action: string }[]
  /** When the kubelet started, each time; at least once. */
  starts: readonly Instant[]
  kubeletVersion: string
  /** What the kubelet's flags say its sandbox image is. */
  sandboxImage?: string | undefined
}
