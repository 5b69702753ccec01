import type { Incident } from '../../src/core/incident/incident.ts'
import { message } from '../../src/core/messages/message.ts'
import type { RoundEvent } from '../../src/http/contract.ts'
import type { PatrolView } from '../../src/http/patrol-view.ts'

const AT = Date.UTC(2026, 10, 24)

/** A patrol that has found one incident, and goes round when it is told to. */
export function fakeView(): PatrolView & { goRound(): void; listeners(): number } {
  const listeners = new Set<(event: RoundEvent) => void>()
  const incident: Incident = {
    id: 'etcd-space-n1',
    severity: 'critical',
    state: 'open',
    openedAt: AT,
    updatedAt: AT,
    resolvedAt: null,
    cause: {
      id: 'etcd-space',
      message: message('cause.etcd-space', { pods: [], images: [], count: 1 }),
      certainty: 'stated',
      because: null,
    },
    chain: [],
    affected: { images: [], pods: [], volumes: [], nodes: ['n1'] },
    advice: [],
  }
  return {
    status: () => ({
      version: '0',
      mode: 'replay',
      subject: 'test',
      observedAt: null,
      startsAt: '2026-11-24T00:00:00Z',
      endsAt: '2026-11-24T00:01:00Z',
      speed: 1,
      finished: false,
      rounds: 0,
    }),
    incidents: async () => [incident],
    changes: async () => [{ key: 'k', kind: 'opened', at: AT, incident, news: [incident.cause.message] }],
    nodes: () => [],
    usage: (name) =>
      name === 'n1' ? { node: 'n1', capacityBytes: null, at: [], availableBytes: [] } : undefined,
    onRound(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    goRound: () =>
      listeners.forEach((listener) => listener({ round: 1, observedAt: '2026-11-24T00:00:01Z' })),
    listeners: () => listeners.size,
  }
}
