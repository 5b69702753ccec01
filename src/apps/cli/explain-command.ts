import { buildCommand, type CommandContext } from '@stricli/core'
import { SEVERITIES, type Severity } from '../../core/incident/severity.ts'
import type { Language } from '../../core/messages/language.ts'
import { langFlag, wholeNumber } from './options.ts'

export const OUTPUTS = ['text', 'markdown', 'json', 'jsonl'] as const

/** The options of `kubepatrol explain`. */
export interface ExplainFlags {
  output: (typeof OUTPUTS)[number]
  lang?: Language
  year?: number
  failOn?: Severity
}

export const explainCommand = buildCommand<ExplainFlags, string[], CommandContext>({
  loader: async () => (await import('./explain.ts')).explain,
  parameters: {
    flags: {
      output: {
        kind: 'enum',
        values: OUTPUTS,
        default: 'text',
        brief: 'Form of the output: text, markdown, json or jsonl',
      },
      lang: langFlag,
      year: {
        kind: 'parsed',
        parse: wholeNumber(1970, 9999),
        optional: true,
        brief: 'Year of lines that do not say it',
        placeholder: 'YYYY',
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
        brief: 'Log files or directories, plain or .gz; - or nothing for standard input',
        parse: String,
        placeholder: 'path',
      },
    },
    aliases: { o: 'output' },
  },
  docs: { brief: 'Say from logs alone what happened to a disk, why, and what to do' },
})
