import type { PersistentVolumeClaim } from '../kubernetes/persistent-volume-claim.ts'
import type { PersistentVolume } from '../kubernetes/persistent-volume.ts'
import type { Quantities } from '../kubernetes/quantities.ts'
import { parseQuantity } from '../units/quantity.ts'
import { labelOf, matchesTerms, selects } from './labels.ts'
import { namespaceOf, type NodeFacts } from './node-facts.ts'

const HOSTNAME = 'kubernetes.io/hostname'

/**
 * The free volumes that a claim could be bound to on each node, those reserved for it first, then the smallest first.
 * Local volumes are looked up by their host: a cluster may have as many as it has nodes.
 */
export function bindableVolumes(
  claim: PersistentVolumeClaim,
  storageClass: string,
  volumes: Iterable<PersistentVolume>,
): (node: NodeFacts) => PersistentVolume[] {
  const byHost = new Map<string, PersistentVolume[]>()
  const anywhere: PersistentVolume[] = []
  for (const volume of volumes) {
    if (!isBindable(volume, claim, storageClass)) continue
    const hosts = hostsOf(volume)
    if (!hosts) anywhere.push(volume)
    for (const host of hosts ?? []) {
      const there = byHost.get(host)
      if (there) there.push(volume)
      else byHost.set(host, [volume])
    }
  }
  const rank = ({ spec }: PersistentVolume) => (spec.claimRef ? -1 : bytesOf(spec.capacity))
  return ({ labels }) =>
    [...(byHost.get(labelOf(labels, HOSTNAME) ?? '') ?? []), ...anywhere]
      .filter(({ spec }) => {
        const terms = spec.nodeAffinity?.required?.nodeSelectorTerms
        return !terms || matchesTerms(terms, labels)
      })
      .toSorted((a, b) => rank(a) - rank(b))
}

/** How many bytes a claim asks for. */
export function bytesAsked({ spec }: PersistentVolumeClaim): number {
  return bytesOf(spec.resources?.requests)
}

function isBindable(
  { metadata, spec, status }: PersistentVolume,
  claim: PersistentVolumeClaim,
  storageClass: string,
): boolean {
  const { claimRef } = spec
  const isReserved =
    claimRef?.name === claim.metadata.name &&
    claimRef.namespace === namespaceOf(claim) &&
    (!claimRef.uid || claimRef.uid === claim.metadata.uid)
  const isFree = !claimRef && (status?.phase ?? 'Available') === 'Available'
  const modes = spec.accessModes ?? []
  return (
    !metadata.deletionTimestamp &&
    (isReserved || isFree) &&
    (spec.storageClassName ?? '') === storageClass &&
    (spec.volumeMode ?? 'Filesystem') === (claim.spec.volumeMode ?? 'Filesystem') &&
    (claim.spec.accessModes ?? []).every((mode) => modes.includes(mode)) &&
    bytesOf(spec.capacity) >= bytesAsked(claim) &&
    (!claim.spec.selector || selects(claim.spec.selector, metadata.labels))
  )
}

/** The hosts of a volume that says no more than on which hosts it is. */
function hostsOf({ spec }: PersistentVolume): readonly string[] | undefined {
  const [term, ...more] = spec.nodeAffinity?.required?.nodeSelectorTerms ?? []
  const [only, ...others] = term?.matchExpressions ?? []
  if (!only || more.length + others.length + (term?.matchFields.length ?? 0) > 0) return undefined
  return only.key === HOSTNAME && only.operator === 'In' ? [...new Set(only.values)] : undefined
}

function bytesOf(quantities: Quantities): number {
  return parseQuantity(String(quantities?.['storage'] ?? '0')) ?? 0
}
