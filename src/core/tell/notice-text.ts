import type { Language } from '../messages/language.ts'
import { message, say, type Message } from '../messages/message.ts'
import { tellWord } from '../messages/tell.ts'
import { formatInstant } from '../units/instant.ts'
import { pageLink } from './page-link.ts'
import { neutraliseText } from './neutralise-text.ts'
import type { BriefIncident, Notice } from './notice.ts'

/** What a notice says, in words, before a service's own markup: every text is one line without control characters. */
export interface NoticeText {
  /** What happened and how bad it is: `OPENED · critical`. */
  status: string
  /** The same for every notice of a thread. */
  title: string
  paragraphs: readonly string[]
  details: readonly { label: string; text: string }[]
  whatToDo: { label: string; steps: readonly string[] } | null
  link: { label: string; url: string } | null
}

const MOST_LISTED = 20

/** Puts a notice into words. */
export function noticeText(notice: Notice, language: Language, baseUrl: string | null): NoticeText {
  const sentence = (one: Message) => oneLine(say(one, language))
  const [incident] = notice.incidents
  const isOne = notice.kind !== 'grouped' && incident !== undefined
  const severity = notice.kind === 'test' ? [] : [tellWord(notice.severity, language)]
  const advice = isOne && notice.kind !== 'resolved' ? incident.advice.map(sentence) : []
  const listed = notice.kind === 'grouped' ? incidentLines(notice.incidents, language) : []
  return {
    status: [tellWord(notice.kind, language), ...severity].join(' · '),
    title: isOne ? titleOf(incident) : `kubepatrol · ${tellWord(notice.kind, language)}`,
    paragraphs: [...notice.news.map(sentence), ...listed],
    details: isOne ? details(notice, incident, language) : [],
    whatToDo: advice.length === 0 ? null : { label: sentence(message('explain.what-to-do')), steps: advice },
    link:
      baseUrl === null
        ? null
        : {
            label: sentence(message('tell.open-page')),
            url: pageLink(baseUrl, isOne ? incident.id : undefined),
          },
  }
}

/** Text from anywhere as one line that cannot move a cursor or turn a line around. */
export function oneLine(text: string): string {
  return neutraliseText(text)
    .replace(/\s*\n\s*/g, ' ')
    .trim()
}

function titleOf({ nodes, cause }: BriefIncident): string {
  return [...nodes.slice(0, 3).map(oneLine), cause.id].join(' · ')
}

function details({ at, thread }: Notice, incident: BriefIncident, language: Language) {
  const { openedAt, pods, images, volumes } = incident
  const rows: [Message, string][] = [
    [message('tell.when'), formatInstant(Math.floor(at / 1000) * 1000)],
    [message('tell.opened-at'), openedAt === null ? '' : formatInstant(Math.floor(openedAt / 1000) * 1000)],
    [message('explain.pods'), list(pods, language)],
    [message('explain.images'), list(images, language)],
    [message('explain.volumes'), list(volumes, language)],
    [message('tell.incident'), thread],
  ]
  return rows
    .filter(([, text]) => text !== '')
    .map(([label, text]) => ({ label: say(label, language), text: oneLine(text) }))
}

function list(names: readonly string[], language: Language): string {
  const most = 8
  const more = names.length - most
  const shown = names.slice(0, most).map(oneLine)
  return [...shown, ...(more > 0 ? [say(message('tell.and-more', { count: more }), language)] : [])].join(
    ', ',
  )
}

function incidentLines(incidents: readonly BriefIncident[], language: Language): string[] {
  const line = ({ severity, state, nodes, cause }: BriefIncident) => {
    const words = [tellWord(severity, language), tellWord(state, language), ...nodes.slice(0, 1)]
    return oneLine(`${words.join(' · ')}: ${say(cause.message, language)}`)
  }
  const more = incidents.length - MOST_LISTED
  const rest = more > 0 ? [say(message('tell.and-more', { count: more }), language)] : []
  return [...incidents.slice(0, MOST_LISTED).map(line), ...rest]
}
