import type { Event } from '../../../core/kubernetes/event.ts'
import { RESOURCE_NAMES, type ObjectOf, type ResourceName } from '../../../core/kubernetes/resources.ts'
import type { ClusterApi } from '../../../core/observe/cluster-api.ts'
import type { Gap } from '../../../core/observe/gap.ts'
import type { Observation, Part } from '../../../core/observe/observation.ts'
import type { WatchedObjects } from '../../../core/observe/watched-objects.ts'
import type { Instant } from '../../../core/units/instant.ts'

/** The objects of a cluster at an instant, and what could not be had of them. */
export interface ObjectsNow {
  cluster: Observation['cluster']
  events: readonly Event[]
  gaps: readonly Gap[]
}

/** Reads the objects of a cluster, again and again. */
export interface ClusterObjects {
  read(at: Instant): Promise<ObjectsNow>
  /** Lets go of what it holds. */
  stop(): void
}

/** One resource as it is known now; undefined where it is not. */
interface Known<N extends ResourceName> {
  objects?: readonly ObjectOf<N>[]
  observedAt: Instant
  unreadable: number
  gap?: Gap | undefined
}
type Look = <N extends ResourceName>(resource: N, at: Instant) => Promise<Known<N>>

/** Lists everything anew each time: for a single look. */
export function listedObjects(api: ClusterApi): ClusterObjects {
  const look: Look = async (resource, at) => {
    const { value, gap } = await api.list(resource)
    return value
      ? { objects: value.objects, observedAt: at, unreadable: value.unreadable }
      : { observedAt: at, unreadable: 0, gap }
  }
  return { read: (at) => readAll(look, 'list', at), stop: () => undefined }
}

/** Watches everything: each look costs next to nothing. The first one waits until everything was listed, or cannot be. */
export function watchedObjects(api: ClusterApi): ClusterObjects {
  const watches = new Map<ResourceName, WatchedObjects<unknown>>(
    RESOURCE_NAMES.map((resource) => [resource, api.watch(resource)]),
  )
  const look: Look = async <N extends ResourceName>(resource: N, at: Instant): Promise<Known<N>> => {
    const watch = watches.get(resource) as WatchedObjects<ObjectOf<N>>
    await settled(watch)
    const { phase, since, gap, unreadable } = watch.state()
    if (phase === 'syncing') return { observedAt: at, unreadable, gap }
    const observedAt = phase === 'live' ? at : since
    return { objects: watch.objects(), observedAt, unreadable, gap: phase === 'live' ? undefined : gap }
  }
  return {
    read: (at) => readAll(look, 'watch', at),
    stop: () => watches.forEach((watch) => watch.stop()),
  }
}

/** Waits until a watch has its first list, or knows why it has none. */
function settled(watch: WatchedObjects<unknown>): Promise<void> {
  const isSettled = () => watch.state().phase !== 'syncing' || watch.state().gap !== undefined
  if (isSettled()) return Promise.resolve()
  return new Promise((resolve) => {
    const end = watch.onChange(() => {
      if (!isSettled()) return
      end()
      resolve()
    })
  })
}

async function readAll(look: Look, source: string, at: Instant): Promise<ObjectsNow> {
  const gaps: Gap[] = []
  async function read<N extends ResourceName>(
    resource: N,
  ): Promise<Part<readonly ObjectOf<N>[]> | undefined> {
    const { objects, observedAt, unreadable, gap } = await look(resource, at)
    if (gap) gaps.push(gap)
    if (unreadable > 0) {
      gaps.push({ part: resource, why: 'garbled', detail: `${unreadable} of them are of an unknown shape` })
    }
    return objects && { value: objects, source, observedAt }
  }
  const [nodes, pods, claims, volumes, classes, attachments, sets, events] = await Promise.all([
    read('nodes'),
    read('pods'),
    read('persistentvolumeclaims'),
    read('persistentvolumes'),
    read('storageclasses'),
    read('volumeattachments'),
    read('statefulsets'),
    read('events'),
  ])
  return {
    cluster: {
      ...(nodes && { nodes }),
      ...(pods && { pods }),
      ...(claims && { persistentVolumeClaims: claims }),
      ...(volumes && { persistentVolumes: volumes }),
      ...(classes && { storageClasses: classes }),
      ...(attachments && { volumeAttachments: attachments }),
      ...(sets && { statefulSets: sets }),
    },
    events: events?.value ?? [],
    gaps,
  }
}
