import { buildCommand, type CommandContext } from '@stricli/core'
import type { Language } from '../../core/messages/language.ts'
import { langFlag, positiveNumber, wholeNumber } from './options.ts'

/** The options of `kubepatrol serve`. */
export interface ServeFlags {
  replay: string
  port: number
  speed: number
  store: string
  lang?: Language
}

export const serveCommand = buildCommand<ServeFlags, [], CommandContext>({
  loader: async () => (await import('./serve.ts')).serve,
  parameters: {
    flags: {
      replay: {
        kind: 'parsed',
        parse: String,
        brief: 'Play the recording in this directory',
        placeholder: 'DIR',
      },
      port: {
        kind: 'parsed',
        parse: wholeNumber(0, 65_535),
        default: '7420',
        brief: 'Port on loopback; 0 for any free one',
      },
      speed: { kind: 'parsed', parse: positiveNumber, default: '8', brief: 'Times faster than life' },
      store: {
        kind: 'parsed',
        parse: String,
        default: ':memory:',
        brief: 'Keep incidents in this SQLite file',
        placeholder: 'FILE',
      },
      lang: langFlag,
    },
  },
  docs: { brief: 'Patrol, tell, and serve the page' },
})
