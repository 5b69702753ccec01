import type { Answer, Exchange, Story } from './exchange.ts'
import { partAt, withoutPart } from './parts.ts'

const UUID = /\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/g
const TIME = /\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/g
const CERTIFICATE = /-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----\n?/g
/** In an object that a message quotes. */
const VERSION_WITHIN = /(\\*"resourceVersion\\*":\\*")\d+(\\*")/g
/** What differs from one answer to the next of the same server. */
const PASSING: Readonly<Record<string, string>> = {
  resourceVersion: '<version>',
  continue: '<continue>',
  storageVersionHash: '',
}

/** Says of each answer of a story what any server of this version would say: ids are numbered, times are times. */
export function comparing({ comparesManagedFields }: Story) {
  const ids = new Map<string, string>()
  const numbered = (id: string) => ids.get(id) ?? (ids.set(id, `<uid ${ids.size + 1}>`), ids.get(id) ?? '')

  function plain(value: unknown, field = ''): unknown {
    if (typeof value === 'string') return plainText(value, field)
    if (Array.isArray(value)) return value.map((item) => plain(item))
    if (typeof value !== 'object' || value === null) return value
    const fields = Object.entries(value)
      .filter(([name]) => name !== 'storageVersionHash')
      .filter(([name]) => comparesManagedFields === true || name !== 'managedFields')
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
    return Object.fromEntries(fields.map(([name, held]) => [name, plain(held, name)]))
  }

  function plainText(text: string, field: string): string {
    const passing = PASSING[field]
    if (passing !== undefined && text !== '') return passing
    return (
      text
        .replace(UUID, numbered)
        .replace(CERTIFICATE, '<certificate>')
        .replace(VERSION_WITHIN, '$1<version>$2')
        // What Go says of differences has spaces of either kind, so that nobody relies on them.
        .replaceAll('\u00a0', ' ')
        .replace(TIME, '<time>')
        .replace(/too old resource version: \d+ \(\d+\)/, 'too old resource version: <version> (<version>)')
        .replace(/^(made-)[0-9a-z]{5}$/, '$1<generated>')
    )
  }

  return (exchange: Exchange, { body, ...answer }: Answer): Answer => {
    const { only, but = [], inAnyOrder = [] } = exchange
    const counting = only === undefined ? body : parts(body, only, inAnyOrder)
    const shown = but.reduce(withoutPart, withoutAges(counting))
    return { ...answer, body: plain(shown) }
  }
}

function parts(body: unknown, paths: readonly string[], inAnyOrder: readonly string[]): object {
  return Object.fromEntries(
    paths.map((path) => {
      const part = partAt(body, path)
      return [
        path,
        inAnyOrder.includes(path) && Array.isArray(part)
          ? part.map(String).toSorted((a, b) => (a < b ? -1 : 1))
          : part,
      ]
    }),
  )
}

/** A table without what it says of its columns besides their names, and without ages. */
function withoutAges(body: unknown): unknown {
  if (Array.isArray(body)) return body.map((line) => withoutAges(line))
  if (typeof body !== 'object' || body === null) return body
  if ('object' in body) return { ...body, object: withoutAges(body.object) }
  const { columnDefinitions, rows } = body as Partial<Table>
  if (!Array.isArray(rows)) return body
  const isAge = (index: number) => columnDefinitions?.[index]?.name === 'Age'
  return {
    ...body,
    ...(columnDefinitions && {
      columnDefinitions: columnDefinitions.map((column) => withoutPart(column, 'description')),
    }),
    rows: rows.map((row) => ({
      ...row,
      cells: row.cells.map((cell, index) =>
        isAge(index) || /^\d+[smhd]/.test(String(cell)) ? '<age>' : cell,
      ),
    })),
  }
}

interface Table {
  columnDefinitions: { name: string; description?: string }[]
  rows: { cells: unknown[] }[]
}

/** What was recorded, without the kinds and groups that the answer of a smaller cluster does not name. */
export function asFarAs(answer: Answer, recorded: Answer): Answer {
  return { ...recorded, body: narrowed(recorded.body, answer.body) }
}

function narrowed(recorded: unknown, answer: unknown): unknown {
  if (typeof recorded !== 'object' || recorded === null) return recorded
  const fields = Object.entries(recorded).map(([field, list]) => {
    if (!['groups', 'resources'].includes(field) || !Array.isArray(list)) return [field, list]
    const own = partAt(answer, `${field}.name`)
    const found = Array.isArray(own)
      ? own.flatMap((name) => (list as { name: string }[]).filter((one) => one.name === name))
      : list
    return [field, found]
  })
  return Object.fromEntries(fields)
}
