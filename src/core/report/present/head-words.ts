import type { Severity } from '../../incident/severity.ts'
import type { Language } from '../../messages/language.ts'
import { message, say } from '../../messages/message.ts'
import { shown } from '../../tell/shown-text.ts'
import { formatInstant } from '../../units/instant.ts'
import type { PatrolReport } from '../patrol-report.ts'

/** What a report is about. */
export function titleWords({ subject }: PatrolReport, language: Language): string {
  return say(message('report.title', { subject: shown(subject, 200) }), language)
}

/** When a report was made, what was looked at, and the result in one sentence. */
export function resultWords(report: PatrolReport, language: Language): string[] {
  const { serverVersion, madeAt, lookedAt, incidents, findings } = report
  const count = (severity: Severity) => findings.filter((finding) => finding.severity === severity).length
  const isFine = incidents.length === 0 && findings.length === 0
  const result = isFine
    ? message('report.all-fine')
    : message('report.not-fine', {
        incidents: incidents.length,
        critical: count('critical'),
        warning: count('warning'),
        info: count('info'),
      })
  const at = `${formatInstant(madeAt).slice(0, 19)}Z`
  const version = serverVersion === null ? null : shown(serverVersion)
  return [
    say(message('report.made-at', { at, version }), language),
    `${say(message('report.looked-at', lookedAt), language)} ${say(result, language)}`,
  ]
}
