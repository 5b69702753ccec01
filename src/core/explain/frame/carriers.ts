import type { Program } from '../facts/fact.ts'
import { monthNumber, parseTimeOfDay, type ClockText } from './clock-text.ts'
import { goStringAt } from './go-quoted.ts'

/** What a carrier says of the rest of the line, which it hands on. */
export interface Carried {
  rest: string
  clock?: ClockText
  node?: string
  from?: Program
  isFramed: boolean
}

type Carrier = (line: string) => Carried | undefined

const SYSLOG = /^([A-Z][a-z]{2}) +(\d{1,2}) (\d\d:\d\d:\d\d(?:\.\d+)?) (\S+) ([\w./-]+?)(?:\[\d+\])?: (.*)$/s
const ISO_SYSLOG =
  /^(\d{4})-(\d\d)-(\d\d)T(\d\d:\d\d:\d\d(?:[.,]\d+)?)(Z|[+-]\d\d:?\d\d) (\S+) ([\w./-]+?)(?:\[\d+\])?: (.*)$/s
const CRI = /^(\d{4})-(\d\d)-(\d\d)T(\d\d:\d\d:\d\d(?:\.\d+)?)(Z|[+-]\d\d:\d\d) (?:stdout|stderr) [FP] (.*)$/s
const TAG =
  /^(kubelet|containerd|dockerd|k3s|hyperkube|kubenswrapper|microk8s\.daemon-kubelite)(?:\[\d+\])?: (.*)$/s
const KLOG = /^[IWEF](\d\d)(\d\d) (\d\d:\d\d:\d\d\.\d{6})\s+\d+ [^:\]\s]+:\d+\] (.*)$/s
const LOGFMT =
  /^time="(\d{4})-(\d\d)-(\d\d)T(\d\d:\d\d:\d\d(?:\.\d+)?)(Z|[+-]\d\d:\d\d)" level=\w+ (msg=.*)$/s

/** rsyslog and journald: month, day, time, host, tag. */
const syslog: Carrier = (line) => {
  const match = SYSLOG.exec(line)
  if (!match) return undefined
  const [, monthName = '', day = '', time = '', node = '', tag = '', rest = ''] = match
  const month = monthNumber(monthName)
  const timeOfDay = parseTimeOfDay(time)
  if (month === undefined || timeOfDay === undefined) return undefined
  const clock = {
    text: `${monthName} ${day.padStart(2)} ${time}`,
    month,
    day: Number(day),
    timeOfDay,
    isCoarse: !time.includes('.'),
  }
  return { rest, clock, node, ...programOf(tag), isFramed: true }
}

/** The same with an RFC 3339 time. */
const isoSyslog: Carrier = (line) => {
  const match = ISO_SYSLOG.exec(line)
  if (!match) return undefined
  const [, year, month, day, time = '', zone = 'Z', node = '', tag = '', rest = ''] = match
  return { rest, ...isoClock(year, month, day, time, zone), node, ...programOf(tag), isFramed: true }
}

/** A line of a container's log as the CRI writes it. */
const criLog: Carrier = (line) => {
  const match = CRI.exec(line)
  if (!match) return undefined
  const [, year, month, day, time = '', zone = 'Z', rest = ''] = match
  return { rest, ...isoClock(year, month, day, time, zone), isFramed: true }
}

/** A line of a container's log as docker's json-file driver writes it. */
const jsonFile: Carrier = (line) => {
  if (!line.startsWith('{"log":"')) return undefined
  const log = goStringAt(line, 7)
  return log && { rest: log.value.replace(/\n$/, ''), isFramed: true }
}

/** A tag without time or host. */
const tag: Carrier = (line) => {
  const match = TAG.exec(line)
  return match ? { rest: match[2] ?? '', ...programOf(match[1] ?? ''), isFramed: true } : undefined
}

/** klog's header (semantics §8.1): local time, no year, no zone. */
const klog: Carrier = (line) => {
  const match = KLOG.exec(line)
  if (!match) return undefined
  const [, month = '', day = '', time = '', rest = ''] = match
  const timeOfDay = parseTimeOfDay(time)
  if (timeOfDay === undefined) return undefined
  const clock = {
    text: `${month}${day} ${time}`,
    month: Number(month),
    day: Number(day),
    timeOfDay,
    isCoarse: false,
  }
  return { rest, clock, from: 'kubelet', isFramed: true }
}

/** containerd's logfmt: the pairs are left for the reader of structured messages. */
const logfmt: Carrier = (line) => {
  const match = LOGFMT.exec(line)
  if (!match) return undefined
  const [, year, month, day, time = '', zone = 'Z', rest = ''] = match
  return { rest, ...isoClock(year, month, day, time, zone), from: 'containerd', isFramed: true }
}

/** Every carrier, in the order in which one may stand around another. */
export const CARRIERS: readonly Carrier[] = [jsonFile, criLog, isoSyslog, syslog, tag, klog, logfmt]

function isoClock(year = '', month = '', day = '', time: string, zone: string): { clock?: ClockText } {
  const timeOfDay = parseTimeOfDay(time)
  if (timeOfDay === undefined) return {}
  return {
    clock: {
      text: `${year}-${month}-${day}T${time}${zone}`,
      year: Number(year),
      month: Number(month),
      day: Number(day),
      timeOfDay,
      isCoarse: !/[.,]/.test(time),
      offsetMinutes: offsetOf(zone),
    },
  }
}

function offsetOf(zone: string): number {
  const match = /^([+-])(\d\d):?(\d\d)$/.exec(zone)
  if (!match) return 0
  const minutes = Number(match[2]) * 60 + Number(match[3])
  return match[1] === '-' ? -minutes : minutes
}

function programOf(name: string): { from?: Program } {
  if (/^(?:kubelet|k3s|hyperkube|kubenswrapper|microk8s\.daemon-kubelite)$/.test(name))
    return { from: 'kubelet' }
  if (name === 'containerd') return { from: 'containerd' }
  if (name === 'dockerd' || name === 'docker') return { from: 'docker' }
  return name === 'kernel' ? { from: 'kernel' } : {}
}
