import type { Language } from '../core/messages/language.ts'
import type { Incident } from '../core/incident/incident.ts'
import type { IncidentChange } from '../core/tell/incident-change.ts'
import type { ForecastDocument, NodeDocument, RoundEvent, StatusDocument, UsageDocument } from './contract.ts'

/** What the HTTP server asks the running patrol. */
export interface PatrolView {
  status(): StatusDocument
  incidents(): Promise<Incident[]>
  changes(limit: number): Promise<IncidentChange[]>
  nodes(language: Language): NodeDocument[]
  /** Undefined when no node of that name was seen. */
  usage(nodeName: string): UsageDocument | undefined
  /** Undefined when no node of that name was seen. */
  forecast(nodeName: string, language: Language): ForecastDocument | undefined
  /** Calls back after every round until the returned function is called. */
  onRound(listener: (event: RoundEvent) => void): () => void
}
