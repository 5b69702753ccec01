import type { CommandContext } from '@stricli/core'
import { readReportDigest, writeReportDigest } from '../../adapters/keep/report-digest/report-digest-file.ts'
import { reportHtml } from '../../core/report/present/report-html.ts'
import { reportMarkdown } from '../../core/report/present/report-markdown.ts'
import { digestOf, trendOf } from '../../core/report/trend.ts'
import { languageFor } from './options.ts'
import type { ReportFlags } from './report-flags.ts'
import { scanOnce } from './scan-once.ts'

/** `kubepatrol report`: exit status 0, 3 when something could not be read. */
export async function report(this: CommandContext, flags: ReportFlags): Promise<void> {
  const language = languageFor(flags.lang)
  // A file that is no report's is refused before the patrol, not after it.
  const last = flags.last === undefined ? undefined : await readReportDigest(flags.last)
  const { report: made } = await scanOnce(flags, language)
  const trend = last?.subject === made.subject ? trendOf(made, last) : undefined
  const write = flags.output === 'html' ? reportHtml : reportMarkdown
  process.stdout.write(write(made, trend, language))
  if (flags.last !== undefined) await writeReportDigest(flags.last, digestOf(made))
  process.exitCode = made.gaps.length > 0 ? 3 : 0
}
