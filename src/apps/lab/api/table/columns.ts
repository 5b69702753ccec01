import { recordOf, type KubernetesObject } from '../../store/kubernetes-object.ts'

/** A column of `kubectl get`; those of priority 1 only show with `-o wide`. */
export interface Column {
  name: string
  type: 'string' | 'integer' | 'date'
  format?: string
  priority: 0 | 1
  /** The minor version of Kubernetes that first showed it, and the first that does not. */
  since?: number
  below?: number
  cell: (object: KubernetesObject, now: number) => unknown
}

/** A column of what is always shown. */
export function shown(name: string, cell: Column['cell'], type: Column['type'] = 'string'): Column {
  return { name, type, priority: 0, cell }
}
/** A column of `-o wide`. */
export function wide(name: string, cell: Column['cell']): Column {
  return { name, type: 'string', priority: 1, cell }
}

export const NAME: Column = { ...shown('Name', ({ metadata }) => metadata.name), format: 'name' }
export const AGE: Column = shown('Age', ({ metadata }, now) => ageOf(metadata.creationTimestamp, now))

/** A value inside an object; undefined when the path leads nowhere. */
export function at(object: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((value, part) => recordOf(value)[part], object)
}
export function textAt(object: unknown, path: string, otherwise = ''): string {
  const value = at(object, path)
  return typeof value === 'string' || typeof value === 'number' ? String(value) || otherwise : otherwise
}
export function numberAt(object: unknown, path: string): number {
  const value = at(object, path)
  return typeof value === 'number' ? value : 0
}
export function recordsAt(object: unknown, path: string): readonly Record<string, unknown>[] {
  const value = at(object, path)
  return Array.isArray(value) ? value.map(recordOf) : []
}

/** The time since, as kubectl shows it; `<unknown>` when there is none. */
export function ageOf(since: unknown, now: number): string {
  const then = typeof since === 'string' ? Date.parse(since) : Number.NaN
  if (Number.isNaN(then)) return '<unknown>'
  return humanDuration(Math.trunc((now - then) / 1000))
}

/** `HumanDuration` of apimachinery. */
function humanDuration(seconds: number): string {
  if (seconds < -1) return '<invalid>'
  if (seconds < 0) return '0s'
  if (seconds < 120) return `${seconds}s`
  const two = (whole: number, unit: string, rest: number, small: string) =>
    rest === 0 ? `${whole}${unit}` : `${whole}${unit}${rest}${small}`
  const minutes = Math.floor(seconds / 60)
  if (minutes < 10) return two(minutes, 'm', seconds % 60, 's')
  if (minutes < 180) return `${minutes}m`
  const hours = Math.floor(minutes / 60)
  if (hours < 8) return two(hours, 'h', minutes % 60, 'm')
  if (hours < 48) return `${hours}h`
  const days = Math.floor(hours / 24)
  if (hours < 192) return two(days, 'd', hours % 24, 'h')
  if (days < 730) return `${days}d`
  const years = Math.floor(days / 365)
  return years < 8 ? two(years, 'y', days % 365, 'd') : `${years}y`
}
