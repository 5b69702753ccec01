import { buildCommand } from '@stricli/core'
import { FORECAST_OUTPUTS, type ForecastFlags } from './forecast-flags.ts'
import { instant, langFlag, positiveDuration } from './options.ts'
import { scanChoiceAliases, scanChoiceFlags } from './scan-choice-flags.ts'

export const forecastCommand = buildCommand<ForecastFlags, [string?]>({
  loader: async () => (await import('./forecast.ts')).forecastCommandLine,
  parameters: {
    flags: {
      output: {
        kind: 'enum',
        values: FORECAST_OUTPUTS,
        default: 'text',
        brief: 'Form of the output: text or json',
      },
      lang: langFlag,
      ...scanChoiceFlags,
      for: { ...scanChoiceFlags.for, brief: 'Look for so long to tell growth (default: 1m)' },
      replay: {
        kind: 'parsed',
        parse: String,
        optional: true,
        brief: 'Take the recording in this directory instead of a cluster',
        placeholder: 'DIR',
      },
      at: {
        kind: 'parsed',
        parse: instant,
        optional: true,
        brief: 'Forecast from this instant of a recording (default: its last one)',
        placeholder: 'TIME',
      },
      horizon: {
        kind: 'parsed',
        parse: positiveDuration,
        default: '24h',
        brief: 'How far to look, such as 90m or 24h',
      },
    },
    positional: {
      kind: 'tuple',
      parameters: [
        { brief: 'Only this node (default: all)', parse: String, placeholder: 'node', optional: true },
      ],
    },
    aliases: scanChoiceAliases,
  },
  docs: { brief: 'Say when a disk gets full, what the kubelet will do, and to whom' },
})
