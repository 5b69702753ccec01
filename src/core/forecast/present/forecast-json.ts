import type { Language } from '../../messages/language.ts'
import { say } from '../../messages/message.ts'
import { formatInstant, type Instant } from '../../units/instant.ts'
import { describeGrowth } from '../growth/classify.ts'
import type { ForecastLevel } from '../forecast-levels.ts'
import type { NodeForecast } from '../node-forecast.ts'
import type { ForecastAction, InstantRange } from '../ranged-actions.ts'
import { levelName } from './level-name.ts'

/** The JSON of a node's forecast; an instant that is not within the horizon is null. */
export function forecastDocument(forecast: NodeForecast, language: Language) {
  const { node, madeAt, horizon, growth, consumers, levels, band, actions, consequences, gaps } = forecast
  return {
    node,
    madeAt: formatInstant(madeAt),
    horizonSeconds: horizon / 1000,
    growth: growth ? { kind: growth.kind, bytesPerSecond: rounded(describeGrowth(growth).perSecond) } : null,
    consumers: consumers.map(({ name, pod, bytesPerSecond }) => ({
      name: say(name, language),
      pod: pod ?? null,
      bytesPerSecond: Math.round(bytesPerSecond),
    })),
    levels: levels.map((level) => levelDocument(level, language)),
    band: band.map(({ at, low, middle, high }) => ({ at: at / 1000, low, middle, high })),
    actions: actions.map((action) => actionDocument(action, language)),
    consequences: consequences.map(({ kind, subject, certainty, message, nodes }) => ({
      kind,
      subject,
      certainty,
      message: say(message, language),
      nodes: (nodes ?? []).map((one) => ({ nodes: [...one.nodes], reason: say(one.reason, language) })),
    })),
    gaps: gaps.map((gap) => say(gap, language)),
  }
}

function levelDocument(level: ForecastLevel, language: Language) {
  const { id, kind, unit, below, setting, at } = level
  return { id, kind, unit, below, setting, message: say(levelName(level), language), at: range(at) }
}

function actionDocument(action: ForecastAction, language: Language) {
  const { at, kind, victims, victimSet, taken, wantedBytes, freedBytes, why } = action
  return {
    at: range(at),
    kind,
    victims: [...victims],
    victimSet: [...victimSet],
    taken: taken ?? null,
    wantedBytes: wantedBytes ?? null,
    freedBytes: freedBytes ?? null,
    why: say(why, language),
  }
}

function range({ p10, p50, p90 }: InstantRange) {
  return { p10: iso(p10), p50: iso(p50), p90: iso(p90) }
}

function iso(at: Instant | null): string | null {
  return at === null ? null : formatInstant(Math.round(at))
}

function rounded({ p10, p50, p90 }: { p10: number; p50: number; p90: number }) {
  return { p10: Math.round(p10), p50: Math.round(p50), p90: Math.round(p90) }
}
