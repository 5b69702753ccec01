import { type Case, generateCases } from './cases.ts'
import { errorHours, FORECASTERS, foretell } from './forecasters.ts'
import type { Kind } from './generate-series.ts'

/** How near the forecasters came on some cases. */
export interface Quality {
  cases: number
  /** Of each forecaster, in the order of FORECASTERS. */
  medianErrorMinutes: number[]
  /** How many actual crossings were before p10, within p10–p90 and after p90. */
  early: number
  covered: number
  late: number
}

/** One answer beside what happened. */
export interface Outcome {
  errorMinutes: number[]
  place: 'early' | 'covered' | 'late'
}

export function* outcomes(
  kind: Kind,
  series: number,
  horizonHours: number,
  seed: number,
): Generator<Outcome> {
  for (const asked of generateCases(kind, series, horizonHours, seed)) yield outcome(asked)
}

function outcome(asked: Case): Outcome {
  const { p10, p50, p90 } = foretell(asked)
  const said = [p50, ...FORECASTERS.slice(1).map(({ at }) => at(asked))]
  const place = asked.actual < p10 ? 'early' : asked.actual > p90 ? 'late' : 'covered'
  return { errorMinutes: said.map((instant) => errorHours(asked, instant) * 60), place }
}

export function qualityOf(all: readonly Outcome[]): Quality {
  const count = (wanted: Outcome['place']) => all.filter(({ place }) => place === wanted).length
  return {
    cases: all.length,
    medianErrorMinutes: FORECASTERS.map((_, which) =>
      median(all.map(({ errorMinutes }) => errorMinutes[which] ?? 0)),
    ),
    early: count('early'),
    covered: count('covered'),
    late: count('late'),
  }
}

/** Kubepatrol's median error as a share of the better of the others'. */
export function ratioToBetter([own = 0, ...others]: readonly number[]): number {
  return own / Math.min(...others)
}

export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0
}
