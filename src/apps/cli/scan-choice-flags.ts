import { clusterAliases, clusterFlags, type ClusterFlags } from './cluster-flags.ts'
import type { Duration } from '../../core/units/duration.ts'
import { positiveDuration } from './options.ts'

/** What is patrolled once: a cluster, for some time where that is asked for, or a saved observation. */
export interface ScanChoice extends ClusterFlags {
  from?: string
  for?: Duration
}

/** The same for the parser of the command line. */
export const scanChoiceFlags = {
  ...clusterFlags,
  for: {
    kind: 'parsed',
    parse: positiveDuration,
    optional: true,
    brief: 'Look for so long, such as 2m: growth and forecasts need time (default: one look)',
    placeholder: 'TIME',
  },
  from: {
    kind: 'parsed',
    parse: String,
    optional: true,
    brief: 'Take a saved observation instead (observe -o json); - for standard input',
    placeholder: 'FILE',
  },
} as const

/** Letters for those that kubectl has one for, and for the form of the output. */
export const scanChoiceAliases = { o: 'output', ...clusterAliases } as const
