import type { Instant } from '../../units/instant.ts'
import type { FilesystemReading } from '../observation.ts'

/** Readings of one filesystem as an agent took them, and as its kubelet counts them. */
export interface OfferedReadings {
  agent: readonly FilesystemReading[]
  kubelet: readonly FilesystemReading[]
  isHeard: boolean
  now: Instant
}

/**
 * Chooses the readings of one filesystem, round after round: an agent's as long as it is heard, since it takes one a
 * second, else the kubelet's. Where one follows the other, what lies before is not told again.
 */
export function readingChoice(): (offered: OfferedReadings) => FilesystemReading[] {
  let lastFrom: 'agent' | 'kubelet' = 'kubelet'
  let lastAt: Instant = Number.NEGATIVE_INFINITY

  function following(from: typeof lastFrom, readings: readonly FilesystemReading[]): FilesystemReading[] {
    // A clock that goes back in one and the same source is for others to notice.
    const news = readings.filter(({ at }) => from === lastFrom || at > lastAt)
    const latest = news.at(-1)
    if (latest) [lastFrom, lastAt] = [from, latest.at]
    return news
  }

  return ({ agent, kubelet, isHeard, now }) => {
    const isAgents = isHeard && (agent.length > 0 || lastFrom === 'agent')
    // A clock that is ahead of ours would put them after now.
    const ofAgent = agent.map((reading) => ({ ...reading, at: Math.min(reading.at, now) }))
    const first = following('agent', ofAgent)
    return isAgents ? first : [...first, ...following('kubelet', kubelet)]
  }
}
