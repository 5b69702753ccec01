import type { ClockText } from './clock-text.ts'
import type { EventSubject } from './log-record.ts'
import { textClock } from './stamps.ts'

/** An event as a row of a table shows it: its age is all that is told of its instant. */
export interface EventRow {
  event: EventSubject
  message: string
  /** How long ago it was last seen, as written; undefined when the row does not say. */
  ageText: string | undefined
  /** The same in milliseconds. */
  age: number | undefined
  node: string | undefined
  /** When it was last seen, where a column says it whole. */
  clock: ClockText | undefined
}

const AGE = String.raw`(?:\d+[smhdy]|\d+ms)+`
const AGE_COLUMN = new RegExp(
  String.raw`^(?<last>${AGE}|<unknown>|<invalid>|just now)(?: *\(x(?<count>\d+)(?: over (?<first>${AGE}|<unknown>|<invalid>))?\))?(?=\s|$)`,
)
/** Before 1.8 its source stood before the type. */
const KUBELET_BEFORE = /(?:^|\s)\{?kubelet,? (?<node>[a-z0-9][\w.-]*)\}?(?=\s|$)/
const WHOLE_AGE = new RegExp(`^(?:${AGE}|<unknown>)$`)
/** What may stand before the type: ages, a count, a namespace, names of objects; never a sentence. */
const BEFORE = new RegExp(
  String.raw`^\s*(?:(?:${AGE}|<unknown>|<invalid>|\(x\d+(?: over ${AGE})?\)|\{[\w-]+(?: [\w.-]+)?\}|\d+|[a-z0-9][\w./{}:[\]-]*|(?:Pod|Node|PersistentVolumeClaim|ReplicaSet|StatefulSet|DaemonSet|Deployment|Job)|kubelet, \S+)\s+){0,12}$`,
)
const MOST_BEFORE = 400
const TYPED = /(?:^|\s)(?:Normal|Warning)\s+(?<reason>[A-Z][A-Za-z]{2,50}(?:-[a-z]+)?)(?=\s)/g
/** A row whose type was left out has its age right after the reason. */
const UNTYPED = new RegExp(
  String.raw`^\s*(?<reason>[A-Z][A-Za-z]{3,50})\s+(?=(?:${AGE}|<unknown>)(?: *\(x\d+[^)]{0,40}\))?\s+\S)`,
)
const OBJECT =
  /^(?:(?<kind>pods?|nodes?|persistentvolumeclaims?|pvc|replicasets?|statefulsets?|daemonsets?|deployments?|jobs?|cronjobs?|events?)\/(?<name>[a-z0-9][\w.-]*)|(?<Kind>Pod|Node|PersistentVolumeClaim) +(?<Name>[a-z0-9][\w.-]*))(?=\s|$)/i
const FROM =
  /^(?:\{?(?<component>kubelet|default-scheduler|[a-z][a-z-]*-(?:controller|scheduler|manager|detector|provisioner|resizer)|attachdetach-controller|[\w.-]+\/[\w.-]+|[\w.-]+_[\w-]+)\}?(?:,? (?<node>[a-z0-9][\w.-]*)\}?)?)(?=\s{2,}|\t|\s[A-Z"(0-9]|\s\S+\{|$)/
const FIELD_PATH = /^spec\.\w+(?:\{[^}\s]*\})?(?=\s|$)/
const KINDS: Readonly<Record<string, string>> = {
  po: 'Pod',
  no: 'Node',
  pe: 'PersistentVolumeClaim',
  pv: 'PersistentVolumeClaim',
  st: 'StatefulSet',
}

/**
 * Reads a row of the events that `kubectl describe` or `kubectl get events` prints, in the columns of any release,
 * with blanks kept or collapsed, or in columns of one's own after an instant. Undefined when the line is no such row.
 * @param isDated Whether an instant was taken off the line.
 */
export function eventRow(line: string, isDated = false): EventRow | undefined {
  for (const match of line.matchAll(TYPED)) {
    // No columns are so wide.
    if (match.index > MOST_BEFORE) break
    const before = line.slice(0, match.index)
    if (!BEFORE.test(`${before} `)) continue
    const rest = line.slice(match.index + match[0].length).trim()
    if (rest === '') return undefined
    const reason = match.groups?.['reason'] ?? ''
    return readRow(before, reason, rest) ?? datedRow(before, reason, line.slice(match.index), isDated)
  }
  const untyped = UNTYPED.exec(line)
  return untyped ? readRow('', untyped.groups?.['reason'] ?? '', line.slice(untyped[0].length)) : undefined
}

function readRow(before: string, reason: string, rest: string): EventRow | undefined {
  let text = rest
  const take = (column: RegExp) => {
    const match = column.exec(text)
    if (!match) return undefined
    text = text.slice(match[0].length).trimStart()
    return match.groups ?? {}
  }
  const own = take(AGE_COLUMN)
  const object = take(OBJECT)
  take(FIELD_PATH)
  const from = take(FROM)
  take(FIELD_PATH)
  const columns = before.trim().split(/\s+/)
  // Without an age, an object or a source it is a sentence that happens to have two such words.
  const lastText = own?.['last'] ?? latest(columns)
  if (lastText === undefined && object === undefined && from === undefined) return undefined
  const early = objectBefore(columns)
  const [whole] = columns.flatMap((column) => textClock(column) ?? [])
  const kind = object
    ? (object['Kind'] ?? KINDS[(object['kind'] ?? '').slice(0, 2).toLowerCase()])
    : early?.kind
  const name = object?.['name'] ?? object?.['Name'] ?? early?.name
  const namespace =
    (object?.['name'] ?? object?.['Name']) === undefined ? undefined : namespaceBefore(columns)
  // A controller or scheduler names the host it runs on itself, which is not the node of the event.
  const isOfNode = /^kubelet$|-(?:detector|monitor)$/.test(from?.['component'] ?? '')
  const node =
    (isOfNode ? from?.['node'] : undefined) ??
    KUBELET_BEFORE.exec(before)?.groups?.['node'] ??
    (kind === 'Node' ? name : undefined)
  return {
    event: {
      reason,
      ...(kind === undefined ? {} : { kind }),
      ...(name === undefined ? {} : { name }),
      ...(namespace === undefined ? {} : { namespace }),
    },
    message: text,
    ageText: lastText,
    age: milliseconds(lastText),
    node,
    clock: whole,
  }
}

/** Columns of one's own, wide apart: the name of the object alone may stand before the message. */
const OWN_COLUMNS =
  /^\s*(?:Normal|Warning)(?:\s{2,}|\t)[A-Za-z-]+(?:\s{2,}|\t)(?:(?<name>[a-z0-9][a-z0-9.-]{0,252})(?:\s{2,}|\t))?(?<message>\S.*)$/s
const OF_NODE =
  /^(?:Node[A-Z]|FreeDiskSpace|EvictionThreshold|ImageGC|ContainerGC|InvalidDiskCapacity|SystemOOM)/
const OF_POD =
  /^(?:Evicted|Failed(?:Mount|AttachVolume|MapVolume|CreatePodSandBox|Scheduling|Sync)?|BackOff|ErrImageNeverPull|Killing)$/

/** A row that a column of instants tells from a sentence, as `-o custom-columns` prints one. */
function datedRow(before: string, reason: string, rest: string, isDated: boolean): EventRow | undefined {
  const clocks = before.split(/\s+/).flatMap((column) => textClock(column) ?? [])
  const { name, message } = OWN_COLUMNS.exec(rest)?.groups ?? {}
  if (message === undefined || !(isDated || clocks.length > 0)) return undefined
  const kind = OF_NODE.test(reason) ? 'Node' : OF_POD.test(reason) ? 'Pod' : undefined
  return {
    event: {
      reason,
      ...(kind === undefined || name === undefined ? {} : { kind }),
      ...(name === undefined ? {} : { name }),
    },
    message,
    ageText: undefined,
    age: undefined,
    node: kind === 'Node' ? name : undefined,
    clock: clocks.at(-1),
  }
}

/** Of two ages the lesser is that of the last time: which column comes first has changed. */
function latest(columns: readonly string[]): string | undefined {
  const ages = columns.filter((column) => WHOLE_AGE.test(column))
  return ages.toSorted((a, b) => (milliseconds(a) ?? 0) - (milliseconds(b) ?? 0))[0]
}

/** Before 1.15 the object's event name (`es-0.15ab…`) and kind came before the type. */
function objectBefore(columns: readonly string[]) {
  const index = columns.findIndex((column) => /^(?:Pod|Node|PersistentVolumeClaim)$/.test(column))
  const name = columns[index - 1]?.replace(/\.[0-9a-f]{16}$/, '')
  return index > 0 && name !== undefined ? { kind: columns[index], name } : undefined
}

/** With `-A` the first column is the namespace. */
function namespaceBefore(columns: readonly string[]): string | undefined {
  const first = columns[0] ?? ''
  return /^[a-z][a-z0-9-]{0,62}$/.test(first) && columns.length > 1 ? first : undefined
}

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1e3, m: 6e4, h: 36e5, d: 864e5, y: 31_536e6 }

function milliseconds(text: string | undefined): number | undefined {
  if (text === undefined || !/^\d/.test(text)) return undefined
  return [...text.matchAll(/(\d+)(ms|[smhdy])/g)].reduce(
    (total, [, amount, unit]) => total + Number(amount) * (UNITS[unit ?? ''] ?? 0),
    0,
  )
}
