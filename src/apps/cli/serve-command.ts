import { buildCommand } from '@stricli/core'
import type { ServeFlags } from './serve-flags.ts'
import { clusterAliases, clusterFlags } from './cluster-flags.ts'
import { agentPortFlags } from './agent-port-flags.ts'
import { configFlag, langFlag, positiveDuration, positiveNumber, storeFlag, wholeNumber } from './options.ts'

export const serveCommand = buildCommand<ServeFlags>({
  loader: async () => (await import('./serve.ts')).serve,
  parameters: {
    flags: {
      replay: {
        kind: 'parsed',
        parse: String,
        optional: true,
        brief: 'Play the recording in this directory instead',
        placeholder: 'DIR',
      },
      scenario: {
        kind: 'parsed',
        parse: String,
        optional: true,
        brief: 'Patrol this scenario of the lab, a simulated cluster',
        placeholder: 'ID',
      },
      port: {
        kind: 'parsed',
        parse: wholeNumber(0, 65_535),
        default: '7420',
        brief: 'Port on loopback; 0 for any free one',
      },
      addressFile: {
        kind: 'parsed',
        parse: String,
        optional: true,
        brief: 'Keep the address of the page, which opens it, in this file of mode 0600; print it nowhere',
        placeholder: 'FILE',
      },
      ...clusterFlags,
      interval: {
        kind: 'parsed',
        parse: positiveDuration,
        default: '10s',
        brief: 'Time between two rounds',
        placeholder: 'TIME',
      },
      speed: {
        kind: 'parsed',
        parse: positiveNumber,
        optional: true,
        brief: 'A recording (8) or a scenario so many times faster than life',
      },
      ...agentPortFlags,
      config: configFlag,
      store: storeFlag,
      lang: langFlag,
    },
    aliases: clusterAliases,
  },
  docs: { brief: 'Patrol a cluster, tell, and serve the page' },
})
