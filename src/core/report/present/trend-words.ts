import type { Language } from '../../messages/language.ts'
import { message, say } from '../../messages/message.ts'
import { shown } from '../../tell/shown-text.ts'
import { formatInstant } from '../../units/instant.ts'
import type { Trend } from '../trend.ts'

const MOST_DISKS = 10
/** Less is no change that anybody would act on. */
const LEAST_BYTES = 1_000_000

/** What changed since the last report, a sentence each. */
export function trendWords(trend: Trend | undefined, language: Language): string[] {
  if (!trend) return [say(message('report.trend.first'), language)]
  const { openedIncidents: opened, resolvedIncidents: resolved, newFindings, goneFindings } = trend
  const since = `${formatInstant(trend.since).slice(0, 19)}Z`
  return [
    message('report.trend.incidents', { opened, resolved, since }),
    message('report.trend.new-findings', { count: newFindings }),
    message('report.trend.gone-findings', { count: goneFindings }),
    ...trend.disks
      .filter(({ lostBytes }) => Math.abs(lostBytes) >= LEAST_BYTES)
      .slice(0, MOST_DISKS)
      .map(({ node, lostBytes }) => message('report.trend.disk', { node: shown(node), bytes: lostBytes })),
  ].map((sentence) => say(sentence, language))
}
