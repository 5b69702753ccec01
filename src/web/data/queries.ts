import { useQueries, useQuery, type UseQueryResult } from '@tanstack/react-query'
import type { IncidentDocument } from '../../core/incident/incident-document.ts'
import type {
  ChangeDocument,
  FindingDocument,
  ForecastDocument,
  NodeDocument,
  StatusDocument,
  UsageDocument,
} from '../../http/contract.ts'
import type { DeliveryDocument, IncidentRow, NodeRow } from '../../http/list-contract.ts'
import { PATHS } from '../../http/paths.ts'
import { useLanguage } from './language.tsx'
import { ask } from './api.ts'

interface Items<T> {
  items: T[]
}
interface Bounded<T> extends Items<T> {
  total: number
}
type Asked = Readonly<Record<string, string>>

function useAsk<T>(path: string, asked: Asked = {}): UseQueryResult<T> {
  const { language } = useLanguage()
  return useQuery({
    queryKey: [path, language, asked],
    queryFn: () => ask<T>(path, { ...asked, lang: language }),
    // What was shown stays while the same is asked in another language, or for other rows.
    placeholderData: (before, query) => (query?.queryKey[0] === path ? before : undefined),
  })
}

const ofNode = (path: string, node: string) => path.replace('{name}', encodeURIComponent(node))
const incidentPath = (id: string) => PATHS.incident.replace('{id}', encodeURIComponent(id))

export const useStatus = () => useAsk<StatusDocument>(PATHS.status)
export const useIncidents = (asked: Asked = {}) => useAsk<Bounded<IncidentRow>>(PATHS.incidents, asked)
export const useIncident = (id: string) => useAsk<IncidentDocument>(incidentPath(id))
export const useFindings = (asked: Asked) => useAsk<Bounded<FindingDocument>>(PATHS.findings, asked)
export const useNodes = () => useAsk<Items<NodeRow>>(PATHS.nodes)
export const useNode = (node: string) => useAsk<NodeDocument>(ofNode(PATHS.node, node))
export const useChanges = () => useAsk<Items<ChangeDocument>>(PATHS.changes)
export const useDeliveries = () => useAsk<Items<DeliveryDocument>>(PATHS.deliveries)
export const useUsage = (node: string) => useAsk<UsageDocument>(ofNode(PATHS.usage, node))
export const useForecast = (node: string) => useAsk<ForecastDocument>(ofNode(PATHS.forecast, node))

/** Some incidents in full, as far as they have come. */
export function useIncidentsInFull(ids: readonly string[]): IncidentDocument[] {
  const { language } = useLanguage()
  return useQueries({
    queries: ids.map((id) => ({
      queryKey: [incidentPath(id), language, {}],
      queryFn: () => ask<IncidentDocument>(incidentPath(id), { lang: language }),
      placeholderData: (before: IncidentDocument | undefined) => before,
    })),
    combine: (results) => results.flatMap(({ data }) => data ?? []),
  })
}

/** Whether a query asks for the forecast of a node. */
export function isForecastQuery({ queryKey: [path] }: { queryKey: readonly unknown[] }): boolean {
  return typeof path === 'string' && path.endsWith('/forecast')
}

/** Whether a query asks what the patrol is doing. */
export function isStatusQuery({ queryKey: [path] }: { queryKey: readonly unknown[] }): boolean {
  return path === PATHS.status
}
