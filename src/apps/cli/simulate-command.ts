import { buildCommand } from '@stricli/core'
import { langFlag } from './options.ts'
import { SIMULATE_OUTPUTS, type SimulateFlags } from './simulate-flags.ts'

export const simulateCommand = buildCommand<SimulateFlags, [string?]>({
  loader: async () => (await import('./simulate.ts')).simulateCommandLine,
  parameters: {
    flags: {
      output: {
        kind: 'enum',
        values: SIMULATE_OUTPUTS,
        default: 'text',
        brief: 'Form of the output: text or json',
      },
      lang: langFlag,
      run: {
        kind: 'parsed',
        parse: String,
        optional: true,
        brief: 'What the kubelet of this recording must have done',
        placeholder: 'DIR',
      },
      compare: {
        kind: 'parsed',
        parse: String,
        optional: true,
        brief: 'Also with the changes in this file',
        placeholder: 'FILE',
      },
    },
    positional: {
      kind: 'tuple',
      parameters: [
        {
          brief: 'A node in YAML or JSON (docs/simulate.md)',
          parse: String,
          placeholder: 'file',
          optional: true,
        },
      ],
    },
    aliases: { o: 'output' },
  },
  docs: { brief: 'Say what a kubelet will do about its disks, and to whom' },
})
