import type { CommandContext } from '@stricli/core'
import { stringify } from 'yaml'
import { isAtLeast } from '../../core/incident/severity.ts'
import { reportDocument } from '../../core/report/present/report-json.ts'
import { reportText } from '../../core/report/present/report-text.ts'
import type { PatrolReport } from '../../core/report/patrol-report.ts'
import { languageFor } from './options.ts'
import type { ScanFlags } from './scan-flags.ts'
import { scanOnce } from './scan-once.ts'
import { terminalStyle } from './terminal-style.ts'

/** `kubepatrol scan`: exit status 0, 1 with findings at or above --fail-on, 3 when something could not be read. */
export async function scan(this: CommandContext, flags: ScanFlags): Promise<void> {
  const language = languageFor(flags.lang)
  const { report } = await scanOnce(flags, language)
  if (flags.output === 'table') {
    const columns = Math.min(process.stdout.columns ?? 80, 120)
    process.stdout.write(reportText(report, language, terminalStyle(process.stdout), columns))
  } else {
    const document = reportDocument(report, language)
    process.stdout.write(
      flags.output === 'json' ? `${JSON.stringify(document, null, 2)}\n` : stringify(document),
    )
  }
  process.exitCode = exitStatus(report, flags.failOn)
}

/** What could not be read outweighs what was found: 3 beats 1. */
function exitStatus({ gaps, findings, incidents }: PatrolReport, failOn: ScanFlags['failOn']): number {
  if (gaps.length > 0) return 3
  if (failOn === 'off') return 0
  return [...findings, ...incidents].some(({ severity }) => isAtLeast(severity, failOn)) ? 1 : 0
}
