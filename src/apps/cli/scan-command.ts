import { buildCommand } from '@stricli/core'
import { langFlag } from './options.ts'
import { scanChoiceAliases, scanChoiceFlags } from './scan-choice-flags.ts'
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
      ...scanChoiceFlags,
      failOn: {
        kind: 'enum',
        values: FAIL_LEVELS,
        default: 'critical',
        brief: 'Exit with 1 when a finding or incident is at least this severe',
      },
    },
    aliases: scanChoiceAliases,
  },
  docs: { brief: 'Patrol a cluster once, and say what is wrong' },
})
