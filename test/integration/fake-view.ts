import type { RoundEvent } from '../../src/http/contract.ts'
import type { PatrolView } from '../../src/http/patrol-view.ts'
import { anIncident } from '../contracts/an-incident.ts'

const AT = Date.UTC(2026, 10, 24)

/** A patrol that has found one incident, and goes round when it is told to. */
export function fakeView(): PatrolView & { goRound(): void; listeners(): number } {
  const listeners = new Set<(event: RoundEvent) => void>()
  const incident = anIncident('etcd-space-n1', AT, { severity: 'critical' })
  return {
    status: () => ({
      version: '0',
      mode: 'replay',
      subject: 'test',
      observedAt: null,
      rounds: 0,
      lab: null,
      replay: {
        startsAt: '2026-11-24T00:00:00Z',
        endsAt: '2026-11-24T00:01:00Z',
        speed: 1,
        finished: false,
      },
    }),
    incidents: async () => ({ incidents: [incident], total: 1 }),
    incident: async (id) => (id === incident.id ? incident : undefined),
    changes: async () => [{ key: 'k', kind: 'opened', at: AT, incident, news: [incident.cause.message] }],
    deliveries: async () => [],
    findings: () => [],
    nodes: () => [],
    node: () => undefined,
    usage: (name) => (name === 'n1' ? { node: 'n1', at: [], availableBytes: [], images: null } : undefined),
    forecast: (name) =>
      name === 'n1'
        ? {
            node: 'n1',
            madeAt: '2026-11-24T00:00:00Z',
            horizonSeconds: 86_400,
            growth: null,
            consumers: [],
            levels: [],
            band: [],
            actions: [],
            consequences: [],
            gaps: [],
          }
        : undefined,
    controlLab: () => false,
    onRound(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    goRound: () =>
      listeners.forEach((listener) => listener({ round: 1, observedAt: '2026-11-24T00:00:01Z' })),
    listeners: () => listeners.size,
  }
}
