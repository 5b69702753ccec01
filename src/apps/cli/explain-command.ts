import { buildCommand } from '@stricli/core'
import { SEVERITIES } from '../../core/incident/severity.ts'
import { OUTPUTS, type ExplainFlags } from './explain-flags.ts'
import { langFlag, wholeNumber } from './options.ts'

export const explainCommand = buildCommand<ExplainFlags, string[]>({
  loader: async () => (await import('./explain.ts')).explain,
  parameters: {
    flags: {
      output: {
        kind: 'enum',
        values: OUTPUTS,
        default: 'text',
        brief: 'Form of the output: text, markdown, html, json or jsonl',
      },
      lang: langFlag,
      year: {
        kind: 'parsed',
        parse: wholeNumber(1970, 9999),
        optional: true,
        brief: 'Year of lines that do not say it',
        placeholder: 'YYYY',
      },
      jobs: {
        kind: 'parsed',
        parse: wholeNumber(1, 64),
        optional: true,
        brief: 'Threads to search and read with (default: one for each processor, 8 at most)',
        placeholder: 'N',
      },
      failOn: {
        kind: 'enum',
        values: SEVERITIES,
        optional: true,
        brief: 'Exit with 1 when an incident is at least this severe',
      },
    },
    positional: {
      kind: 'array',
      parameter: {
        brief:
          'Log files, directories, patterns or archives, plain or packed (gz, xz, zst, tar); - or nothing for standard input',
        parse: String,
        placeholder: 'path',
      },
    },
    aliases: { o: 'output' },
  },
  docs: { brief: 'Say from logs alone what happened to a disk, why, and what to do' },
})
