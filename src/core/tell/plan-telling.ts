import type { Instant } from '../units/instant.ts'
import type { IncidentChange } from './incident-change.ts'
import type { Notice } from './notice.ts'
import { limitStorm, noStorm, type Due, type Storm, type StormLimits } from './storm.ts'
import { changeTrouble, passTime, type FlapLimits, type Step, type Trouble } from './trouble.ts'

/** What keeps messages few: nobody reads the hundredth. */
export interface TellingLimits {
  flaps: FlapLimits
  storms: StormLimits
}

/** All that telling remembers from round to round: plain data. */
export interface TellingMemory {
  /** By cause and node. */
  troubles: Readonly<Record<string, Trouble>>
  storm: Storm
}

export const nothingTold: TellingMemory = { troubles: {}, storm: noStorm }

/** What to tell of the changes of a round, and of what earlier rounds held back. Call it also when nothing changed. */
export function planTelling(
  changes: readonly IncidentChange[],
  memory: TellingMemory,
  at: Instant,
  limits: TellingLimits,
): { notices: readonly Notice[]; memory: TellingMemory } {
  const troubles = new Map(Object.entries(memory.troubles))
  const due: Due[] = []
  const take = (key: string, { trouble, notice, escalates }: Step) => {
    if (trouble) troubles.set(key, trouble)
    else troubles.delete(key)
    if (notice) due.push({ notice, escalates })
  }
  for (const change of changes) {
    const key = troubleKey(change)
    take(key, changeTrouble(troubles.get(key), change, limits.flaps))
  }
  for (const [key, trouble] of troubles) take(key, passTime(trouble, at, limits.flaps))
  const { notices, storm } = limitStorm(memory.storm, due, at, limits.storms)
  return { notices, memory: { troubles: Object.fromEntries(troubles), storm } }
}

/** What a person takes for the same trouble, however often it makes another incident. */
function troubleKey({ incident }: IncidentChange): string {
  return `${incident.cause.id}/${incident.affected.nodes[0] ?? ''}`
}
