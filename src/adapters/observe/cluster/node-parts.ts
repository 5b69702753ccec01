import type { KubeletConfiguration } from '../../../core/kubernetes/kubelet-configuration.ts'
import type { Summary } from '../../../core/kubernetes/summary.ts'
import type { NodeProxy } from '../../../core/observe/cluster-api.ts'
import type { Gap } from '../../../core/observe/gap.ts'
import { latestStart, startInSummary } from '../../../core/observe/kubelet-start.ts'
import type { FilesystemReading, NodeObservation, Part } from '../../../core/observe/observation.ts'
import { summaryView } from '../../../core/observe/summary-view.ts'
import type { Duration } from '../../../core/units/duration.ts'
import { parseInstant, type Instant } from '../../../core/units/instant.ts'

/** Settings change with a restart of the kubelet; they are asked for again after so long. */
const SETTINGS_LAST: Duration = 10 * 60_000

/** What a kubelet said of its node, and what it did not. */
export interface NodeParts {
  parts: Pick<NodeObservation, 'kubeletConfiguration' | 'kubeletStartedAt' | 'summary' | 'nodefs' | 'imagefs'>
  gaps: readonly Gap[]
}

/** Asks kubelets, again and again; remembers what they said last. */
export function nodeAsker(proxy: Pick<NodeProxy, 'summary' | 'configz'>): {
  /** `bornWith` names what the settings belong to, such as the kubelet's version and the node's boot id. */
  ask(node: string, bornWith: string, at: Instant): Promise<NodeParts>
  /** Forgets all nodes but these. */
  keep(nodes: ReadonlySet<string>): void
} {
  const settings = new Map<string, { bornWith: string; part: Part<KubeletConfiguration> }>()
  const lastRead = new Map<string, string>()

  async function configuration(node: string, bornWith: string, at: Instant) {
    const known = settings.get(node)
    if (known && known.bornWith === bornWith && at - known.part.observedAt < SETTINGS_LAST) {
      return { part: known.part }
    }
    const { value, gap } = await proxy.configz(node)
    // Settings that were read once are better than none.
    if (!value) return { part: known?.bornWith === bornWith ? known.part : undefined, gap }
    const part = { value, source: 'configz', observedAt: at }
    settings.set(node, { bornWith, part })
    return { part }
  }

  /** A kubelet gives the same figures until it has counted anew. */
  function isNews(node: string, filesystem: 'nodefs' | 'imagefs', reading: FilesystemReading | undefined) {
    const key = JSON.stringify([node, filesystem])
    if (!reading || lastRead.get(key) === String(reading.at)) return []
    lastRead.set(key, String(reading.at))
    return [reading]
  }

  return {
    async ask(node, bornWith, at) {
      const [settled, answer] = await Promise.all([configuration(node, bornWith, at), proxy.summary(node)])
      const gaps = [settled.gap, answer.gap].filter((gap) => gap !== undefined)
      const kubeletConfiguration = settled.part && { kubeletConfiguration: settled.part }
      if (!answer.value) return { parts: { ...kubeletConfiguration, nodefs: [] }, gaps }
      const value = summaryView(answer.value)
      const { fs, runtime } = answer.value.node
      const imagefs = value.isSingleFilesystem === false ? readingOf(runtime?.imageFs, at) : undefined
      return {
        parts: {
          ...kubeletConfiguration,
          ...latestStart(startInSummary(answer.value)),
          summary: { value, source: 'stats/summary', observedAt: at },
          nodefs: isNews(node, 'nodefs', readingOf(fs, at)),
          ...(imagefs && { imagefs: isNews(node, 'imagefs', imagefs) }),
        },
        gaps,
      }
    },
    keep(nodes) {
      for (const node of settings.keys()) if (!nodes.has(node)) settings.delete(node)
      for (const key of lastRead.keys()) {
        const [node] = JSON.parse(key) as [string]
        if (!nodes.has(node)) lastRead.delete(key)
      }
    },
  }
}

/** A filesystem as the kubelet counted it, at the instant it says; undefined unless it says all that matters. */
function readingOf(stats: Summary['node']['fs'], at: Instant): FilesystemReading | undefined {
  const { capacityBytes, availableBytes, usedBytes, inodes, inodesFree, time } = stats ?? {}
  if (capacityBytes === undefined || availableBytes === undefined) return undefined
  return {
    // A clock that is ahead of ours would put it after now.
    at: Math.min(parseInstant(time ?? '') ?? at, at),
    capacityBytes,
    availableBytes,
    // Without root-reserved blocks, where the kubelet says it.
    usedBytes: usedBytes ?? capacityBytes - availableBytes,
    // A filesystem that counts no inodes says 0 of 0.
    inodes: inodes ?? 0,
    inodesFree: inodes === undefined ? 0 : (inodesFree ?? 0),
  }
}
