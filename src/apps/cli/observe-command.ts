import { buildCommand } from '@stricli/core'
import { clusterAliases, clusterFlags } from './cluster-flags.ts'
import { OBSERVE_OUTPUTS, type ObserveFlags } from './observe-flags.ts'
import { langFlag } from './options.ts'

export const observeCommand = buildCommand<ObserveFlags>({
  loader: async () => (await import('./observe.ts')).observe,
  parameters: {
    flags: {
      output: {
        kind: 'enum',
        values: OBSERVE_OUTPUTS,
        default: 'json',
        brief: 'Form of the output: json, which scan --from reads',
      },
      lang: langFlag,
      ...clusterFlags,
    },
    aliases: { o: 'output', ...clusterAliases },
  },
  docs: { brief: 'Save what a patrol sees of a cluster, to be scanned elsewhere' },
})
