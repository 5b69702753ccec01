import type { Instant } from '../../units/instant.ts'
import type { ContainerGcPolicy } from './container-gc-policy.ts'
import { collectDeadContainers, type CollectedContainers, type ListedContainer } from './dead-containers.ts'
import type { CollectionMode } from './pod-gone.ts'
import { collectLogDirectories, collectLogLinks, type ContainerLogLink } from './pod-logs.ts'
import { collectSandboxes, type CollectedSandboxes, type ListedSandbox } from './sandboxes.ts'

/** A container with the sandbox it is in. */
export interface SandboxedContainer extends ListedContainer {
  sandboxId: string
}

/** What a pass finds. */
export interface ContainerGcInput {
  at: Instant
  containers: readonly SandboxedContainer[]
  sandboxes: readonly ListedSandbox[]
  /** The names under the root of pod logs. */
  logDirectories: readonly string[]
  logLinks: readonly ContainerLogLink[]
  areSourcesReady: boolean
  isPodGone: (podUid: string, mode: CollectionMode) => boolean
}

/** What a pass removes. */
export interface ContainerGcPass {
  containers: CollectedContainers<SandboxedContainer>
  sandboxes: CollectedSandboxes<ListedSandbox>
  logDirectories: readonly string[]
  logLinks: readonly string[]
}

/**
 * One pass of container garbage collection (semantics §2.2; for the eviction manager §2.6, with the same
 * limits, so that it spares the newest dead container of a pod that lives). Each step lists anew what is
 * left, so that a sandbox goes in the pass that removes its last container. Pod logs go by the periodic
 * notion of a pod that is gone in either mode.
 */
export function containerGcPass(
  { at, areSourcesReady, ...found }: ContainerGcInput,
  policy: ContainerGcPolicy,
  mode: CollectionMode,
): ContainerGcPass {
  const isPodGone = (podUid: string) => found.isPodGone(podUid, 'periodic') || found.isPodGone(podUid, mode)
  const containers = collectDeadContainers(found.containers, policy, { at, areSourcesReady, isPodGone })
  const removed = new Set(containers.removals.map(({ container }) => container.id))
  const left = found.containers.filter(({ id }) => !removed.has(id))
  return {
    containers,
    sandboxes: collectSandboxes(found.sandboxes, left, isPodGone),
    logDirectories: collectLogDirectories(
      found.logDirectories,
      (podUid) => found.isPodGone(podUid, 'periodic'),
      areSourcesReady,
    ),
    logLinks: collectLogLinks(found.logLinks, left),
  }
}
