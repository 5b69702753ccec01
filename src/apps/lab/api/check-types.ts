import { ApiRefusal, invalid, invalidValue } from '../store/api-refusal.ts'
import { recordOf } from '../store/kubernetes-object.ts'
import type { ServedResource } from '../store/resources.ts'
import { at, recordsAt } from './table/columns.ts'

/** Maps whose values are texts, by kind; every kind has labels and annotations. */
const TEXT_MAPS: Readonly<Partial<Record<string, readonly string[]>>> = {
  ConfigMap: ['data', 'binaryData'],
  Secret: ['data', 'stringData'],
}
const TEXT_MAPS_OF_ALL = ['metadata.labels', 'metadata.annotations']
const QUANTITY = /^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$/
const QUANTITY_RULE =
  "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'"

/** The fields of kinds whose first level is known; what else is sent Kubernetes leaves out unsaid. */
const OF_EVERYTHING = ['apiVersion', 'kind', 'metadata']
const FIRST_LEVEL: Readonly<Partial<Record<string, readonly string[]>>> = {
  ConfigMap: ['data', 'binaryData', 'immutable'],
  Secret: ['data', 'stringData', 'type', 'immutable'],
  PriorityClass: ['value', 'globalDefault', 'description', 'preemptionPolicy'],
  ...Object.fromEntries(
    [
      'DaemonSet',
      'Deployment',
      'Job',
      'CronJob',
      'Namespace',
      'Node',
      'PersistentVolume',
      'PersistentVolumeClaim',
      'Pod',
      'PodDisruptionBudget',
      'ReplicaSet',
      'ReplicationController',
      'ResourceQuota',
      'Service',
      'StatefulSet',
    ].map((kind) => [kind, ['spec', 'status']]),
  ),
}

/** An object as far as its kind knows its fields, at the first level. */
export function withoutUnknown<T extends object>({ kind, custom }: ServedResource, object: T): T {
  const own = custom === undefined ? FIRST_LEVEL[kind] : undefined
  if (own === undefined) return object
  const known = new Set([...OF_EVERYTHING, ...own])
  return Object.fromEntries(Object.entries(object).filter(([field]) => known.has(field))) as T
}

/** @throws {ApiRefusal} BadRequest for a value that is not of the type of its field, as far as the lab knows it */
export function checkTypes({ kind, versions, custom }: ServedResource, object: object): void {
  const problem = typeProblem(kind, custom !== undefined, object)
  if (problem === undefined) return
  const message = `${kind} in version "${versions[0]}" cannot be handled as a ${kind}: ${problem}`
  throw new ApiRefusal('BadRequest', message)
}

/** The same of what a patch made of an object. @throws {ApiRefusal} Invalid */
export function checkPatched({ kind, custom }: ServedResource, object: unknown): void {
  const problem = typeProblem(kind, custom !== undefined, object)
  if (problem === undefined) return
  throw invalid({ kind: '', group: '' }, '', [invalidValue('patch', JSON.stringify(object), problem)])
}

function typeProblem(kind: string, isCustom: boolean, object: unknown): string | undefined {
  const maps = [...TEXT_MAPS_OF_ALL, ...((isCustom ? undefined : TEXT_MAPS[kind]) ?? [])]
  const wrong = maps.find((path) => !isTextMap(at(object, path)))
  if (wrong !== undefined) return `${wrong}: expects texts by name`
  if (kind !== 'Pod' || isCustom) return undefined
  const isWrong = recordsAt(object, 'spec.containers').some((container) =>
    ['requests', 'limits'].some((part) => !areQuantities(at(container, `resources.${part}`))),
  )
  return isWrong ? QUANTITY_RULE : undefined
}

function isTextMap(value: unknown): boolean {
  if (value === undefined || value === null) return true
  if (typeof value !== 'object' || Array.isArray(value)) return false
  return Object.values(value).every((one) => typeof one === 'string' || one === null)
}

function areQuantities(value: unknown): boolean {
  return Object.values(recordOf(value)).every((one) => QUANTITY.test(String(one)))
}
