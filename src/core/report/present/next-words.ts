import { levelName } from '../../forecast/present/level-name.ts'
import type { Language } from '../../messages/language.ts'
import { message, say } from '../../messages/message.ts'
import type { Instant } from '../../units/instant.ts'
import type { DiskReport, NodeReport } from '../patrol-report.ts'

/** What comes next for a node: a level that is crossed, one that growth leads to, or the nearest one. */
export function nextWords(
  { isSeen, forecast }: NodeReport,
  disk: DiskReport | undefined,
  madeAt: Instant,
  language: Language,
): string {
  if (!isSeen || !disk) return say(message('report.next.unseen'), language)
  const lowest = disk.crossed.at(-1)
  const level = (of: Parameters<typeof levelName>[0]) => say(levelName(of), language)
  if (lowest) return say(message('report.next.crossed', { level: level(lowest) }), language)
  const at = forecast?.at.p50
  const isSame = forecast && (disk.next === null || forecast.level.id === disk.next.level.id)
  if (forecast && isSame && at !== undefined && at !== null) {
    const seconds = Math.max(0, Math.round((at - madeAt) / 1000))
    return say(message('report.next.forecast', { level: level(forecast.level), seconds }), language)
  }
  if (!disk.next) return say(message('report.next.unknown'), language)
  const { marginBytes } = disk.next
  return say(message('report.next.margin', { level: level(disk.next.level), marginBytes }), language)
}
