import type { Language } from '../../messages/language.ts'
import { message, say, type Message } from '../../messages/message.ts'
import { neutraliseText } from '../../tell/neutralise-text.ts'
import { wrapText } from '../../tell/wrap-text.ts'
import { formatInstant, type Instant } from '../../units/instant.ts'
import type { SimulatedAction } from '../simulation/action.ts'
import { actionSentences } from './action-sentences.ts'

/** What a kubelet does, to read on a terminal: a block for each action, so many columns wide. */
export function actionsText(actions: readonly SimulatedAction[], language: Language, columns = 80): string {
  if (actions.length === 0) return `${say(message('simulate.nothing'), language)}\n`
  const wrap = (sentence: Message) => wrapText(neutraliseText(say(sentence, language)), columns, '    ')
  const blocks = withoutRepeats(actions).map((one) =>
    'times' in one
      ? `${clock(one.from)}\n${wrap(message('simulate.again', { times: one.times, until: clock(one.until) }))}\n`
      : `${actionText(one, language, columns)}\n`,
  )
  return blocks.join('\n')
}

interface Repeats {
  from: Instant
  until: Instant
  times: number
}

/** What is tried again and again without anything to take is told once, and then counted. */
function withoutRepeats(actions: readonly SimulatedAction[]): (SimulatedAction | Repeats)[] {
  const told: (SimulatedAction | Repeats)[] = []
  const tried = new Set<string>()
  for (const action of actions) {
    const isIdle =
      action.victims.length === 0 && action.victimSet.length === 0 && !/pressure/.test(action.kind)
    if (!isIdle) tried.clear()
    if (!isIdle || !tried.has(action.kind)) {
      if (isIdle) tried.add(action.kind)
      told.push(action)
      continue
    }
    const last = told.at(-1)
    if (last && 'times' in last) told.splice(-1, 1, { ...last, until: action.at, times: last.times + 1 })
    else told.push({ from: action.at, until: action.at, times: 1 })
  }
  return told
}

function actionText(action: SimulatedAction, language: Language, columns: number): string {
  const wrap = (sentence: Message) => wrapText(neutraliseText(say(sentence, language)), columns, '    ')
  const title = say(message(`simulate.kind.${action.kind}`), language)
  return [`${clock(action.at)}  ${title}`, ...actionSentences(action).map(wrap)].join('\n')
}

/** To the second: the kubelet's own loops are no more exact than that. */
function clock(at: Instant): string {
  return formatInstant(Math.floor(at / 1000) * 1000)
    .replace('T', ' ')
    .replace('Z', '')
}
