import { trimAfterDeath } from '../../../../core/kubelet/container-gc/trim-after-death.ts'
import { DEFAULT_CONTAINER_GC_POLICY } from '../../../../core/kubelet/container-gc/container-gc-policy.ts'
import type { LogRotationSettings } from '../../../../core/kubelet/log-rotation/rotation-settings.ts'
import type { Instant } from '../../../../core/units/instant.ts'
import type { Agenda } from '../agenda.ts'
import type { Chance } from '../chance.ts'
import type { ContainerSpec } from '../objects.ts'
import { inodesAt, bytesAt, type Disk, type DiskPart } from './disk.ts'
import { rotateWhenDue } from './log-rotation.ts'
import type { ContainerOnNode, NodeState, PodOnNode } from './node-state.ts'
import type { Image } from './image-store.ts'
import { writingsOf, type Writing } from './writing.ts'

/** The container runtime of a node, and what its containers write. */
export interface ContainerLife {
  start(pod: PodOnNode, container: ContainerSpec, image: Image): ContainerOnNode
  /** Ends a container: it writes no more, and stays until it is removed. */
  end(container: ContainerOnNode, exitCode: number): void
  /** Removes one that has ended, with its log. */
  remove(pod: PodOnNode, container: ContainerOnNode): void
  /** Removes what the kubelet removes right after a death (semantics §2.4). */
  trim(pod: PodOnNode, diedName: string, isPodOver: boolean): void
}

/** What it works with. */
export interface LifeParts {
  node: NodeState
  agenda: Agenda
  chance: Chance
  rotation: LogRotationSettings
  startedAt: Instant
  change(what: () => void): void
  onRotationFailure(container: ContainerOnNode, error: string): void
}

/** A new layer, and a new log, take a few blocks and inodes. */
const EMPTY = { layerBytes: 8192, logBytes: 4096, layerInodes: 5, logInodes: 2 }

/** Runs containers by what their pods say that they write. */
export function createContainerLife(parts: LifeParts): ContainerLife {
  const { node, agenda, chance, change } = parts
  /** What calls off what a running container is still to write. */
  const stops = new Map<string, (() => void)[]>()

  function write(pod: PodOnNode, container: ContainerOnNode, writing: Writing): void {
    const target = targetOf(node, pod, container, writing.to)
    if (!target) return
    const [disk, part] = target
    const calls = stops.get(container.id) ?? []
    stops.set(container.id, calls)
    const later = (seconds: number, what: () => void) =>
      calls.push(agenda.after(seconds * 1000, () => change(what)))
    const grow = (sign: 1 | -1) =>
      disk.grow(part, agenda.now(), {
        bytesPerSecond: Math.max(0, part.bytesPerSecond + sign * (writing.bytesPerSecond ?? 0)),
        inodesPerSecond: Math.max(0, part.inodesPerSecond + sign * (writing.inodesPerSecond ?? 0)),
      })
    const burst = () => {
      disk.resize(part, agenda.now(), writing.bytes ?? 0, writing.inodes ?? 0)
      if (writing.everySeconds !== undefined) later(writing.everySeconds, burst)
    }
    const begin = () => {
      burst()
      grow(1)
      calls.push(() => change(() => grow(-1)))
      if (writing.forSeconds !== undefined) later(writing.forSeconds, () => grow(-1))
    }
    if (writing.afterSeconds === undefined) begin()
    else later(writing.afterSeconds, begin)
  }

  const life: ContainerLife = {
    start(pod, { name, image: reference }, image) {
      const now = agenda.now()
      const container: ContainerOnNode = {
        id: chance.hex(64),
        name,
        image: reference,
        imageId: image.id,
        createdAt: now,
        startedAt: now,
        isRunning: true,
        finishedAt: 0,
        exitCode: 0,
        layer: node.imageDisk.add(now, EMPTY.layerBytes, EMPTY.layerInodes),
        log: node.disk.add(now, EMPTY.logBytes, EMPTY.logInodes),
        rotated: [],
      }
      pod.containers.push(container)
      const isFirst = pod.object.spec.containers[0]?.name === name
      const own = writingsOf(pod.object).filter(({ container: of }) =>
        of === undefined ? isFirst : of === name,
      )
      for (const writing of own) write(pod, container, writing)
      if (own.some(({ to }) => to === 'log')) {
        const rotation = rotateWhenDue(container, {
          node,
          agenda,
          settings: parts.rotation,
          startedAt: parts.startedAt,
          change,
          onFailure: parts.onRotationFailure,
        })
        stops.get(container.id)?.push(rotation)
      }
      return container
    },
    end(container, exitCode) {
      if (!container.isRunning) return
      container.isRunning = false
      container.exitCode = exitCode
      container.finishedAt = agenda.now()
      for (const stop of stops.get(container.id) ?? []) stop()
      stops.delete(container.id)
    },
    remove(pod, container) {
      const now = agenda.now()
      node.imageDisk.remove(container.layer, now)
      node.disk.remove(container.log, now)
      pod.containers = pod.containers.filter((one) => one !== container)
    },
    trim(pod, name, isPodOver) {
      const listed = pod.containers.map((container) => ({
        id: container.id,
        podUid: pod.uid,
        name: container.name,
        state: container.isRunning ? ('RUNNING' as const) : ('EXITED' as const),
        createdAt: container.createdAt,
        container,
      }))
      const { requested } = trimAfterDeath(listed, { name, isPodOver }, DEFAULT_CONTAINER_GC_POLICY)
      for (const { container } of requested) life.remove(pod, container)
    },
  }
  return life
}

/** On which disk something is written, and what grows there. */
function targetOf(
  node: NodeState,
  pod: PodOnNode,
  { layer, log }: ContainerOnNode,
  to: string,
): [Disk, DiskPart] | undefined {
  if (to === 'layer') return [node.imageDisk, layer]
  if (to === 'log') return [node.disk, log]
  const volume = pod.volumes.get(to)
  return volume && [node.disk, volume]
}

/** What something has on disk, as the summary shows it. */
export function usedOf(part: DiskPart, at: Instant): { usedBytes: number; inodesUsed: number } {
  return { usedBytes: bytesAt(part, at), inodesUsed: inodesAt(part, at) }
}
