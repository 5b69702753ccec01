import { buildCommand } from '@stricli/core'
import { FORECAST_OUTPUTS, type ForecastFlags } from './forecast-flags.ts'
import { instant, langFlag, positiveDuration } from './options.ts'

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
      replay: {
        kind: 'parsed',
        parse: String,
        brief: 'Patrol the recording in this directory',
        placeholder: 'DIR',
      },
      at: {
        kind: 'parsed',
        parse: instant,
        optional: true,
        brief: 'Forecast from this instant (default: the last one)',
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
    aliases: { o: 'output' },
  },
  docs: { brief: 'Say when a disk gets full, what the kubelet will do, and to whom' },
})
