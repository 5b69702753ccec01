import { buildCommand } from '@stricli/core'
import { langFlag } from './options.ts'
import { scanChoiceAliases, scanChoiceFlags } from './scan-choice-flags.ts'
import { REPORT_OUTPUTS, type ReportFlags } from './report-flags.ts'

export const reportCommand = buildCommand<ReportFlags>({
  loader: async () => (await import('./report.ts')).report,
  parameters: {
    flags: {
      output: {
        kind: 'enum',
        values: REPORT_OUTPUTS,
        default: 'markdown',
        brief: 'Form of the report: markdown, or html for one file',
      },
      lang: langFlag,
      ...scanChoiceFlags,
      last: {
        kind: 'parsed',
        parse: String,
        optional: true,
        brief: 'Keep here what the next report is compared with, and compare with what is there',
        placeholder: 'FILE',
      },
    },
    aliases: scanChoiceAliases,
  },
  docs: { brief: 'Write the report of a patrol: what is fine, what is not, what changed since the last' },
})
