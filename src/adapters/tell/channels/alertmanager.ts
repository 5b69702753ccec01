import { z } from 'zod'
import { SEVERITIES } from '../../../core/incident/severity.ts'
import { say } from '../../../core/messages/message.ts'
import type { Language } from '../../../core/messages/language.ts'
import { oneLine } from '../../../core/tell/notice-text.ts'
import type { BriefIncident, Notice } from '../../../core/tell/notice.ts'
import { defineChannel, type ChannelContext } from '../../../core/tell/notification-channel.ts'
import { Address, Secret } from '../../../core/tell/secret.ts'
import { pageLink } from '../../../core/tell/page-link.ts'
import { formatInstant, type Instant } from '../../../core/units/instant.ts'
import { poster } from './transport/post.ts'

const REFRESH_EVERY = 60_000
/** An alert that is not sent again ends by itself: five times the refresh survives a restart. */
const LASTS = 5 * REFRESH_EVERY
const MOST_AT_ONCE = 200

/** Keeps alerts in Alertmanager while incidents last. It groups, silences and repeats by itself, so nothing is held back. */
export const alertmanager = defineChannel({
  id: 'alertmanager',
  summary:
    'Keeps an alert in Alertmanager (API v2) for as long as an incident lasts: sent again every minute, ended when the incident is over. Flap and storm limits do not apply: Alertmanager has its own.',
  limits: 'none',
  mostPerMinute: 0,
  options: z.strictObject({
    url: Address.describe('Its address, without /api/v2/alerts. Of a cluster, make each member a channel.'),
    authorization: Secret.optional().describe('The whole value of the header `Authorization`.'),
  }),

  open({ url, authorization }, context) {
    const { name, timeout, now } = context
    const { post, close } = poster(name)
    const send = async (alerts: readonly Alert[]) => {
      for (let start = 0; start < alerts.length; start += MOST_AT_ONCE) {
        await post({
          url: `${url.replace(/\/+$/, '')}/api/v2/alerts`,
          headers: authorization === undefined ? {} : { Authorization: authorization },
          secrets: authorization === undefined ? [] : [authorization],
          body: JSON.stringify(alerts.slice(start, start + MOST_AT_ONCE)),
          timeout,
        })
      }
    }
    return {
      id: name,
      close,
      refreshEvery: REFRESH_EVERY,
      tell: (notice) =>
        send(notice.kind === 'test' ? [testAlert(notice, context)] : changedAlerts(notice, context)),
      refresh: (open) => send(open.map((incident) => alertOf(incident, context, now() + LASTS))),
    }
  },
})

interface Alert {
  labels: Readonly<Record<string, string>>
  annotations: Readonly<Record<string, string>>
  startsAt: string
  endsAt: string
  generatorURL?: string
}

/** The alert of each incident; one that grew worse is another alert, so that of the other severities ends. */
function changedAlerts({ kind, at, incidents }: Notice, context: ChannelContext): Alert[] {
  const now = context.now()
  return incidents.flatMap((incident) => {
    const endsAt = incident.state === 'resolved' ? Math.min(incident.resolvedAt ?? at, now) : now + LASTS
    const others = kind === 'opened' ? [] : SEVERITIES.filter((severity) => severity !== incident.severity)
    return [
      alertOf(incident, context, endsAt),
      ...others.map((severity) => alertOf({ ...incident, severity }, context, now)),
    ]
  })
}

function alertOf(
  incident: BriefIncident,
  { language, baseUrl, now }: ChannelContext,
  endsAt: Instant,
): Alert {
  const { id, severity, openedAt, cause, nodes, namespaces, pods, advice } = incident
  const [node] = nodes
  const [namespace, ...otherNamespaces] = namespaces
  const words = (sentences: readonly string[]) => sentences.map(oneLine).join('\n')
  return {
    labels: {
      alertname: alertName(cause.id),
      severity,
      incident: id,
      ...(node === undefined ? {} : { node: oneLine(node) }),
    },
    annotations: {
      summary: oneLine(say(cause.message, language)),
      description: words(advice.map((step) => say(step, language))),
      ...(pods.length > 0 ? { pods: words([pods.join(', ')]) } : {}),
      ...(namespace !== undefined && otherNamespaces.length === 0 ? { namespace: oneLine(namespace) } : {}),
    },
    startsAt: formatInstant(Math.min(openedAt ?? now(), endsAt)),
    endsAt: formatInstant(endsAt),
    ...(baseUrl === null ? {} : { generatorURL: pageLink(baseUrl, id) }),
  }
}

function testAlert({ news, at }: Notice, { language, now }: ChannelContext): Alert {
  const summary = said(news, language)
  return {
    labels: { alertname: 'KubepatrolTest', severity: 'info' },
    annotations: { summary },
    startsAt: formatInstant(at),
    endsAt: formatInstant(now() + REFRESH_EVERY),
  }
}

function said(news: Notice['news'], language: Language): string {
  return news.map((sentence) => oneLine(say(sentence, language))).join(' ')
}

/** `disk-filled` as KubepatrolDiskFilled. */
function alertName(cause: string): string {
  const words = cause.split('-').map((word) => word.charAt(0).toUpperCase() + word.slice(1))
  return `Kubepatrol${words.join('')}`
}
