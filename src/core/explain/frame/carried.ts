import type { Program } from '../facts/fact.ts'
import type { ClockText } from './clock-text.ts'
import type { EventSubject } from './log-record.ts'

/** What a carrier says of the rest of the line, which it hands on. */
export interface Carried {
  rest: string
  clock?: ClockText | undefined
  node?: string | undefined
  from?: Program | undefined
  /** It names the host, but no program: what it wraps may. */
  isTagless?: boolean | undefined
  /** The pairs of a JSON record; a text's are still in `rest`. */
  values?: ReadonlyMap<string, string> | undefined
  /** Whom the rest is about, where it is an event's message. */
  event?: EventSubject | undefined
  /** Nothing is wrapped in what it wraps. */
  isInnermost?: boolean
}

/** Takes one wrapping off a line; undefined when the line is not wrapped so. */
export type Carrier = (line: string) => Carried | undefined

/** The program that a syslog tag or a unit names. */
export function programOf(tag: string): { from?: Program } {
  const name = tag.replace(/\.service$/, '').replace(/^.*\//, '')
  if (/kubel(?:et|ite)|^k3s|^rke2|^hyperkube|^kubenswrapper|^k0s|origin-node/.test(name))
    return { from: 'kubelet' }
  if (name === 'containerd') return { from: 'containerd' }
  if (name.startsWith('docker')) return { from: 'docker' }
  return name === 'kernel' ? { from: 'kernel' } : {}
}
