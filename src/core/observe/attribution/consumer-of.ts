import { isWithin, shownPath, type BytePath } from '../host/byte-path.ts'
import type { ConsumerKind } from './disk-attribution.ts'

/** Whose the bytes of a directory are. */
export interface Owner {
  kind: ConsumerKind
  name?: string
  pod?: string
}

/** What is known of a filesystem before it is walked; all paths are within that filesystem, and absent where it has none. */
export interface KnownPlaces {
  kubeletRoot?: BytePath
  runtimeRoot?: BytePath
  log?: BytePath
  /** Names of pods (`namespace/name`) by uid, of all that the runtime has a sandbox of; undefined where it did not say. */
  pods: ReadonlyMap<string, string> | undefined
  /** Directories of local volumes. */
  localVolumes: readonly { path: BytePath; name: string; pod?: string }[]
  /** Directories that containers write to. */
  writableLayers: ReadonlyMap<BytePath, { name: string; pod?: string }>
  /** What the runtime keeps by its own metadata; absent where that could not be read. */
  stored?: StoredPlaces
}

/** Whose the things are that a runtime keeps; all paths are within the filesystem. */
export interface StoredPlaces {
  snapshots: ReadonlyMap<BytePath, Owner>
  /** Snapshots that came later have higher numbers than this, by the directory that they are in. */
  lastSnapshots: ReadonlyMap<BytePath, number>
  /** Blocks of files, which a walk does not tell apart. */
  content: readonly { owner: Owner; bytes: number }[]
}

/** Whose the directories of a filesystem are, by where they lie. A directory belongs to the owner of the innermost place. */
export function ownerOf(places: KnownPlaces): (path: BytePath) => Owner {
  const { kubeletRoot, runtimeRoot, log, localVolumes } = places
  const rooms: [BytePath | undefined, (parts: readonly string[]) => Owner][] = [
    [log, logOwner],
    [runtimeRoot, (parts) => runtimeOwner(places, parts)],
    [kubeletRoot, (parts) => kubeletOwner(places, parts)],
  ]
  return (path) => {
    const volume = localVolumes.find((local) => isWithin(path, local.path))
    if (volume) return owner('local-volumes', volume.name, volume.pod)
    for (const [room, of] of rooms) {
      if (room !== undefined && isWithin(path, room)) {
        return of(
          path
            .slice(room === '/' ? 1 : room.length + 1)
            .split('/')
            .filter(Boolean),
        )
      }
    }
    return owner('other-files', `/${shownPath(path.split('/')[1] ?? '')}`)
  }
}

/** How deep below the filesystem's root a walk has to tell directories apart. */
export function depthToTell({ kubeletRoot, runtimeRoot, log, localVolumes }: KnownPlaces): number {
  const depth = (path: BytePath | undefined, more: number) =>
    path === undefined ? 0 : path.split('/').filter(Boolean).length + more
  return Math.max(
    1,
    depth(kubeletRoot, 5),
    depth(runtimeRoot, 3),
    depth(log, 3),
    ...localVolumes.map(({ path }) => depth(path, 0)),
  )
}

/** The directory of a container's logs, by its path below the directory of logs (semantics §5.1). */
const OF_CONTAINER = 3

function logOwner(parts: readonly string[]): Owner {
  const [first, pod = '', container] = parts
  if (first === 'journal') return { kind: 'journal' }
  if (first !== 'pods') return { kind: 'system-logs' }
  const [, namespace, name] = /^([^_]+)_([^_]+)_[^_]+$/.exec(pod) ?? []
  const known = namespace === undefined ? undefined : `${namespace}/${name}`
  return owner(
    'container-logs',
    parts.length >= OF_CONTAINER ? container : undefined,
    known ?? (pod || undefined),
  )
}

function kubeletOwner({ pods }: KnownPlaces, [first, uid, room, plugin, volume]: readonly string[]): Owner {
  if (first !== 'pods' || uid === undefined) return { kind: 'kubelet' }
  const pod = pods?.get(uid) ?? uid
  if (pods && !pods.has(uid)) return owner('orphaned-pods', undefined, uid)
  if (room !== 'volumes' || volume === undefined) return owner('pod-directories', undefined, pod)
  return owner(plugin === 'kubernetes.io~empty-dir' ? 'empty-dirs' : 'other-volumes', volume, pod)
}

/** What containerd keeps where, and CRI-O and docker in their own directories. */
function runtimeOwner(places: KnownPlaces, [first = '', second = '', third]: readonly string[]): Owner {
  if (first.startsWith('io.containerd.snapshotter.v1.') && second === 'snapshots' && third !== undefined)
    return snapshotOwner(places, `${places.runtimeRoot}/${first}/${second}`, third)
  if (first === 'io.containerd.content.v1.content') {
    return { kind: second === 'ingest' ? 'runtime-leftovers' : 'image-content' }
  }
  return { kind: first === 'tmpmounts' ? 'runtime-leftovers' : 'runtime' }
}

function snapshotOwner({ writableLayers, stored }: KnownPlaces, directory: BytePath, name: BytePath): Owner {
  const layer = writableLayers.get(`${directory}/${name}`)
  if (layer) return owner('writable-layers', layer.name, layer.pod)
  const known = stored?.snapshots.get(`${directory}/${name}`)
  if (known) return known
  const last = stored?.lastSnapshots.get(directory)
  const isLeft = last !== undefined && Number(name) <= last
  return isLeft ? { kind: 'runtime-leftovers' } : owner('image-layers', name)
}

function owner(kind: ConsumerKind, name?: BytePath, pod?: BytePath): Owner {
  return {
    kind,
    ...(name === undefined ? {} : { name: shownPath(name) }),
    ...(pod === undefined ? {} : { pod: shownPath(pod) }),
  }
}
