import { levelName } from '../../forecast/present/level-name.ts'
import type { Language } from '../../messages/language.ts'
import { message, say } from '../../messages/message.ts'
import type { Instant } from '../../units/instant.ts'
import { nextLevel } from '../next-level.ts'
import type { DiskReport, NodeReport } from '../node-report.ts'

/** What comes next for a node: a level that is crossed, one that growth leads to, or the nearest one. */
export function nextWords(
  node: NodeReport,
  disk: DiskReport | undefined,
  madeAt: Instant,
  language: Language,
): string {
  const next = nextLevel(node, disk)
  if (next.kind === 'unseen' || next.kind === 'unknown')
    return say(message(`report.next.${next.kind}`), language)
  const level = say(levelName(next.level), language)
  if (next.kind === 'crossed') return say(message('report.next.crossed', { level }), language)
  if (next.kind === 'ahead') {
    return say(message('report.next.margin', { level, marginBytes: next.marginBytes }), language)
  }
  const seconds = Math.max(0, Math.round((next.at - madeAt) / 1000))
  return say(message('report.next.forecast', { level, seconds }), language)
}
