import { buildCommand, buildRouteMap } from '@stricli/core'
import type { NotifyTestFlags } from './notify-flags.ts'
import { configFlag, langFlag } from './options.ts'

const testCommand = buildCommand<NotifyTestFlags, [channel?: string]>({
  loader: async () => (await import('./notify-test.ts')).notifyTest,
  parameters: {
    flags: { config: { ...configFlag, optional: false }, lang: langFlag },
    positional: {
      kind: 'tuple',
      parameters: [
        { parse: String, optional: true, placeholder: 'CHANNEL', brief: 'Only this channel (default: all)' },
      ],
    },
  },
  docs: { brief: 'Send a marked test message to each channel, and say how it went' },
})

export const notifyCommand = buildRouteMap({
  routes: { test: testCommand },
  docs: { brief: 'Try the channels that people are told through' },
})
