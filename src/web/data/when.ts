import { message, say, type Message } from '../../core/messages/message.ts'
import type { ForecastDocument } from '../../http/contract.ts'
import { useLanguage } from './language.tsx'

type Range = ForecastDocument['levels'][number]['at']

/** Says when something of a forecast happens, as seen from when it was made. */
export function useWhen(
  forecast: Pick<ForecastDocument, 'madeAt' | 'horizonSeconds'>,
): (at: Range) => string {
  const { language } = useLanguage()
  return (at) => say(whenOf(at, forecast), language)
}

/** When something happens, to the second and never before the forecast was made. */
export function whenOf(
  { p10, p50, p90 }: Range,
  { madeAt, horizonSeconds }: Pick<ForecastDocument, 'madeAt' | 'horizonSeconds'>,
): Message {
  const after = (at: string) => Math.max(0, Math.round((Date.parse(at) - Date.parse(madeAt)) / 1000))
  const hours = Number((horizonSeconds / 3600).toPrecision(3))
  if (p10 === null) return message('forecast.never', { hours })
  const first = after(p10)
  if (p50 === null) return message('page.when.perhaps', { first, hours })
  const middle = after(p50)
  if (p90 === null) return message('page.when.open-ended', { first, middle, hours })
  const last = after(p90)
  if (last === 0) return message('forecast.now')
  return first === last
    ? message('page.when.in', { seconds: middle })
    : message('page.when.between', { first, middle, last })
}
