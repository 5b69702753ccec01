import type { NodeObservation, Observation, Part } from '../../../core/observe/observation.ts'
import { latestStart } from '../../../core/observe/kubelet-start.ts'
import type { ObservationSource } from '../../../core/observe/observation-source.ts'
import { summaryView } from '../../../core/observe/summary-view.ts'
import type { Instant } from '../../../core/units/instant.ts'
import { observedImages } from './image-list.ts'
import type { Recording } from './recording.ts'
import type { Snapshot } from './snapshot.ts'

/**
 * Plays a recording. A replay does not know the future: at an instant it sees the log lines and
 * readings up to it, the latest snapshot up to it, and an event from its first instant on.
 */
export function recordingSource(recording: Recording): ObservationSource {
  let before = Number.NEGATIVE_INFINITY
  const since = <T>(items: readonly T[], knownAt: (item: T) => Instant, at: Instant) =>
    items.filter((item) => knownAt(item) > before && knownAt(item) <= at)
  return {
    async observe(at) {
      const snapshot = recording.snapshots.findLast((candidate) => candidate.at <= at)
      const node: NodeObservation = {
        name: recording.nodeName,
        ...(snapshot ? snapshotView(snapshot, recording.nodeName) : {}),
        ...(recording.sandboxImage === undefined ? {} : { sandboxImage: recording.sandboxImage }),
        ...latestStart(...recording.kubeletStarts.filter((start) => start <= at)),
        imageNames: namesUpTo(recording, at, snapshot),
        nodefs: since(recording.readings, (reading) => reading.at, at),
        facts: since(recording.facts, ({ knownAt }) => knownAt, at).map(({ fact }) => fact),
      }
      before = at
      return { observedAt: at, cluster: snapshot ? clusterView(snapshot) : {}, nodes: [node] }
    },
  }
}

function clusterView(snapshot: Snapshot): Observation['cluster'] {
  const part = partOf(snapshot)
  return {
    pods: part(snapshot.pods, 'pods'),
    persistentVolumes: part(snapshot.persistentVolumes, 'persistentvolumes'),
    persistentVolumeClaims: part(snapshot.persistentVolumeClaims, 'persistentvolumeclaims'),
    // A recording has nodes, pods, claims, volumes, sets and events; storage classes only where someone added them.
    ...(snapshot.storageClasses.length > 0
      ? { storageClasses: part(snapshot.storageClasses, 'storageclasses') }
      : {}),
    nodes: part(snapshot.nodes, 'nodes'),
  }
}

function snapshotView(snapshot: Snapshot, nodeName: string): Partial<NodeObservation> {
  const part = partOf(snapshot)
  const node = snapshot.nodes.find(({ metadata }) => metadata.name === nodeName)
  const info = node?.status.nodeInfo
  return {
    kubeletConfiguration: part(snapshot.configuration, 'configz'),
    summary: part(summaryView(snapshot.summary), 'stats/summary'),
    ...(node ? { images: part(observedImages(node, snapshot.imageNames), 'Node.status.images') } : {}),
    ...(info?.kubeletVersion === undefined ? {} : { kubeletVersion: info.kubeletVersion }),
    ...(info?.containerRuntimeVersion === undefined
      ? {}
      : { containerRuntimeVersion: info.containerRuntimeVersion }),
  }
}

function namesUpTo(
  recording: Recording,
  at: Instant,
  snapshot: Snapshot | undefined,
): Record<string, readonly string[]> {
  const fromLog = recording.imageNames
    .filter(({ knownAt }) => knownAt <= at)
    .map(({ id, names }) => [id, names] as const)
  return { ...Object.fromEntries(fromLog), ...snapshot?.imageNames }
}

function partOf({ at }: Snapshot) {
  return <T>(value: T, source: string): Part<T> => ({ value, source, observedAt: at })
}
