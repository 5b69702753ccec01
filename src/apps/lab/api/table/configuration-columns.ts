import type { KubernetesObject } from '../../store/kubernetes-object.ts'
import { recordOf } from '../../store/kubernetes-object.ts'
import { AGE, at, NAME, numberAt, recordsAt, shown, textAt, type Column } from './columns.ts'

const entries = (object: KubernetesObject, ...parts: string[]) =>
  parts.reduce((sum, part) => sum + Object.keys(recordOf(at(object, part))).length, 0)
const orUnset = (path: string) => (object: KubernetesObject) => {
  const value = at(object, path)
  return typeof value === 'string' || typeof value === 'number' ? String(value) : 'N/A'
}

/** The columns of what is configured rather than run, by kind. */
export const CONFIGURATION_COLUMNS: Partial<Record<string, readonly Column[]>> = {
  ConfigMap: [NAME, shown('Data', (one) => entries(one, 'data', 'binaryData')), AGE],
  Secret: [
    NAME,
    shown('Type', (one) => textAt(one, 'type', 'Opaque')),
    shown('Data', (one) => entries(one, 'data')),
    AGE,
  ],
  ServiceAccount: [NAME, shown('Secrets', (one) => recordsAt(one, 'secrets').length), AGE],
  PriorityClass: [
    NAME,
    shown('Value', (one) => numberAt(one, 'value'), 'integer'),
    shown('Global-Default', (one) => String(at(one, 'globalDefault') === true)),
    AGE,
  ],
  PodDisruptionBudget: [
    NAME,
    shown('Min Available', orUnset('spec.minAvailable')),
    shown('Max Unavailable', orUnset('spec.maxUnavailable')),
    shown('Allowed Disruptions', (one) => numberAt(one, 'status.disruptionsAllowed'), 'integer'),
    AGE,
  ],
}
