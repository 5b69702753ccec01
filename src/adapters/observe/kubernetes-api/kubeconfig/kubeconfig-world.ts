import type { Clock } from '../../../../core/observe/clock.ts'

/** What of the machine decides how a cluster is reached. */
export interface KubeconfigWorld {
  env: Readonly<Record<string, string | undefined>>
  home: string
  /** Whether someone sits at a terminal that a plugin may ask. */
  hasTerminal: boolean
  clock: Clock
}
