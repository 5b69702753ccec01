import type { TellingMemory } from '../tell/plan-telling.ts'
import type { KeptTelling } from './incident-store.ts'

/** What has to be written so that a store that has the one memory has the other. */
export function tellingChanges(saved: TellingMemory, now: TellingMemory): KeptTelling {
  const changed = Object.entries(now.troubles).filter(([key, trouble]) => saved.troubles[key] !== trouble)
  return {
    troubles: Object.fromEntries(changed),
    forgotten: Object.keys(saved.troubles).filter((key) => now.troubles[key] === undefined),
    storm: saved.storm === now.storm ? null : now.storm,
  }
}
