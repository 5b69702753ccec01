import type { Incident } from '../incident/incident.ts'
import type { Delivery } from '../tell/delivery.ts'
import type { IncidentChange } from '../tell/incident-change.ts'
import type { TellingMemory } from '../tell/plan-telling.ts'
import type { AuditEntry } from './audit.ts'
import type { KeptNode, KeptNodeChange } from './kept-node.ts'

/** What a round leaves behind. */
export interface KeptRound {
  /** New ones, and those that are not as they were. */
  incidents: readonly Incident[]
  changes: readonly IncidentChange[]
  deliveries: KeptDeliveries
  nodes: readonly KeptNodeChange[]
  /** Names of nodes that are gone. */
  forgottenNodes: readonly string[]
  telling: KeptTelling
}

/** What became of deliveries. */
export interface KeptDeliveries {
  /** Inserted or replaced, by channel and key; new ones come after all that are there. */
  saved: readonly Delivery[]
  /** Others stand for them. */
  merged: readonly Pick<Delivery, 'channel' | 'notice'>[]
}

/** What telling remembers, as far as it changed. */
export interface KeptTelling {
  troubles: TellingMemory['troubles']
  forgotten: readonly string[]
  storm: TellingMemory['storm'] | null
}

/** What a patrol goes on with after a restart. */
export interface KeptMemory {
  nodes: readonly KeptNode[]
  open: readonly Incident[]
  telling: TellingMemory
  /** In the order in which they are to be sent. */
  waiting: readonly Delivery[]
}

/** Which incidents are asked for; all where a part is absent. */
export interface IncidentQuery {
  state?: Incident['state'] | undefined
  /** Those that affect a node. */
  node?: string | undefined
}

/** Keeps what the patrol found. Every method throws a coded error (KP_STORE_…) when the store cannot be used. */
export interface IncidentStore {
  /** Newest first (by `openedAt`, then id); all where nothing is asked for. */
  listIncidents(asked?: IncidentQuery & { limit?: number }): Promise<Incident[]>
  countIncidents(asked: IncidentQuery): Promise<number>
  findIncident(id: string): Promise<Incident | undefined>
  /** The latest changes, newest first, at most `limit`. A change of the same key is kept once. */
  listChanges(limit: number): Promise<IncidentChange[]>
  /** All of a round, or nothing of it. */
  saveRound(round: KeptRound): Promise<void>
  restore(): Promise<KeptMemory>
  close(): Promise<void>
}

/** Keeps what was told, and whether it arrived. */
export interface OutboxStore {
  saveDeliveries(deliveries: KeptDeliveries): Promise<void>
  /** The latest deliveries, newest first, at most `limit`. */
  listDeliveries(limit: number): Promise<Delivery[]>
}

/** Keeps who did what. */
export interface AuditStore {
  appendAudit(entry: AuditEntry): Promise<void>
  /** The latest entries, newest first, at most `limit`. */
  listAudit(limit: number): Promise<AuditEntry[]>
}

/** All that a patrol keeps, in one place, so that what belongs together is kept together. */
export interface PatrolStore extends IncidentStore, OutboxStore, AuditStore {}
