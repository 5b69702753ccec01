import type { Incident } from '../../src/core/incident/incident.ts'
import { message } from '../../src/core/messages/message.ts'

/** An incident as tests need one, with what matters to them. */
export function anIncident(id: string, openedAt: number | null, more: Partial<Incident> = {}): Incident {
  return {
    id,
    severity: 'warning',
    state: 'open',
    openedAt,
    updatedAt: openedAt,
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
    ...more,
  }
}
