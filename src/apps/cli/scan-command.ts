import { buildCommand } from '@stricli/core'
import { clusterAliases, clusterFlags } from './cluster-flags.ts'
import { langFlag, positiveDuration } from './options.ts'
import { FAIL_LEVELS, SCAN_OUTPUTS, type ScanFlags } from './scan-flags.ts'

export const scanCommand = buildCommand<ScanFlags>({
  loader: async () => (await import('./scan.ts')).scan,
  parameters: {
    flags: {
      output: {
        kind: 'enum',
        values: SCAN_OUTPUTS,
        default: 'table',
        brief: 'Form of the output: table, json or yaml',
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
        brief: 'Patrol a saved observation instead (observe -o json); - for standard input',
        placeholder: 'FILE',
      },
      failOn: {
        kind: 'enum',
        values: FAIL_LEVELS,
        default: 'critical',
        brief: 'Exit with 1 when a finding or incident is at least this severe',
      },
    },
    aliases: { o: 'output', ...clusterAliases },
  },
  docs: { brief: 'Patrol a cluster once, and say what is wrong' },
})
