import { programOf, type Carrier } from './carried.ts'
import { monthNumber } from './clock-text.ts'
import { goStringAt } from './go-quoted.ts'
import { JSON_CARRIERS } from './json-carriers.ts'
import { beginsLogLine } from './plain-line.ts'
import { PROGRAM_CARRIERS } from './program-carriers.ts'
import { isoClock, textClock, yearlessClock } from './stamps.ts'

const TIME = String.raw`\d\d:\d\d:\d\d(?:[.,]\d{1,9})?`
const ZONE = String.raw`(?:Z|[+-]\d\d:?\d\d)`
/** What begins a message after a time stamp alone, and would pass for a host. */
const NO_HOST = String.raw`(?!(?:ERROR|WARN(?:ING)?|INFO|DEBUG|TRACE|FATAL|PANIC|CRIT(?:ICAL)?|NOTICE|[Ee]rror|[Ww]arn(?:ing)?|[Ii]nfo|[Dd]ebug|[Ff]atal|panic|write|open|mkdir|create|copy|mount) )`
/** People put marks in the place of a name that is nobody's business. */
const HOST = String.raw`[\w.*-]{1,253}|<[^<>\s]{1,60}>|\[[^\][\s]{1,60}\]`
const NAMES_HOST = /^[\w.-]+$/
const TAGGED = String.raw`${NO_HOST}(${HOST}) (?!/[^\s[]*: )([\w.@/:-]{1,100}?)(?:\[\d+\])?: (.*)$`
const SYSLOG = new RegExp(
  String.raw`^(?:(\d{4}) )?([A-Z][a-z]{2}|\d{1,2}[月월]|\p{L}{3,6}\.?) +(\d{1,2}) (?:(\d{4}) )?(${TIME}) ${TAGGED}`,
  'su',
)
const SYSLOG_NO_HOST = new RegExp(
  String.raw`^([A-Z][a-z]{2}|\d{1,2}[月월]) +(\d{1,2}) (${TIME}) ([\w.@/-]{1,100})(?:\[\d+\])?: (?=[IWEF]\d{4} \d\d:)(.*)$`,
  's',
)
const ISO_SYSLOG = new RegExp(
  String.raw`^(?:[A-Z][a-z]{2} )?(\d{4})-(\d\d)-(\d\d)[T ](${TIME})(${ZONE})?(?: [A-Z]{3,5})? ${TAGGED}`,
  's',
)
const CRI = new RegExp(
  String.raw`^(\d{4})-(\d\d)-(\d\d)T(${TIME})(${ZONE}) (?:stdout|stderr) [FP] ?(.*)$`,
  's',
)
/** A time stamp alone, as a build service sets one before each line. */
const STAMP = new RegExp(
  String.raw`^\[?(\d{4})[-/](\d\d)[-/](\d\d)[T ](${TIME}) ?(${ZONE})?(?:\]:?\s*|:?\s+)(.*)$`,
  's',
)
const DMESG_T = new RegExp(
  String.raw`^\[[A-Z][a-z]{2} ([A-Z][a-z]{2}) +(\d{1,2}) (${TIME}) (\d{4})\] (.*)$`,
  's',
)
const DMESG = /^(?:<\d+>)?\[ *\d+\.\d{6}\] (.*)$/s
const TAG =
  /^(kubelet|containerd|dockerd|kernel|systemd|k3s|rke2|hyperkube|kubenswrapper|microk8s\.daemon-(?:kubelite|kubelet|containerd))(?:\[\d+\])?: (.*)$/s
const KLOG = /^[IWEF](\d\d)(\d\d) (\d\d:\d\d:\d\d\.\d{6})\s+\d+ ([^:\]\s]{1,120}):\d+\] ?(.*)$/s
/** What is left of a header whose beginning is cut or left out. */
const KLOG_REST =
  /^(?:\.\.\.|…)?\s*(?:[\d:.]*\s+)?(?:\d+ )?([a-z0-9_]{2,60}\.go):\d+(?:\]|(?=\s*$|\s+["'A-Za-z[]))\s*(.*)$/s
const LOGFMT = new RegExp(
  String.raw`^time="(\d{4})-(\d\d)-(\d\d)[T ](${TIME})(${ZONE})?" level=\w+ (msg=.*)$`,
  's',
)
const LOGFMT_BARE = /^(?:level=\w+ )(msg=.*)$/s
const LOGRUS = /^(?:FATA|ERRO|WARN|INFO|DEBU)\[[\dT:+Z-]+\] (.*)$/s
/** What a klog line is in, that is a field of a table of comma-separated values. */
const CSV =
  /^(?<before>(?:"(?:[^"]|""){0,200}"|[^",]{0,200})(?:,(?:"(?:[^"]|""){0,200}"|[^",]{0,200})){0,11}?),(?<quote>"?)(?=[IWEF]\d{4} \d\d:\d\d:)(?<rest>.*)$/s
/** A part of a Go program's name in a klog header, told from other programs' by its file. */
const KUBELET_FILE = /eviction|image_gc|kubelet|kuberuntime|pod_workers|remote_|nestedpending|container_gc/

/** rsyslog and journald: month, day, time, host, tag. */
const syslog: Carrier = (line) => {
  const match = SYSLOG.exec(line)
  if (!match) return undefined
  const [, early, monthName = '', day = '', late, time = '', node = '', tag = '', rest = ''] = match
  const clock = yearlessClock(monthNumber(monthName), day, time, `${monthName} ${day.padStart(2)} ${time}`)
  if (!clock) return undefined
  const { text, month, day: dayOfMonth, timeOfDay, isCoarse } = clock
  const year = early ?? late
  return {
    rest: unescapeSyslog(rest),
    // Written out here as elsewhere on the way of every line: a spread takes several times as long.
    clock: {
      text,
      month,
      day: dayOfMonth,
      timeOfDay,
      isCoarse,
      year: year === undefined ? undefined : Number(year),
      isCarrier: true,
    },
    ...(NAMES_HOST.test(node) ? { node } : {}),
    from: programOf(tag).from,
  }
}

/** The same with an RFC 3339 time, or with the weekday and zone of `journalctl -o short-full`. */
const isoSyslog: Carrier = (line) => {
  const match = ISO_SYSLOG.exec(line)
  if (!match) return undefined
  const [, year, month, day, time = '', zone, node = '', tag = '', rest = ''] = match
  const text = `${year}-${month}-${day}T${time}${zone ?? ''}`
  const { clock } = isoClock([year, month, day, time, zone], text)
  if (!clock) return undefined
  return {
    rest: unescapeSyslog(rest),
    clock: { ...clock, isCarrier: true },
    ...(NAMES_HOST.test(node) ? { node } : {}),
    ...programOf(tag),
  }
}

/** A line of a container's log as the CRI writes it. */
const criLog: Carrier = (line) => stamped(CRI.exec(line))

const stamp: Carrier = (line) => stamped(STAMP.exec(line))

const kernelStamp: Carrier = (line) => {
  const dated = DMESG_T.exec(line)
  if (dated) {
    const [, monthName = '', day = '', time = '', year, rest = ''] = dated
    const clock = yearlessClock(monthNumber(monthName), day, time, `${monthName} ${day} ${time} ${year}`)
    return clock && { rest, clock: { ...clock, year: Number(year) }, from: 'kernel' }
  }
  const match = DMESG.exec(line)
  return match ? { rest: match[1] ?? '', from: 'kernel' } : undefined
}

/** The same with the host left out: what goes on has to be a line of klog. */
const syslogWithoutHost: Carrier = (line) => {
  const match = SYSLOG_NO_HOST.exec(line)
  if (!match) return undefined
  const [, monthName = '', day = '', time = '', program = '', rest = ''] = match
  const clock = yearlessClock(monthNumber(monthName), day, time, `${monthName} ${day.padStart(2)} ${time}`)
  return clock && { rest, clock: { ...clock, isCarrier: true }, ...programOf(program) }
}

/** A tag without time or host. */
const tag: Carrier = (line) => {
  const match = TAG.exec(line)
  return match ? { rest: match[2] ?? '', ...programOf(match[1] ?? '') } : undefined
}

/** klog's header (semantics §8.1): no year, no zone. */
const klog: Carrier = (line) => {
  const match = KLOG.exec(line)
  if (!match) return undefined
  const [, month = '', day = '', time = '', , rest = ''] = match
  const clock = yearlessClock(Number(month), day, time, `${month}${day} ${time}`)
  return clock && { rest, clock, from: 'kubelet', isInnermost: true }
}

const klogRest: Carrier = (line) => {
  const match = KLOG_REST.exec(line)
  if (!match) return undefined
  return { rest: match[2] ?? '', ...(KUBELET_FILE.test(match[1] ?? '') ? { from: 'kubelet' } : {}) }
}

/**
 * containerd's and docker's logfmt: the pairs are left for the reader of structured messages. A supervisor such as
 * k0s writes the lines of the programs it runs as messages.
 */
const logfmt: Carrier = (line) => {
  const match = LOGFMT.exec(line)
  if (match) {
    const rest = match[6] ?? ''
    const inner = goStringAt(rest, 'msg='.length)?.value
    if (inner !== undefined && beginsLogLine(inner)) return { ...stamped(match), rest: inner }
    return { ...stamped(match), rest, from: 'containerd', isInnermost: true }
  }
  const bare = LOGFMT_BARE.exec(line) ?? LOGRUS.exec(line)
  return bare ? { rest: bare[1] ?? '' } : undefined
}

/** A row of a table that a store of logs exported. */
const csvRow: Carrier = (line) => {
  if (/^[[{]/.test(line)) return undefined
  const { before = '', quote, rest } = CSV.exec(line)?.groups ?? {}
  if (rest === undefined) return undefined
  const clock = before
    .split(',')
    .map((field) => textClock(field.replaceAll('"', '')))
    .find((found) => found)
  const text = quote === '' ? rest : rest.replace(/"(?:,(?:"[^"]*"|[^",]*))*\s*$/, '').replaceAll('""', '"')
  return { rest: text, ...(clock ? { clock } : {}) }
}

/** Every carrier; any of them may stand around any other. */
export const CARRIERS: readonly Carrier[] = [
  ...JSON_CARRIERS,
  criLog,
  isoSyslog,
  syslog,
  syslogWithoutHost,
  kernelStamp,
  tag,
  klog,
  logfmt,
  ...PROGRAM_CARRIERS,
  stamp,
  csvRow,
  klogRest,
]

function stamped(match: RegExpExecArray | null) {
  if (!match) return undefined
  const [, year, month, day, time = '', zone, rest = ''] = match
  const { clock } = isoClock([year, month, day, time, zone], `${year}-${month}-${day}T${time}${zone ?? ''}`)
  return clock && { rest, clock }
}

/** rsyslog writes control characters as `#` and three octal digits. */
function unescapeSyslog(text: string): string {
  if (!text.includes('#0')) return text
  return text.replace(/#0(11|12|15)/g, (_, octal: string) =>
    octal === '11' ? '\t' : octal === '12' ? '\n' : '',
  )
}
