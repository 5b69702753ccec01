import type { Language } from '../messages/language.ts'
import { say } from '../messages/message.ts'
import { formatInstant, type Instant } from '../units/instant.ts'
import { noticeText, oneLine } from './notice-text.ts'
import type { BriefIncident, Notice } from './notice.ts'

/** A notice as a webhook is sent it: fields are only ever added. */
export function noticeDocument(notice: Notice, language: Language, baseUrl: string | null) {
  const { key, kind, thread, severity, covers } = notice
  const { title, paragraphs, link } = noticeText(notice, language, baseUrl)
  return {
    version: 1,
    key,
    kind,
    at: formatInstant(notice.at),
    thread,
    severity,
    title,
    sentences: paragraphs,
    link: link?.url ?? null,
    incidents: notice.incidents.map((incident) => incidentPart(incident, language)),
    covers,
  }
}

function incidentPart(incident: BriefIncident, language: Language) {
  const { id, severity, state, openedAt, resolvedAt, cause, nodes, pods, images, volumes, advice } = incident
  return {
    id,
    severity,
    state,
    openedAt: iso(openedAt),
    resolvedAt: iso(resolvedAt),
    cause: { id: cause.id, message: oneLine(say(cause.message, language)) },
    affected: {
      nodes: nodes.map(oneLine),
      pods: pods.map(oneLine),
      images: images.map(oneLine),
      volumes: volumes.map(oneLine),
    },
    advice: advice.map((step) => oneLine(say(step, language))),
  }
}

function iso(instant: Instant | null): string | null {
  return instant === null ? null : formatInstant(instant)
}
