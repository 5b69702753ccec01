import { buildCommand } from '@stricli/core'
import type { ServeFlags } from './serve-flags.ts'
import { configFlag, langFlag, positiveNumber, storeFlag, wholeNumber } from './options.ts'

export const serveCommand = buildCommand<ServeFlags>({
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
      config: configFlag,
      store: storeFlag,
      lang: langFlag,
    },
  },
  docs: { brief: 'Patrol, tell, and serve the page' },
})
