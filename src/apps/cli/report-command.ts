import { buildCommand } from '@stricli/core'
import { clusterAliases, clusterFlags } from './cluster-flags.ts'
import { langFlag, positiveDuration } from './options.ts'
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
      ...clusterFlags,
      for: {
        kind: 'parsed',
        parse: positiveDuration,
        optional: true,
        brief: 'Look for so long, such as 2m: growth and forecasts need time (default: one look)',
        placeholder: 'TIME',
      },
      from: {
        kind: 'parsed',
        parse: String,
        optional: true,
        brief: 'Report on a saved observation instead (observe -o json); - for standard input',
        placeholder: 'FILE',
      },
      last: {
        kind: 'parsed',
        parse: String,
        optional: true,
        brief: 'Keep here what the next report is compared with, and compare with what is there',
        placeholder: 'FILE',
      },
    },
    aliases: { o: 'output', ...clusterAliases },
  },
  docs: { brief: 'Write the report of a patrol: what is fine, what is not, what changed since the last' },
})
