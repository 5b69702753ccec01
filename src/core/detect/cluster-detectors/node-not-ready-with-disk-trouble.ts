import { z } from 'zod'
import type { FactId } from '../../explain/facts/vocabulary.ts'
import { crossedLevels } from '../../kubelet/disk-levels.ts'
import type { Node } from '../../kubernetes/node.ts'
import { message } from '../../messages/message.ts'
import type { DiskTrouble } from '../../messages/node-findings.ts'
import type { NodeView } from '../../observe/node-view.ts'
import { shown } from '../../tell/shown-text.ts'
import { defineClusterDetector } from '../cluster-detector.ts'
import { elapsedSince } from '../elapsed.ts'
import { evictionLevels } from '../threshold-words.ts'
import { watchedFilesystems } from '../watched-filesystems.ts'

/** A Node that is not ready, where something known of it points at its disk; one that is down for other reasons is not meant. */
export const nodeNotReadyWithDiskTrouble = defineClusterDetector({
  id: 'node-not-ready-with-disk-trouble',
  reason: 'NodeNotReadyWithDiskTrouble',
  severity: 'critical',
  summary: 'A node is not ready, and its disk is full, failing, or under pressure.',
  options: z.strictObject({
    /** What log lines and events stated longer ago is passed over. */
    factsWithinMinutes: z.number().positive().default(60),
  }),

  detect({ objects, nodes, observedAt }, { factsWithinMinutes }) {
    return (objects.nodes?.value ?? []).flatMap((node) => {
      const { name } = node.metadata
      const ready = node.status.conditions.find(({ type }) => type === 'Ready')
      if (!ready || ready.status === 'True') return []
      const troubles = [
        ...statedByConditions(node, ready.message ?? ''),
        ...knownOf(nodes.get(name), observedAt - factsWithinMinutes * 60_000),
      ]
      if (troubles.length === 0) return []
      const lasting = elapsedSince(ready.lastTransitionTime, observedAt)
      const words = {
        node: shown(name),
        ...(lasting === undefined ? {} : { seconds: Math.round(lasting / 1000) }),
        ...(ready.message ? { said: shown(ready.message, 200) } : {}),
        troubles: [...new Set(troubles)],
      }
      const object = { kind: 'Node', name }
      return [{ object, node: name, message: message('finding.node-not-ready-with-disk-trouble', words) }]
    })
  },
})

const DISK_WORDS = /no space left|read-only file ?system|input\/output error|disk quota exceeded/i

function statedByConditions({ status }: Node, said: string): DiskTrouble[] {
  const pressure = status.conditions.find(({ type }) => type === 'DiskPressure')
  return [
    ...(pressure?.status === 'True' ? (['pressure'] as const) : []),
    ...(DISK_WORDS.test(said) ? (['said'] as const) : []),
  ]
}

const TROUBLE_OF: Partial<Record<FactId, DiskTrouble>> = {
  'no-space-left': 'full',
  'inodes-exhausted': 'full',
  'read-only-filesystem': 'failing',
  'filesystem-error': 'failing',
}

function knownOf(view: NodeView | undefined, since: number): DiskTrouble[] {
  if (!view) return []
  const isShort = watchedFilesystems(view).some(
    (filesystem) => crossedLevels(evictionLevels(filesystem), filesystem.latest).length > 0,
  )
  const stated = view.facts.filter(({ lastAt }) => lastAt !== null && lastAt >= since)
  return [...(isShort ? (['short'] as const) : []), ...stated.flatMap(({ id }) => TROUBLE_OF[id] ?? [])]
}
