import type { DiskLevel } from '../../core/kubelet/disk-levels.ts'
import type { Language } from '../../core/messages/language.ts'
import { message, say } from '../../core/messages/message.ts'
import type { NodeView } from '../../core/observe/node-view.ts'
import { nodeReports } from '../../core/report/node-report.ts'
import { bySeverity } from '../../core/report/patrol-report.ts'
import { shown } from '../../core/tell/shown-text.ts'
import { formatInstant } from '../../core/units/instant.ts'
import type { NodeDocument, ThresholdDocument } from '../../http/contract.ts'
import { findingDocument } from '../../http/routes/rows.ts'
import type { Patrol } from '../patrol-loop.ts'
import { consumersDocuments } from './consumers.ts'
import { imagesDocument } from './images.ts'
import { leftBehindDocument } from './left-behind.ts'
import { agentDocument, seenParts } from './who-saw.ts'

/** All that the page shows of a node. */
export function nodeDocument(
  view: NodeView,
  patrol: Pick<Patrol, 'findings' | 'observation'>,
  language: Language,
): NodeDocument {
  const findings = patrol.findings().filter(({ node }) => node === view.name)
  const gaps = (patrol.observation()?.gaps ?? []).filter(({ node }) => node === view.name)
  const reports = nodeReports({ views: [view], findings, incidents: [], gaps })
  const { isSeen = false, lastSeenAt = null, disks = [] } = reports[0] ?? {}
  return {
    name: view.name,
    kubeletVersion: view.kubeletVersion ?? null,
    containerRuntimeVersion: view.containerRuntimeVersion ?? null,
    isSeen,
    lastSeenAt: lastSeenAt === null ? null : formatInstant(lastSeenAt),
    disks: disks.map(({ holds, capacityBytes, availableBytes, usedPercent, levels }) => ({
      holds,
      capacityBytes,
      availableBytes,
      usedPercent,
      thresholds: levels.map((level) => thresholdDocument(level, language)),
    })),
    agent: agentDocument(view),
    parts: seenParts(view),
    consumers: consumersDocuments(view, language),
    images: imagesDocument(view, language),
    leftBehind: leftBehindDocument(view),
    findings: findings.toSorted(bySeverity).map((finding) => findingDocument(finding, language)),
    gaps: gaps.map(({ part, why, detail }) =>
      say(message('observe.gap', { part, node: null, why, detail: shown(detail) }), language),
    ),
  }
}

function thresholdDocument({ id, kind, below, setting }: DiskLevel, language: Language): ThresholdDocument {
  const label =
    id === 'image-gc'
      ? message('level.image-gc', { setting })
      : message('level.eviction', { signal: id, setting, isSoft: kind === 'soft' })
  return { id, kind, availableBytes: below, setting, message: say(label, language) }
}
