import type { FoldedFact } from '../../src/core/explain/facts/fact.ts'
import type { KeptRound } from '../../src/core/keep/incident-store.ts'
import type { FilesystemReading } from '../../src/core/observe/observation.ts'
import { newDelivery, type Delivery } from '../../src/core/tell/delivery.ts'
import { noticeOf, type Notice } from '../../src/core/tell/notice.ts'
import type { Trouble } from '../../src/core/tell/trouble.ts'
import { anIncident } from './an-incident.ts'

/** What a round leaves behind, as tests need it: nothing but what matters to them. */
export function aRound(round: Partial<KeptRound>): KeptRound {
  return {
    incidents: [],
    changes: [],
    deliveries: { saved: [], merged: [] },
    nodes: [],
    forgottenNodes: [],
    telling: { troubles: {}, forgotten: [], storm: null },
    ...round,
  }
}

export function aNotice(key: string, more: Partial<Notice> = {}): Notice {
  return { ...noticeOf({ key, kind: 'opened', at: 1, incident: anIncident('a', 1), news: [] }), ...more }
}

export function aDelivery(key: string, more: Partial<Delivery> = {}): Delivery {
  return { ...newDelivery('chat', aNotice(key), 1), ...more }
}

export function aTrouble(thread: string): Trouble {
  return {
    thread,
    told: 'open',
    toldAt: 1,
    worst: 'warning',
    state: 'open',
    since: 1,
    openings: [1],
    hasComeBack: false,
    isFlapping: false,
    held: aNotice('held'),
  }
}

export function aReading(at: number): FilesystemReading {
  return { at, capacityBytes: 100, availableBytes: 50.5, usedBytes: 49.5, inodes: 10, inodesFree: 5 }
}

export function aFact(subject: string, order: number): FoldedFact {
  return {
    id: 'image-gc-failed',
    at: order,
    atText: null,
    order,
    isCoarse: false,
    node: 'n1',
    source: { file: 'kubelet.log', line: order },
    from: 'kubelet',
    fields: {},
    subject,
    raw: '字 \u0000 "raw"',
    count: 1,
    firstAt: order,
    lastAt: order,
    lastOrder: order,
    evidence: [],
  }
}
