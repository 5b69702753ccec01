import type { Instant } from '../../../../core/units/instant.ts'
import type { Agenda } from '../agenda.ts'
import { toSeconds } from '../kubernetes-time.ts'
import type { LabObjects } from '../lab-objects.ts'
import type { ClaimObject, VolumeObject, VolumeSpec } from '../objects.ts'
import type { KubeletLog } from './kubelet-log.ts'
import type { KubeletWords } from './kubelet-words.ts'
import type { NodeState, PodOnNode } from './node-state.ts'
import { isEmptyDir } from './node-world.ts'

/** The volumes of the pods of a node. */
export interface VolumeMounts {
  /** Whether all volumes of a pod are there; when they are not, it is tried again after a time. */
  mount(pod: PodOnNode, again: (waitMs: number) => void): boolean
  /** Gives up what a pod had mounted: emptyDirs are wiped, the data of claims stays. */
  unmount(pod: PodOnNode): void
}

/** What they work with. */
export interface MountParts {
  node: NodeState
  agenda: Agenda
  objects: LabObjects
  log: KubeletLog
  words: KubeletWords
  change(what: () => void): void
  podEvent(pod: PodOnNode, type: 'Normal' | 'Warning', reason: string, message: string): void
}

/** A failed mount is tried again after half a second, twice as long each time, two minutes at most (semantics §6.5). */
const FIRST_RETRY_MS = 500
const LONGEST_RETRY_MS = 122_000
/** The pod worker waits so long for its volumes. */
const WAIT_MS = 123_000

/** Mounts volumes as the kubelet does: the directory of a local volume has to be there, nobody makes it. */
export function createVolumeMounts(parts: MountParts): VolumeMounts {
  const { node, agenda, objects, log, words, change, podEvent } = parts
  const retries = new Map<string, { wait: number; since: Instant; toldAt: Instant }>()

  function problemOf(pod: PodOnNode, { persistentVolumeClaim }: VolumeSpec): Problem | undefined {
    if (!persistentVolumeClaim) return undefined
    const { claimName } = persistentVolumeClaim
    const claim = objects.get<ClaimObject>('persistentvolumeclaims', pod.namespace, claimName)
    const error = (why: string): Problem => ({
      kind: 'claim',
      why: `error processing PVC ${pod.namespace}/${claimName}: ${why}`,
    })
    if (!claim)
      return error(`failed to fetch PVC from API server: persistentvolumeclaim "${claimName}" not found`)
    if (claim.metadata.deletionTimestamp !== undefined) return error('PVC is being deleted')
    const volume = objects.get<VolumeObject>('persistentvolumes', undefined, claim.spec.volumeName ?? '')
    if (!volume) return error('PVC is not bound')
    const path = volume.spec.local?.path
    if (path === undefined || node.directories.has(path)) return undefined
    return { kind: 'path', volume: volume.metadata.name, path }
  }

  function fail(pod: PodOnNode, volume: VolumeSpec, problem: Problem): number {
    const now = agenda.now()
    const known = retries.get(pod.uid) ?? { wait: FIRST_RETRY_MS / 2, since: now, toldAt: now }
    const wait = Math.min(known.wait * 2, LONGEST_RETRY_MS)
    const all = (pod.object.spec.volumes ?? []).map(({ name }) => name).join(' ')
    const unmounted = `unmounted volumes=[${volume.name}], unattached volumes=[${all}]`
    let { toldAt } = known
    if (problem.kind === 'path') {
      const why = `MountVolume.NewMounter initialization failed for volume "${problem.volume}" : path "${problem.path}" does not exist`
      podEvent(pod, 'Warning', 'FailedMount', why)
      const retry = `${Number((wait / 1000).toPrecision(4))}s`
      log.write(
        now,
        words.mountFailed(
          pod,
          problem.volume,
          `${why.replace(' : ', ` (UniqueName: "kubernetes.io/local-volume/${problem.volume}") pod "${pod.name}" (UID: "${pod.uid}") : `)}`,
          retry,
          toSeconds(now + wait),
        ),
      )
    }
    if (problem.kind === 'claim' || now - toldAt >= WAIT_MS) {
      const why = problem.kind === 'claim' ? problem.why : 'timed out waiting for the condition'
      toldAt = now
      podEvent(pod, 'Warning', 'FailedMount', `Unable to attach or mount volumes: ${unmounted}: ${why}`)
      log.write(now, words.volumesNotMounted(pod, `${unmounted}: ${why}`))
    }
    retries.set(pod.uid, { wait, since: known.since, toldAt })
    return problem.kind === 'claim' ? Math.max(wait, 10_000) : wait
  }

  return {
    mount(pod, again) {
      for (const volume of pod.object.spec.volumes ?? []) {
        if (pod.volumes.has(volume.name)) continue
        const problem = problemOf(pod, volume)
        if (problem) {
          again(fail(pod, volume, problem))
          return false
        }
        mountOne(pod, volume)
      }
      retries.delete(pod.uid)
      return true
    },
    unmount(pod) {
      for (const [name, part] of pod.volumes) {
        if (isEmptyDir(pod.object, name)) node.disk.remove(part, agenda.now())
      }
      pod.volumes.clear()
      retries.delete(pod.uid)
    },
  }

  function mountOne(pod: PodOnNode, { name, emptyDir, persistentVolumeClaim, hostPath }: VolumeSpec): void {
    const now = agenda.now()
    if (emptyDir && emptyDir.medium !== 'Memory') {
      change(() => pod.volumes.set(name, node.disk.add(now, 4096, 1)))
      return
    }
    const claim =
      persistentVolumeClaim &&
      objects.get<ClaimObject>('persistentvolumeclaims', pod.namespace, persistentVolumeClaim.claimName)
    const volume =
      claim && objects.get<VolumeObject>('persistentvolumes', undefined, claim.spec.volumeName ?? '')
    const path = hostPath?.path ?? volume?.spec.local?.path
    if (path === undefined) return
    const directory = node.directories.get(path) ?? node.disk.add(now, 4096, 1)
    node.directories.set(path, directory)
    pod.volumes.set(name, directory)
  }
}

type Problem = { kind: 'claim'; why: string } | { kind: 'path'; volume: string; path: string }
