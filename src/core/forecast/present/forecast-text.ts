import type { Language } from '../../messages/language.ts'
import { message, say, type Message } from '../../messages/message.ts'
import { neutraliseText } from '../../tell/neutralise-text.ts'
import { wrapText } from '../../tell/wrap-text.ts'
import type { Duration } from '../../units/duration.ts'
import { formatInstant, type Instant } from '../../units/instant.ts'
import { describeGrowth } from '../growth/classify.ts'
import type { NodeForecast } from '../node-forecast.ts'
import type { InstantRange } from '../ranged-actions.ts'
import { actionSentences } from './action-sentences.ts'
import { levelName } from './level-name.ts'

/** A node's forecast to read on a terminal, so many columns wide. */
export function forecastText(forecast: NodeForecast, language: Language, columns: number): string {
  const { node, madeAt, horizon, growth, consumers, levels, actions, consequences, gaps } = forecast
  const hours = hoursOf(horizon)
  const when = (at: InstantRange) => whenText(at, madeAt, hours, language)
  const line = (text: string, indent: string, hanging: string) =>
    wrapText(neutraliseText(text), columns, indent, hanging)
  const item = (text: string) => line(text, '  ', '    ')
  const head = say(message('forecast.title', { node, at: clock(madeAt, 0), hours }), language)
  const section = (title: Message, items: readonly string[]) =>
    items.length === 0 ? [] : ['', say(title, language), ...items]
  const rate = growth && describeGrowth(growth).perSecond
  const told = actions.map(({ at, ...action }) =>
    [
      line(`${when(at)}  ${say(message(`simulate.kind.${action.kind}`), language)}`, '  ', '    '),
      ...actionSentences(action).map((sentence) => line(say(sentence, language), '      ', '      ')),
    ].join('\n'),
  )
  return `${[
    line(head, '', '  '),
    ...(rate
      ? [
          item(
            say(message('forecast.growing', { low: rate.p10, middle: rate.p50, high: rate.p90 }), language),
          ),
        ]
      : []),
    ...section(
      message('forecast.growth'),
      consumers
        .slice(0, MOST_CONSUMERS)
        .map(({ name, bytesPerSecond }) =>
          item(say(message('forecast.consumer', { name: say(name, language), bytesPerSecond }), language)),
        ),
    ),
    ...section(
      message('forecast.levels'),
      levels.map((level) =>
        item(
          say(
            message('forecast.level', { level: say(levelName(level), language), when: when(level.at) }),
            language,
          ),
        ),
      ),
    ),
    ...section(message('forecast.actions'), told),
    ...section(
      message('forecast.consequences'),
      consequences.flatMap((one) => [
        item(say(one.message, language)),
        ...(one.nodes ?? []).map(({ nodes, reason }) =>
          line(
            say(message('forecast.refusing', { nodes, reason: say(reason, language) }), language),
            '    ',
            '      ',
          ),
        ),
      ]),
    ),
    ...section(
      message('forecast.gaps'),
      gaps.map((gap) => item(say(gap, language))),
    ),
  ].join('\n')}\n`
}

const MOST_CONSUMERS = 8

function whenText({ p10, p50, p90 }: InstantRange, now: Instant, hours: number, language: Language): string {
  if (p10 === null) return say(message('forecast.never', { hours }), language)
  if (p50 === null) return say(message('forecast.perhaps', { first: clock(p10, now), hours }), language)
  if (p50 <= now) return say(message('forecast.now'), language)
  const first = clock(p10, now)
  const middle = clock(p50, now)
  if (p90 === null) return say(message('forecast.open-ended', { first, middle, hours }), language)
  const last = clock(p90, now)
  if (first === last) return middle
  return say(message('forecast.between', { first, middle, last }), language)
}

/** To the second, with the date only where it is another one. */
function clock(at: Instant, beside: Instant): string {
  const text = formatInstant(Math.floor(at / 1000) * 1000)
    .replace('T', ' ')
    .replace('Z', '')
  return text.slice(0, 10) === formatInstant(beside).slice(0, 10) ? text.slice(11) : text
}

function hoursOf(horizon: Duration): number {
  return Number((horizon / 3_600_000).toPrecision(3))
}
