import { isWithin, type BytePath } from '../host/byte-path.ts'
import { isLocal, mayNeverAnswer, mountOf, pathWithin, type Mount } from '../host/mountinfo.ts'
import type { ObservedContainer, ObservedSandbox } from '../runtime-things.ts'
import type { KnownPlaces, StoredPlaces } from './consumer-of.ts'
import type { RuntimeStore } from './runtime-store.ts'
import { storeOwners } from './store-owners.ts'

/** What of a node tells whose its directories are; paths of the host. */
export interface NodePlaces {
  kubeletRoot: BytePath
  /** Absent where the runtime does not say. */
  runtimeRoot?: BytePath
  /** `/var/log`, where the kubelet keeps the logs of containers (semantics §5.1). */
  log: BytePath
  mounts: readonly Mount[]
  /** Absent where the runtime did not say. */
  containers?: readonly ObservedContainer[]
  sandboxes?: readonly ObservedSandbox[]
  /** What the runtime keeps by its own metadata; absent where that could not be read. */
  store?: RuntimeStore
}

/** A filesystem that is to be walked. */
export interface WalkedFilesystem {
  /** Where as much of it as can be is mounted. */
  mount: Mount
  places: KnownPlaces
  /** Where it is mounted again below that: what is there is found elsewhere. */
  passOver: readonly BytePath[]
  /** Where filesystems are mounted in it that may never answer, not even what they are. */
  neverAsked: readonly BytePath[]
}

/** The local filesystems on disks that hold what the kubelet, the runtime and the logs use, each once. */
export function filesystemsToWalk(node: NodePlaces): WalkedFilesystem[] {
  const { kubeletRoot, runtimeRoot, log, mounts } = node
  const holding = [kubeletRoot, runtimeRoot, log].flatMap((place) => {
    const mount = place === undefined ? undefined : mountOf(place, mounts)
    return mount && isLocal(mount) && mount.type !== 'tmpfs' ? mount : []
  })
  return [...new Map(holding.map((mount) => [mount.device, mount])).values()].map((found) => {
    const same = mounts.filter(({ device }) => device === found.device)
    const mount = same.find(({ root }) => root === '/') ?? found
    const passOver = same
      // A directory that is mounted at its own place, to be shared, is no second time of it.
      .filter(({ mountPoint, root }) => pathWithin(mountPoint, mount) !== root)
      .map(({ mountPoint }) => mountPoint)
      .filter((point) => point !== mount.mountPoint && isWithin(point, mount.mountPoint))
    const neverAsked = mounts
      .filter((other) => mayNeverAnswer(other) && isWithin(other.mountPoint, mount.mountPoint))
      .map(({ mountPoint }) => mountPoint)
    return {
      mount,
      places: placesOn(node, mount.device),
      passOver: [...new Set(passOver)],
      neverAsked: [...new Set(neverAsked)],
    }
  })
}

function placesOn(node: NodePlaces, device: string): KnownPlaces {
  const { kubeletRoot, runtimeRoot, log, mounts, sandboxes } = node
  const within = (path: BytePath | undefined) => {
    const mount = path === undefined ? undefined : mountOf(path, mounts)
    return path !== undefined && mount?.device === device ? pathWithin(path, mount) : undefined
  }
  const [kubelet, runtime, logs] = [within(kubeletRoot), within(runtimeRoot), within(log)]
  return {
    ...(kubelet === undefined ? {} : { kubeletRoot: kubelet }),
    ...(runtime === undefined ? {} : { runtimeRoot: runtime }),
    ...(logs === undefined ? {} : { log: logs }),
    pods: sandboxes && new Map(sandboxes.map((sandbox) => [sandbox.uid, podOf(sandbox)])),
    localVolumes: localVolumes(node, device),
    writableLayers: writableLayers(node, within),
    ...(node.store && runtime !== undefined ? { stored: storedPlaces(node.store, node, runtime) } : {}),
  }
}

function storedPlaces(store: RuntimeStore, node: NodePlaces, runtime: BytePath): StoredPlaces {
  const owners = storeOwners(store, node)
  const at = (place: BytePath) => `${runtime === '/' ? '' : runtime}/${place}`
  const bytes = new Map([...store.things.values()].map((thing) => [thing.place, thing.bytes]))
  const content = [...owners].flatMap(([place, owner]) =>
    place.includes('/snapshots/')
      ? []
      : { owner, bytes: bytes.get(place) ?? store.strayContent.get(place) ?? 0 },
  )
  return {
    snapshots: new Map([...owners].map(([place, owner]) => [at(place), owner])),
    lastSnapshots: new Map([...store.lastSnapshots].map(([place, last]) => [at(place), last])),
    content,
  }
}

const LOCAL_VOLUME = /^\/pods\/([^/]+)\/volumes\/kubernetes\.io~local-volume\/([^/]+)$/

/** The kubelet mounts a local volume's directory into the directory of the pod (semantics §7.2). */
function localVolumes({ kubeletRoot, mounts, sandboxes }: NodePlaces, device: string) {
  return mounts.flatMap(({ device: of, root, mountPoint }) => {
    if (of !== device || root === '/' || !isWithin(mountPoint, kubeletRoot)) return []
    const [, uid, name] = LOCAL_VOLUME.exec(mountPoint.slice(kubeletRoot.length)) ?? []
    if (uid === undefined || name === undefined) return []
    const sandbox = sandboxes?.find((candidate) => candidate.uid === uid)
    return { path: root, name, pod: sandbox ? podOf(sandbox) : uid }
  })
}

const ROOTFS = /\/([0-9a-f]{64})\/rootfs$/

/** A container's root is an overlay, and what is written to it goes to `upperdir`, in a snapshot of its own. */
function writableLayers(
  { mounts, containers = [], sandboxes = [] }: NodePlaces,
  within: (path: BytePath) => BytePath | undefined,
): KnownPlaces['writableLayers'] {
  const layers = new Map<BytePath, { name: string; pod?: string }>()
  for (const { type, mountPoint, options } of mounts) {
    const [, id] = ROOTFS.exec(mountPoint) ?? []
    const upper = options.find((option) => option.startsWith('upperdir='))?.slice('upperdir='.length)
    const snapshot = upper?.endsWith('/fs') === true ? within(upper.slice(0, -'/fs'.length)) : undefined
    if (type !== 'overlay' || id === undefined || snapshot === undefined) continue
    const container = containers.find((candidate) => candidate.id === id)
    const sandbox = sandboxes.find((candidate) => candidate.id === (container?.sandboxId ?? id))
    const pod = sandbox ? { pod: podOf(sandbox) } : {}
    layers.set(snapshot, { name: container?.name ?? (sandbox ? 'sandbox' : id.slice(0, 12)), ...pod })
  }
  return layers
}

function podOf({ namespace, name }: ObservedSandbox): string {
  return `${namespace}/${name}`
}
