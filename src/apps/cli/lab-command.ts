import { buildCommand } from '@stricli/core'
import type { LabFlags } from './lab-flags.ts'
import { langFlag, positiveNumber, wholeNumber } from './options.ts'

export const labCommand = buildCommand<LabFlags>({
  loader: async () => (await import('./lab.ts')).lab,
  parameters: {
    flags: {
      scenario: {
        kind: 'parsed',
        parse: String,
        optional: true,
        brief: 'What happens there (docs/lab.md; default: air-gapped-disk-full)',
        placeholder: 'ID',
      },
      speed: {
        kind: 'parsed',
        parse: positiveNumber,
        optional: true,
        brief: 'So many times faster than life (default: that of the scenario)',
      },
      port: {
        kind: 'parsed',
        parse: wholeNumber(0, 65_535),
        default: '0',
        brief: 'Port on loopback; 0 for any free one',
      },
      kubeconfig: {
        kind: 'parsed',
        parse: String,
        optional: true,
        brief: 'Write the kubeconfig here (default: a temporary file)',
        placeholder: 'FILE',
      },
      lang: langFlag,
    },
  },
  docs: { brief: 'Run a simulated cluster for kubectl and kubepatrol to be tried on' },
})
