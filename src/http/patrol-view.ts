import type { Language } from '../core/messages/language.ts'
import type { Incident } from '../core/incident/incident.ts'
import type { IncidentQuery } from '../core/keep/incident-store.ts'
import type { IncidentChange } from '../core/tell/incident-change.ts'
import type { Finding } from '../core/detect/finding.ts'
import type { Delivery } from '../core/tell/delivery.ts'
import type {
  ForecastDocument,
  LabRequest,
  NodeDocument,
  RoundEvent,
  StatusDocument,
  UsageDocument,
} from './contract.ts'
import type { NodeRow } from './list-contract.ts'

/** What the HTTP server asks the running patrol. */
export interface PatrolView {
  status(): StatusDocument
  /** Newest first, at most `limit`, and how many there are. */
  incidents(asked: IncidentQuery, limit: number): Promise<{ incidents: Incident[]; total: number }>
  incident(id: string): Promise<Incident | undefined>
  changes(limit: number): Promise<IncidentChange[]>
  /** The latest deliveries, newest first, at most `limit`. */
  deliveries(limit: number): Promise<Delivery[]>
  findings(): readonly Finding[]
  /** The sick first, then by how soon the kubelet acts. */
  nodes(language: Language): NodeRow[]
  /** Undefined when no node of that name was seen. */
  node(nodeName: string, language: Language): NodeDocument | undefined
  /** Undefined when no node of that name was seen. */
  usage(nodeName: string): UsageDocument | undefined
  /** Undefined when no node of that name was seen. */
  forecast(nodeName: string, language: Language): ForecastDocument | undefined
  /** Does what is wanted of the lab; false where there is no lab, or no such scenario. */
  controlLab(request: LabRequest): boolean
  /** Calls back after every round until the returned function is called. */
  onRound(listener: (event: RoundEvent) => void): () => void
}
