import { isDeepStrictEqual } from 'node:util'
import { recordOf } from '../../store/kubernetes-object.ts'
import { isRecord } from './merge-patch.ts'

/** By which field the items of a list are told apart (`patchMergeKey` of the Go types); other lists are replaced. */
const MERGE_KEYS: Partial<Record<string, string>> = {
  addresses: 'type',
  conditions: 'type',
  containers: 'name',
  env: 'name',
  ephemeralContainers: 'name',
  hostAliases: 'ip',
  imagePullSecrets: 'name',
  initContainers: 'name',
  ownerReferences: 'uid',
  podIPs: 'ip',
  resourceClaims: 'name',
  secrets: 'name',
  topologySpreadConstraints: 'topologyKey',
  volumeDevices: 'devicePath',
  volumeMounts: 'mountPath',
  volumes: 'name',
}
/** Lists of plain values to which a patch adds. */
const MERGED_VALUES = new Set(['finalizers'])
const DELETE_VALUES = '$deleteFromPrimitiveList/'
const ORDER = '$setElementOrder/'

/** Merges a patch as kubectl makes it: lists item by item where Kubernetes knows what tells the items apart. */
export function strategicMerge(target: unknown, patch: unknown): unknown {
  if (!isRecord(patch)) return patch
  const { $patch, $retainKeys, ...fields } = patch
  if ($patch === 'replace') return fields
  if ($patch === 'delete') return {}
  const merged = new Map(Object.entries(recordOf(target)))
  if (Array.isArray($retainKeys)) {
    for (const field of merged.keys()) if (!$retainKeys.includes(field)) merged.delete(field)
  }
  for (const [field, value] of Object.entries(fields)) {
    if (field.startsWith(ORDER)) continue
    if (field.startsWith(DELETE_VALUES)) {
      const list = field.slice(DELETE_VALUES.length)
      const gone = Array.isArray(value) ? value : []
      merged.set(
        list,
        listOf(merged.get(list)).filter((item) => !gone.includes(item)),
      )
    } else if (value === null) merged.delete(field)
    else merged.set(field, mergedField(field, merged.get(field), value, fields[`${ORDER}${field}`]))
  }
  return Object.fromEntries(merged)
}

function mergedField(field: string, before: unknown, value: unknown, order: unknown): unknown {
  if (!Array.isArray(value)) return strategicMerge(before, value)
  if (MERGED_VALUES.has(field)) return [...new Set([...listOf(before), ...value])]
  const key = mergeKeyOf(field, [...listOf(before), ...value])
  return key === undefined ? value : mergedList(key, listOf(before), value, order)
}

/** Ports of a container and of a service are told apart differently. */
function mergeKeyOf(field: string, items: readonly unknown[]): string | undefined {
  if (field !== 'ports') return MERGE_KEYS[field]
  return items.some((item) => 'containerPort' in recordOf(item)) ? 'containerPort' : 'port'
}

function mergedList(
  key: string,
  before: readonly unknown[],
  patches: readonly unknown[],
  order: unknown,
): unknown[] {
  if (patches.some((patch) => recordOf(patch)['$patch'] === 'replace')) {
    return patches.filter((patch) => recordOf(patch)['$patch'] !== 'replace')
  }
  const items = [...before]
  for (const patch of patches) {
    const id = recordOf(patch)[key]
    const index = items.findIndex((item) => isDeepStrictEqual(recordOf(item)[key], id))
    if (recordOf(patch)['$patch'] === 'delete') {
      if (index >= 0) items.splice(index, 1)
    } else if (index >= 0) items[index] = strategicMerge(items[index], patch)
    else items.push(strategicMerge({}, patch))
  }
  const ids = (list: readonly unknown[]) => list.map((item) => recordOf(item)[key])
  const named = ids(Array.isArray(order) ? order : patches)
  const position = (among: readonly unknown[], item: unknown) => among.indexOf(recordOf(item)[key])
  const others = items.filter((item) => position(named, item) < 0)
  const own = items
    .filter((item) => position(named, item) >= 0)
    .toSorted((a, b) => position(named, a) - position(named, b))
  const earlier = ids(before)
  return ordered(others, own, (item) => position(earlier, item))
}

/** `mergeSortedSlice` of apimachinery: what the patch names comes first unless both were there and stood otherwise. */
function ordered(
  others: readonly unknown[],
  own: readonly unknown[],
  place: (item: unknown) => number,
): unknown[] {
  const merged: unknown[] = []
  const rest = [...others]
  for (const item of own) {
    while (rest.length > 0 && place(item) >= 0 && place(rest[0]) < place(item)) merged.push(rest.shift())
    merged.push(item)
  }
  return [...merged, ...rest]
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}
