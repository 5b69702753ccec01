import type { HostFiles } from '../../adapters/observe/host/host-files.ts'
import { orphanedDirectories } from '../../adapters/observe/orphaned-directories/orphaned-directories.ts'
import type { Gap } from '../../core/observe/gap.ts'
import type { NodeObservation } from '../../core/observe/observation.ts'
import { readOnlyDisks } from '../../core/observe/read-only-disk.ts'
import type { Duration } from '../../core/units/duration.ts'
import type { Instant } from '../../core/units/instant.ts'
import type { KubeletPlaces } from './kubelet-settings.ts'
import type { RuntimeParts } from './runtime-parts.ts'
import type { walkNowAndThen } from './walk-now-and-then.ts'

/** By what a node's disks are looked at. */
export interface DiskLooks {
  host: HostFiles
  walk: ReturnType<typeof walkNowAndThen>
  nodeName: string
}

/** Where containers log, and the journal. */
const LOGS = '/var/log'
/** Looking for what holds a directory means to look at every open file of the node. */
const ORPHANS_EVERY: Duration = 60_000

/** What is on the disks of a node beside figures, whenever it is asked for: whose the bytes are, and what pods left behind. */
export function lookAtDisks(looks: DiskLooks) {
  let last: { at: Instant; orphans: ReturnType<typeof orphansOf> } | undefined
  return (parts: { runtime: RuntimeParts; places: KubeletPlaces; at: Instant }) => {
    const { runtime, places, at } = parts
    const { sandboxes } = runtime.parts
    if (sandboxes && (last === undefined || at < last.at || at - last.at >= ORPHANS_EVERY)) {
      const known = new Set(sandboxes.value.map(({ uid }) => uid))
      last = { at, orphans: orphansOf(looks.host, places.rootDirectory, known) }
    }
    return seenOnDisks(looks, parts, sandboxes && last)
  }
}

async function seenOnDisks(
  { host, walk, nodeName }: DiskLooks,
  { runtime, places, at }: { runtime: RuntimeParts; places: KubeletPlaces; at: Instant },
  looked: { at: Instant; orphans: ReturnType<typeof orphansOf> } | undefined,
): Promise<{ seen: Partial<NodeObservation>; gaps: readonly Gap[] }> {
  const { containers, sandboxes } = runtime.parts
  const kubeletRoot = places.rootDirectory
  const mounts = await host.mounts().catch(() => [])
  const orphans = await looked?.orphans
  const walked = await walk(
    {
      kubeletRoot,
      ...(runtime.rootDirectory === undefined ? {} : { runtimeRoot: runtime.rootDirectory }),
      log: LOGS,
      mounts,
      ...(containers && { containers: containers.value }),
      ...(sandboxes && { sandboxes: sandboxes.value }),
      ...(runtime.store && { store: runtime.store }),
    },
    nodeName,
    at,
  )
  return {
    seen: {
      ...walked.seen,
      ...(mounts.length > 0 && {
        readOnlyDisks: {
          value: readOnlyDisks({ kubelet: kubeletRoot, runtime: runtime.rootDirectory, logs: LOGS }, mounts),
          source: 'mountinfo',
          observedAt: at,
        },
      }),
      ...(orphans?.value && {
        orphanedDirectories: { value: orphans.value, source: 'directories', observedAt: looked?.at ?? at },
      }),
    },
    gaps: [...walked.gaps, ...(orphans?.gap ? [{ ...orphans.gap, node: nodeName }] : [])],
  }
}

async function orphansOf(host: HostFiles, kubeletRoot: string, known: ReadonlySet<string>) {
  try {
    return { value: await orphanedDirectories({ at: host.path, kubeletRoot, known }) }
  } catch (failure) {
    const { code, message } = failure as NodeJS.ErrnoException
    // A kubelet that never ran has none.
    if (code === 'ENOENT') return { value: [] }
    return {
      gap: { part: 'pod directories', why: 'unreachable' as const, detail: message.slice(0, 300) },
    }
  }
}
