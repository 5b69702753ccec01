import type { FoldedFact } from '../explain/facts/fact.ts'
import type { KubeletConfiguration } from '../kubernetes/kubelet-configuration.ts'
import type { PersistentVolume } from '../kubernetes/persistent-volume.ts'
import type { Pod } from '../kubernetes/pod.ts'
import type { Instant } from '../units/instant.ts'
import type { FilesystemReading, ObservedImage, Part, SummaryView } from './observation.ts'

/** All that a patrol knows of a Node by now: this round's observation and what it remembers. */
export interface NodeView {
  name: string
  observedAt: Instant
  kubeletVersion?: string
  containerRuntimeVersion?: string
  kubeletConfiguration?: Part<KubeletConfiguration>
  images?: Part<readonly ObservedImage[]>
  /** The latest summaries, oldest first. */
  summaries: readonly Part<SummaryView>[]
  /** The pods of this node. */
  pods?: Part<readonly Pod[]>
  persistentVolumes?: Part<readonly PersistentVolume[]>
  imageNames: Readonly<Record<string, readonly string[]>>
  /** Readings of the kubelet's filesystem, oldest first. */
  readings: readonly FilesystemReading[]
  facts: readonly FoldedFact[]
}

/** The volumes on the node's own disk that no statistic of the kubelet counts (semantics §7.2). */
export interface UncountedVolume {
  /** `PersistentVolume pv-es-0`, or the hostPath of a pod. */
  name: string
  path: string
  /** `namespace/claim`; absent for a hostPath and for an unclaimed volume. */
  claim?: string
  /** `namespace/name` of the pods that use it. */
  pods: readonly string[]
}

/** The local PersistentVolumes that can only be on this node, with who uses them. */
export function uncountedVolumes({ name, pods, persistentVolumes }: NodeView): UncountedVolume[] {
  return (persistentVolumes?.value ?? []).flatMap((volume) => {
    const path = volume.spec.local?.path ?? volume.spec.hostPath?.path
    if (path === undefined || !mayBeOn(volume, name)) return []
    const claim = volume.spec.claimRef
    const users = claim === undefined ? [] : (pods?.value ?? []).filter((pod) => uses(pod, claim))
    return {
      name: volume.metadata.name,
      path,
      ...(claim === undefined ? {} : { claim: `${claim.namespace}/${claim.name}` }),
      pods: users.map(podName),
    }
  })
}

/** `namespace/name` of a pod. */
export function podName({ metadata }: Pod): string {
  return `${metadata.namespace ?? 'default'}/${metadata.name}`
}

/** `namespace/claim` of every claim a pod names. */
export function claimsOf(pod: Pod): string[] {
  return pod.spec.volumes.flatMap(({ persistentVolumeClaim }) =>
    persistentVolumeClaim === undefined
      ? []
      : `${pod.metadata.namespace ?? 'default'}/${persistentVolumeClaim.claimName}`,
  )
}

function mayBeOn(volume: PersistentVolume, nodeName: string): boolean {
  const terms = volume.spec.nodeAffinity?.required?.nodeSelectorTerms ?? []
  const hosts = terms.flatMap(({ matchExpressions }) =>
    matchExpressions.filter(({ key, operator }) => key === 'kubernetes.io/hostname' && operator === 'In'),
  )
  return hosts.length === 0 || hosts.some(({ values }) => values.includes(nodeName))
}

function uses(pod: Pod, claim: { namespace: string; name: string }): boolean {
  return claimsOf(pod).includes(`${claim.namespace}/${claim.name}`)
}
