import { message } from '../messages/message.ts'
import type { Incident } from '../incident/incident.ts'
import type { PatrolReport } from './patrol-report.ts'

const INCIDENT: Incident = {
  id: 'disk-filled-n1-20260101t120000z',
  severity: 'critical',
  state: 'open',
  openedAt: Date.UTC(2026, 0, 1, 12),
  updatedAt: Date.UTC(2026, 0, 1, 12, 1),
  resolvedAt: null,
  cause: {
    id: 'disk-filled',
    message: message('report.title', { subject: '<b>@all</b>' }),
    certainty: 'stated',
    because: null,
  },
  chain: [],
  affected: { images: [], pods: ['log/es-0'], volumes: [], nodes: ['n1'] },
  advice: [],
}

interface Changed extends Partial<PatrolReport> {
  availableBytes?: number
}

/** A report of one node that is short of disk, with one incident and one finding; names are hostile. */
export function aReport({ availableBytes = 100, ...more }: Changed = {}): PatrolReport {
  const level = { id: 'nodefs.available', kind: 'hard', unit: 'bytes', below: 50, setting: '5%' } as const
  return {
    subject: 'lab </script><img src=x onerror=alert(1)>',
    serverVersion: 'v1.20.2',
    madeAt: Date.UTC(2026, 0, 1, 12, 2),
    lookedAt: { nodes: 1, pods: 5, claims: null },
    nodes: [
      {
        name: 'n1',
        kubeletVersion: 'v1.20.2',
        worst: 'critical',
        isSeen: true,
        lastSeenAt: Date.UTC(2026, 0, 1, 12, 2),
        disks: [
          {
            holds: 'all',
            capacityBytes: 1000,
            availableBytes,
            usedPercent: 90,
            next: { level, marginBytes: 50 },
            crossed: [],
            levels: [level],
          },
        ],
        forecast: null,
      },
    ],
    incidents: [INCIDENT],
    findings: [
      {
        id: 'observation-incomplete',
        reason: 'ObservationIncomplete',
        severity: 'warning',
        object: { kind: 'Pod', namespace: 'app', name: 'web|`x`' },
        message: message('report.title', { subject: '<script>alert(1)</script> \u001b[31m' }),
      },
    ],
    gaps: [],
    ...more,
  }
}
