/** The value at a path; a list is passed through item by item where the path names none of them by number. */
export function partAt(value: unknown, path: string): unknown {
  const [part, ...rest] = path.split('.')
  if (part === undefined || part === '') return value
  const further = (next: unknown) => (rest.length === 0 ? next : partAt(next, rest.join('.')))
  if (Array.isArray(value)) {
    return /^\d+$/.test(part) ? further(value[Number(part)]) : value.map((item) => partAt(item, path))
  }
  return typeof value === 'object' && value !== null
    ? further((value as Record<string, unknown>)[part])
    : undefined
}

/** The value without what is at a path. */
export function withoutPart(value: unknown, path: string): unknown {
  const [part = '', ...rest] = path.split('.')
  const without = (next: unknown) => (rest.length === 0 ? undefined : withoutPart(next, rest.join('.')))
  if (Array.isArray(value)) {
    if (!/^\d+$/.test(part)) return value.map((item) => withoutPart(item, path))
    return value.map((item, index) => (index === Number(part) ? (without(item) ?? null) : item))
  }
  if (typeof value !== 'object' || value === null || !(part in value)) return value
  const fields = Object.entries(value).map(([field, held]) => [field, field === part ? without(held) : held])
  return Object.fromEntries(fields.filter(([, held]) => held !== undefined))
}
