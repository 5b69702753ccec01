import type { Instant } from '../../../../core/units/instant.ts'

/** What a line of klog says, and where it comes from. */
export interface KlogLine {
  letter: 'I' | 'W' | 'E'
  /** `eviction_manager.go:344`. */
  from: string
  text: string
}

/** A line that is repeated for as long as something lasts. */
export interface Noise {
  from: Instant
  everyMs: number
  line: KlogLine
}

/** The log of one kubelet. */
export interface KubeletLog {
  write(at: Instant, line: KlogLine): void
  /** Begins a noise; what it returns ends it. Lines of it are made when they are read. */
  repeat(noise: Noise): (at: Instant) => void
  /** The lines from an instant on, oldest first. */
  read(until: Instant, from?: Instant): string
}

interface Entry {
  at: Instant
  line: KlogLine
}

/** So much is kept. */
const MOST_LINES = 20_000
/** So much of a noise is read at most: it may have lasted for days. */
const MOST_NOISE_MS = 1_800_000

/** An empty log of a process. Lines of one instant get microseconds of their own, so that their order shows. */
export function createKubeletLog(processId: number): KubeletLog {
  let entries: Entry[] = []
  const noises: (Noise & { until: Instant })[] = []
  let lastAt = 0
  return {
    write(at, line) {
      lastAt = at > lastAt ? at : lastAt + 0.013
      entries.push({ at: lastAt, line })
      if (entries.length > MOST_LINES) entries = entries.slice(-MOST_LINES / 2)
    },
    repeat(noise) {
      const running = { ...noise, until: Infinity }
      noises.push(running)
      return (at) => {
        running.until = Math.min(running.until, at)
      }
    },
    read(until, from = 0) {
      const noise = noises.flatMap((one) => linesOf(one, Math.max(from, until - MOST_NOISE_MS), until))
      const shown = [...entries.filter(({ at }) => at >= from && at <= until + 1000), ...noise]
      return shown
        .toSorted((a, b) => a.at - b.at)
        .map((entry) => `${klog(entry, processId)}\n`)
        .join('')
    },
  }
}

function linesOf(noise: Noise & { until: Instant }, from: Instant, until: Instant): Entry[] {
  const lines: Entry[] = []
  const end = Math.min(until, noise.until)
  const skipped = Math.max(0, Math.ceil((from - noise.from) / noise.everyMs))
  for (let at = noise.from + skipped * noise.everyMs; at <= end; at += noise.everyMs) {
    lines.push({ at, line: noise.line })
  }
  return lines
}

/** The header of klog (semantics §8.1): no year, no zone, the process id in seven columns. */
function klog({ at, line: { letter, from, text } }: Entry, processId: number): string {
  const microseconds = Math.round(at * 1000)
  const time = new Date(Math.floor(microseconds / 1000)).toISOString()
  const fraction = String(microseconds % 1_000_000).padStart(6, '0')
  const day = time.slice(5, 10).replace('-', '')
  return `${letter}${day} ${time.slice(11, 19)}.${fraction} ${String(processId).padStart(7)} ${from}] ${text}`
}
