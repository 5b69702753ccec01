import { programOf, type Carried, type Carrier } from './carried.ts'
import { monthNumber } from './clock-text.ts'
import { epochClock, isoClock, textClock, yearlessClock } from './stamps.ts'

const TIME = String.raw`\d\d:\d\d:\d\d(?:[.,]\d{1,9})?`
/** Go kit's logfmt, as Prometheus and its kin write it, and that of Go's own slog: keys in any order before the message. */
const GO_LOGFMT =
  /^(?=[^"]{0,300}\blevel=\w)(?:(?:ts|time|level|caller|source|component|logger)=(?:"[^"]{0,60}"|[^\s"]{1,120}) ){2,7}(?=\w+=)(?<rest>.*)$/s
const GO_TIME = /(?:^|\s)(?:ts|time)="?(?<time>\d{4}-\d\d-\d\dT[^\s"]{8,30})/
/** What fluent-bit prints of a record: its tag, its instant, and a map in the notation of Ruby. */
const FLUENT = /^\[\d{1,9}\] (?<tag>[\w.*-]{1,200}): \[\[?(?<seconds>\d{9,10}(?:\.\d{1,9})?),(?<map>.*)$/s
const FLUENT_TEXT = /"(?:MESSAGE|message|log|msg)"=>"(?<text>.*?)"(?=, "[\w@.-]{1,60}"=>|\s*\}\]?\s*$)/s
const FLUENT_HOST = /"(?:_HOSTNAME|host(?:name)?)"=>"(?<host>[\w.-]{1,253})"/
const FLUENT_PROGRAM = /"(?:SYSLOG_IDENTIFIER|_SYSTEMD_UNIT)"=>"(?<program>[\w.@-]{1,100})"/
/** `kubectl logs --prefix`. */
const POD_PREFIX = /^\[pod\/[a-z0-9.-]{1,253}\/[a-z0-9-]{1,63}\] (?=\S)(?<rest>.*)$/s
/** Redis: its process and role, and the day before the month. */
const REDIS = new RegExp(
  String.raw`^(?:\d{1,7}:[A-Z] |\[\d{1,7}\] )(?<day>\d{1,2}) (?<month>[A-Z][a-z]{2}) (?:(?<year>\d{4}) )?(?<time>${TIME}) [.*#-] (?<rest>.*)$`,
  's',
)

/** As kubectl of the first releases wrote when an event was. */
const RFC_1123 = new RegExp(
  String.raw`^\s*[A-Z][a-z]{2}, (?<day>\d{1,2}) (?<month>[A-Z][a-z]{2}) (?<year>\d{4}) (?<time>${TIME}) (?<zone>[+-]\d{4})\s+(?<rest>\S.*)$`,
  's',
)

const goLogfmt: Carrier = (line) => {
  const rest = GO_LOGFMT.exec(line)?.groups?.['rest']
  if (rest === undefined) return undefined
  const time = GO_TIME.exec(line.slice(0, line.length - rest.length))?.groups?.['time']
  return { rest, ...clocked(time === undefined ? undefined : textClock(time)), isInnermost: true }
}

const fluentBit: Carrier = (line) => {
  const { tag = '', seconds, map } = FLUENT.exec(line)?.groups ?? {}
  const text = map === undefined ? undefined : FLUENT_TEXT.exec(map)?.groups?.['text']
  if (text === undefined) return undefined
  const node = FLUENT_HOST.exec(map ?? '')?.groups?.['host']
  return {
    rest: text.replaceAll(String.raw`\"`, '"'),
    ...clocked(epochClock(Math.round(Number(seconds) * 1e6)).clock),
    ...(node === undefined ? {} : { node }),
    ...programOf(FLUENT_PROGRAM.exec(map ?? '')?.groups?.['program'] ?? tag),
  }
}

const podPrefix: Carrier = (line) => {
  const rest = POD_PREFIX.exec(line)?.groups?.['rest']
  return rest === undefined ? undefined : { rest }
}

const redis: Carrier = (line) => {
  const { day = '', month = '', year, time = '', rest = '' } = REDIS.exec(line)?.groups ?? {}
  const clock = yearlessClock(monthNumber(month), day, time, `${day} ${month} ${time}`)
  return clock && { rest, clock: { ...clock, ...(year === undefined ? {} : { year: Number(year) }) } }
}

const rfc1123: Carrier = (line) => {
  const { day = '', month = '', year, time = '', zone, rest = '' } = RFC_1123.exec(line)?.groups ?? {}
  const date = [year, String(monthNumber(month)).padStart(2, '0'), day.padStart(2, '0'), time, zone]
  const { clock } = year === undefined ? {} : isoClock(date, line.slice(0, line.length - rest.length).trim())
  return clock && { rest, clock }
}

/** How programs other than those of Kubernetes, and tools that show many logs at once, begin their lines. */
export const PROGRAM_CARRIERS: readonly Carrier[] = [goLogfmt, fluentBit, podPrefix, redis, rfc1123]

function clocked(clock: Carried['clock']): { clock?: Carried['clock'] } {
  return clock === undefined ? {} : { clock }
}
