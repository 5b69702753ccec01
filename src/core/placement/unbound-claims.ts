import type { PersistentVolumeClaim } from '../kubernetes/persistent-volume-claim.ts'
import type { PersistentVolume } from '../kubernetes/persistent-volume.ts'
import type { StorageClass } from '../kubernetes/storage-class.ts'
import { message } from '../messages/message.ts'
import { bindableVolumes, bytesAsked } from './bindable-volumes.ts'
import type { PlacementIndex } from './index-cluster.ts'
import { labelOf } from './labels.ts'
import { against, allOf, always, type NodeCheck } from './node-check.ts'
import { namespaceOf, type NodeFacts } from './node-facts.ts'

/** A claim that waits for its first consumer, with its class where that is known. */
interface Waiting {
  claim: PersistentVolumeClaim
  storageClass: StorageClass
}

/**
 * Claims without a volume. One that waits for its first consumer is in nobody's way, except where its class makes no
 * volume and none that is free will do; any other ought to have been bound by now.
 */
export function checkUnboundClaims(
  claims: readonly PersistentVolumeClaim[],
  index: PlacementIndex,
): NodeCheck {
  const waiting: Waiting[] = []
  const checks = claims.map((claim) => {
    const name = nameOf(claim)
    const selectedNode = claim.metadata.annotations?.['volume.kubernetes.io/selected-node']
    const className = classOf(claim)
    const storageClass = index.storageClasses?.get(className)
    if (claim.spec.volumeName || className === '' || (index.storageClasses && !waits(storageClass)))
      return always(message('placement.refused.claim-unbound', { claim: name }))
    // Only a claim that waits is ever given a node.
    if (selectedNode !== undefined)
      return against(
        (node) => node.name !== selectedNode,
        message('placement.refused.claim-elsewhere', { claim: name, nodeName: selectedNode }),
      )
    if (!storageClass)
      return always(message('placement.unknown.binding-mode', { claim: name, storageClass: className }))
    waiting.push({ claim, storageClass })
    return undefined
  })
  return allOf([...checks.filter((check) => check !== undefined), checkWaiting(waiting, index)])
}

function waits(storageClass: StorageClass | undefined): boolean {
  return storageClass?.volumeBindingMode === 'WaitForFirstConsumer'
}

/** The smallest claims choose first, each the smallest free volume that will do. */
function checkWaiting(claims: readonly Waiting[], { volumes }: PlacementIndex): NodeCheck {
  if (claims.length === 0) return always()
  const smallestFirst = claims
    .map(({ claim, storageClass }) => ({
      claim: nameOf(claim),
      storageClass,
      candidatesOn: bindableVolumes(claim, classOf(claim), volumes?.values() ?? []),
      bytes: bytesAsked(claim),
    }))
    .toSorted((a, b) => a.bytes - b.bytes)
  return (node) => {
    const chosen = new Set<PersistentVolume>()
    return smallestFirst.flatMap(({ claim, storageClass, candidatesOn }) => {
      const volume = candidatesOn(node).find((candidate) => !chosen.has(candidate))
      if (volume) {
        chosen.add(volume)
        return []
      }
      const names = { claim, storageClass: storageClass.metadata.name }
      if (makesVolumes(storageClass))
        return isServed(node, storageClass) ? [] : [message('placement.refused.class-topology', names)]
      return [
        volumes
          ? message('placement.refused.no-volume-to-bind', names)
          : message('placement.unknown.claim', { claim }),
      ]
    })
  }
}

function makesVolumes({ provisioner }: StorageClass): boolean {
  return provisioner !== '' && provisioner !== 'kubernetes.io/no-provisioner'
}

function isServed({ labels }: NodeFacts, { allowedTopologies }: StorageClass): boolean {
  if (allowedTopologies.length === 0) return true
  return allowedTopologies.some(
    ({ matchLabelExpressions }) =>
      matchLabelExpressions.length > 0 &&
      matchLabelExpressions.every(({ key, values }) => {
        const value = labelOf(labels, key)
        return value !== undefined && values.includes(value)
      }),
  )
}

/** The annotation of old is heard first; no class at all is the empty one. */
function classOf({ metadata, spec }: PersistentVolumeClaim): string {
  return metadata.annotations?.['volume.beta.kubernetes.io/storage-class'] ?? spec.storageClassName ?? ''
}

function nameOf(claim: PersistentVolumeClaim): string {
  return `${namespaceOf(claim)}/${claim.metadata.name}`
}
