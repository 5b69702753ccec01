import { levelName } from '../core/forecast/present/level-name.ts'
import type { NodeForecast } from '../core/forecast/node-forecast.ts'
import type { Language } from '../core/messages/language.ts'
import { say } from '../core/messages/message.ts'
import { byNeed } from '../core/report/by-need.ts'
import { nextLevel } from '../core/report/next-level.ts'
import { nodeReports, withForecast, type DiskReport, type NodeReport } from '../core/report/node-report.ts'
import { shrinkingNodes } from '../core/report/shrinking-nodes.ts'
import { formatInstant } from '../core/units/instant.ts'
import type { NextDocument, NodeRow } from '../http/list-contract.ts'
import type { Patrol } from './patrol-loop.ts'

/** So many nodes of a fleet are told when their next level comes. */
const MOST_FORECASTS = 40
/** So many of these forecasts are made, or made anew, for one answer. */
const MOST_MADE = 8

/**
 * The nodes of a patrol in the order of need. Forecasts are made for the few whose disk fills, a bounded number
 * at a time, the oldest anew; what was foretold a few rounds ago is shown until then.
 */
export function fleetOf(patrol: Patrol, forecastOf: (nodeName: string) => NodeForecast | undefined) {
  let kept: ReadonlyMap<string, NodeForecast> = new Map()
  return (): NodeReport[] => {
    const views = patrol.nodes()
    const reports = nodeReports({
      views,
      findings: patrol.findings(),
      incidents: patrol.open(),
      gaps: patrol.observation()?.gaps ?? [],
    })
    const wanted = shrinkingNodes(reports, views).slice(0, MOST_FORECASTS)
    const oldestFirst = wanted.toSorted((a, b) => (kept.get(a)?.madeAt ?? 0) - (kept.get(b)?.madeAt ?? 0))
    const made = new Map(oldestFirst.slice(0, MOST_MADE).map((name) => [name, forecastOf(name)]))
    kept = new Map(
      wanted.flatMap((name) => {
        const forecast = made.get(name) ?? kept.get(name)
        return forecast ? [[name, forecast]] : []
      }),
    )
    return byNeed(reports.map((report) => withForecast(report, kept.get(report.name))))
  }
}

/** A node as a row of the fleet. */
export function nodeRow(report: NodeReport, language: Language): NodeRow {
  const { name, worst, isSeen, lastSeenAt, disks } = report
  return {
    name,
    worst,
    isSeen,
    lastSeenAt: lastSeenAt === null ? null : formatInstant(lastSeenAt),
    disks: disks.map((disk) => {
      const { holds, capacityBytes, availableBytes, usedPercent, levels } = disk
      return {
        holds,
        capacityBytes,
        availableBytes,
        usedPercent,
        levels: levels.map(({ kind, below }) => ({ kind, availableBytes: below })),
        next: nextDocument(report, disk, language),
      }
    }),
  }
}

function nextDocument(report: NodeReport, disk: DiskReport, language: Language): NextDocument {
  const next = nextLevel(report, disk)
  return {
    kind: next.kind,
    level: 'level' in next ? say(levelName(next.level), language) : null,
    at: next.kind === 'expected' ? formatInstant(next.at) : null,
    marginBytes: next.kind === 'ahead' ? next.marginBytes : null,
  }
}
