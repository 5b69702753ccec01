/**
 * Lays changes over a described node, both as YAML or JSON gave them: maps are merged, lists of named
 * things (images, pods, writers) by name, anything else is replaced; `null` takes a field away.
 */
export function overlay(base: unknown, changes: unknown): unknown {
  if (isMap(base) && isMap(changes)) return mergeMaps(base, changes)
  if (Array.isArray(base) && Array.isArray(changes) && [...base, ...changes].every(isNamed)) {
    return mergeLists(base as Named[], changes as Named[])
  }
  return changes
}

type Fields = Readonly<Record<string, unknown>>
type Named = Fields & { readonly name: string }

function mergeMaps(base: Fields, changes: Fields): Fields {
  const merged = new Map(Object.entries(base))
  for (const [key, value] of Object.entries(changes)) {
    if (value === null) merged.delete(key)
    else merged.set(key, merged.has(key) ? overlay(merged.get(key), value) : value)
  }
  return Object.fromEntries(merged)
}

function mergeLists(base: readonly Named[], changes: readonly Named[]): unknown[] {
  const known = new Set(base.map(({ name }) => name))
  const changed = base.map((one) => {
    const change = changes.find(({ name }) => name === one.name)
    return change ? overlay(one, change) : one
  })
  return [...changed, ...changes.filter(({ name }) => !known.has(name))]
}

function isMap(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date)
}

function isNamed(value: unknown): value is Named {
  return isMap(value) && typeof value['name'] === 'string'
}
