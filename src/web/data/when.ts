import type { ForecastDocument } from '../../http/contract.ts'
import { useSay } from './language.tsx'
import { timeOfDay } from './time-text.ts'

type Range = ForecastDocument['levels'][number]['at']

/** Says when something of a forecast happens, in words. */
export function useWhen({ madeAt, horizonSeconds }: ForecastDocument): (at: Range) => string {
  const say = useSay()
  const hours = horizonSeconds / 3600
  return ({ p10, p50, p90 }) => {
    const clock = (at: string) => (at.slice(0, 10) === madeAt.slice(0, 10) ? timeOfDay(at) : shortDate(at))
    if (p10 === null) return say('forecast.never', { hours })
    if (p50 === null) return say('forecast.perhaps', { first: clock(p10), hours })
    if (Date.parse(p50) <= Date.parse(madeAt)) return say('forecast.now')
    const [first, middle] = [clock(p10), clock(p50)]
    if (p90 === null) return say('forecast.open-ended', { first, middle, hours })
    const last = clock(p90)
    return first === last ? middle : say('forecast.between', { first, middle, last })
  }
}

/** Month, day and time of another day: `11-25 08:22`. */
function shortDate(instant: string): string {
  return `${instant.slice(5, 10)} ${instant.slice(11, 16)}`
}
