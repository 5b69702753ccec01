import { useQuery, type UseQueryResult } from '@tanstack/react-query'
import type { IncidentDocument } from '../../core/incident/incident-document.ts'
import type {
  ChangeDocument,
  ForecastDocument,
  NodeDocument,
  StatusDocument,
  UsageDocument,
} from '../../http/contract.ts'
import { PATHS } from '../../http/paths.ts'
import { useLanguage } from './language.tsx'
import { ask } from './api.ts'

interface Items<T> {
  items: T[]
}

function useAsk<T>(path: string): UseQueryResult<T> {
  const { language } = useLanguage()
  return useQuery({
    queryKey: [path, language],
    queryFn: () => ask<T>(path, language),
    placeholderData: (before) => before,
  })
}

export const useStatus = () => useAsk<StatusDocument>(PATHS.status)
export const useIncidents = () => useAsk<Items<IncidentDocument>>(PATHS.incidents)
export const useNodes = () => useAsk<Items<{ name: string }>>(PATHS.nodes)
export const useNode = (node: string) =>
  useAsk<NodeDocument>(PATHS.node.replace('{name}', encodeURIComponent(node)))
export const useChanges = () => useAsk<Items<ChangeDocument>>(PATHS.changes)
export const useUsage = (node: string) =>
  useAsk<UsageDocument>(PATHS.usage.replace('{name}', encodeURIComponent(node)))
export const useForecast = (node: string) =>
  useAsk<ForecastDocument>(PATHS.forecast.replace('{name}', encodeURIComponent(node)))

/** Whether a query asks for the forecast of a node. */
export function isForecastQuery({ queryKey: [path] }: { queryKey: readonly unknown[] }): boolean {
  return typeof path === 'string' && path.endsWith('/forecast')
}
