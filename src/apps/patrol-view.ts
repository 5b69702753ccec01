import { forecastDocument } from '../core/forecast/present/forecast-json.ts'
import { watchedFilesystems } from '../core/detect/watched-filesystems.ts'
import type { IncidentStore } from '../core/keep/incident-store.ts'
import type { DiskLevel } from '../core/kubelet/disk-levels.ts'
import { imageGcUsagePercent } from '../core/kubelet/image-gc-threshold.ts'
import type { Language } from '../core/messages/language.ts'
import { message, say } from '../core/messages/message.ts'
import type { NodeView } from '../core/observe/node-view.ts'
import { formatInstant } from '../core/units/instant.ts'
import type { NodeDocument, StatusDocument, ThresholdDocument } from '../http/contract.ts'
import type { PatrolView } from '../http/patrol-view.ts'
import { forecastsOf } from './forecasts.ts'
import type { Patrol } from './patrol-loop.ts'

/** What is looked at through the page. */
export interface ViewParts {
  patrol: Patrol
  store: IncidentStore
  version: string
  /** What is patrolled. */
  subject: Pick<StatusDocument, 'mode' | 'subject'>
  /** How far a replay is; absent for what lives. */
  replay?: () => NonNullable<StatusDocument['replay']>
}

/** What the page is told of a patrol. */
export function patrolView({ patrol, store, version, subject, replay }: ViewParts): PatrolView {
  const forecastOf = forecastsOf(patrol)
  const observedAt = () => {
    const at = patrol.observedAt()
    return at === null ? null : formatInstant(at)
  }
  return {
    status: () => ({
      ...subject,
      version,
      observedAt: observedAt(),
      rounds: patrol.rounds(),
      replay: replay?.() ?? null,
    }),
    incidents: () => store.listIncidents(),
    changes: (limit) => store.listChanges(limit),
    nodes: (language) => patrol.nodes().map((view) => nodeDocument(view, patrol, language)),
    usage(nodeName) {
      const view = patrol.nodes().find(({ name }) => name === nodeName)
      return (
        view && {
          node: view.name,
          capacityBytes: view.readings.at(-1)?.capacityBytes ?? null,
          at: view.readings.map(({ at }) => at / 1000),
          availableBytes: view.readings.map(({ availableBytes }) => availableBytes),
        }
      )
    },
    forecast(nodeName, language) {
      const forecast = forecastOf(nodeName)
      return forecast && forecastDocument(forecast, language)
    },
    onRound: (listener) =>
      patrol.onRound(() => listener({ round: patrol.rounds(), observedAt: observedAt() ?? '' })),
  }
}

function nodeDocument(view: NodeView, patrol: Patrol, language: Language): NodeDocument {
  const latest = view.readings.at(-1)
  const disk = watchedFilesystems(view).find(({ holds }) => holds !== 'images')
  const levels = (disk?.levels ?? []).filter(({ unit }) => unit === 'bytes')
  return {
    name: view.name,
    kubeletVersion: view.kubeletVersion ?? null,
    containerRuntimeVersion: view.containerRuntimeVersion ?? null,
    observedAt: formatInstant(view.observedAt),
    capacityBytes: latest?.capacityBytes ?? null,
    availableBytes: latest?.availableBytes ?? null,
    usedBytes: latest?.usedBytes ?? null,
    usedPercent: latest ? (imageGcUsagePercent(latest) ?? null) : null,
    thresholds: levels.map((level) => thresholdDocument(level, language)),
    findings: patrol
      .findings()
      .filter(({ node }) => node === view.name)
      .map(({ id, reason, severity, message: sentence }) => ({
        id,
        reason,
        severity,
        message: say(sentence, language),
      })),
  }
}

function thresholdDocument({ id, kind, below, setting }: DiskLevel, language: Language): ThresholdDocument {
  const label =
    id === 'image-gc'
      ? message('level.image-gc', { setting })
      : message('level.eviction', { signal: id, setting, isSoft: kind === 'soft' })
  return { id, kind, availableBytes: below, setting, message: say(label, language) }
}
