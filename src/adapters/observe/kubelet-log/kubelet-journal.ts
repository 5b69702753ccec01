import { spawn } from 'node:child_process'
import { once } from 'node:events'
import type { Clock } from '../../../core/observe/clock.ts'
import type { Gap, GapReason } from '../../../core/observe/gap.ts'
import {
  MOST_READ_AT_ONCE,
  type KubeletLogSource,
  type LoggedLine,
  type LoggedSince,
} from '../../../core/observe/host/kubelet-log.ts'
import type { Duration } from '../../../core/units/duration.ts'
import { LineCutter } from './line-cutter.ts'

/** Which entries of which journal are read. */
export interface JournalChoice {
  clock: Clock
  /** Where the root directory of the host is mounted. */
  root: string
  /** Terms of journalctl, such as `_SYSTEMD_UNIT=kubelet.service`; between two of them a `+` is an "or". */
  matches: readonly string[]
  /** More options of journalctl. */
  options?: readonly string[]
}

/** An entry holds its line several times over in its fields. */
const MOST_BYTES = 4 * MOST_READ_AT_ONCE
const LONGEST: Duration = 20_000
/** What was written so long before the first call is read with it. */
const READ_BACK: Duration = 15 * 60_000

/**
 * Reads the journal with journalctl, which knows every form a journal has. A short-lived child for each call, since one
 * that follows would hold memory all the time and have to be watched; the cursor of the last entry is where the next one
 * begins, so rotation and vacuuming lose nothing that is still there.
 */
export function kubeletJournal({ clock, root, matches, options = [] }: JournalChoice): KubeletLogSource {
  const since = Math.floor((clock.now() - READ_BACK) / 1000)
  let cursor: string | undefined
  let running: ReturnType<typeof spawn> | undefined

  function begin(from: string) {
    const place = root === '/' ? [] : [`--root=${root}`]
    const how = ['--output=json', '--all', '--no-pager', from, ...place, ...options]
    return spawn('journalctl', [...how, ...matches], {
      stdio: ['ignore', 'pipe', 'pipe'],
      // What goes wrong is told in English, which is looked for below.
      env: { PATH: process.env['PATH'], LC_ALL: 'C' },
    })
  }

  async function entries(from: string): Promise<LoggedSince> {
    if (running) return { lines: [], gap: gap('timed-out', 'journalctl does not end') }
    const child = begin(from)
    running = child
    const ended = once(child, 'close').then(
      ([status]) => status as number | null,
      (failure: NodeJS.ErrnoException) => failure,
    )
    void ended.then(() => (running = undefined))
    let isLate = false
    const cancel = clock.after(LONGEST, () => {
      isLate = true
      child.kill('SIGKILL')
      // One that cannot even be killed is not waited for.
      child.stdout.destroy()
    })
    let complaint = ''
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      complaint = (complaint + text).slice(0, 300)
    })
    const { lines, last, isWhole } = await linesOf(child.stdout)
    if (!isWhole) child.kill('SIGKILL')
    cursor = last ?? cursor
    const outcome = isLate ? null : await ended
    cancel()
    if (isLate) return { lines, gap: gap('timed-out', `no end within ${LONGEST / 1000} s`) }
    const why = isWhole ? whyNot(outcome, complaint) : undefined
    return why === undefined ? { lines } : { lines, gap: gap(why.why, why.detail) }
  }

  return {
    async read() {
      if (cursor !== undefined) return entries(`--after-cursor=${cursor}`)
      const late = await entries(`--since=@${since}`)
      if (late.gap || late.lines.length > 0) return late
      // Quiet of late, or never a word: the last entry of all tells, and is where the next call goes on.
      const { gap: why } = await entries('--lines=1')
      if (why) return { lines: [], gap: why }
      return cursor === undefined ? { lines: [], gap: gap('not-there', NO_ENTRY) } : { lines: [] }
    },
    async close() {
      running?.kill('SIGKILL')
    },
  }
}

const NO_ENTRY = 'the journal has no entry of the kubelet; --kubelet-log names a file instead'

/** As many entries as there is room for, and the cursor of the last one. */
async function linesOf(output: AsyncIterable<Buffer>) {
  const cutter = new LineCutter('journal', 0)
  const lines: LoggedLine[] = []
  let bytes = 0
  let last: string | undefined
  try {
    for await (const piece of output) {
      for (const { text } of cutter.push(piece)) {
        lines.push({ text, position: { file: 'journal', line: 0 } })
        last = CURSOR.exec(text)?.[1] ?? last
      }
      bytes += piece.length
      if (bytes > MOST_BYTES) return { lines, last, isWhole: false }
    }
  } catch {
    // It was given up; why is said elsewhere.
  }
  return { lines, last, isWhole: true }
}

/** Whatever another field holds is quoted and escaped, so this is the field itself. */
const CURSOR = /[{,]\s*"__CURSOR"\s*:\s*"([^"\\]{1,400})"/

function whyNot(
  outcome: number | NodeJS.ErrnoException | null,
  complaint: string,
): { why: GapReason; detail: string } | undefined {
  if (outcome instanceof Error) {
    return outcome.code === 'ENOENT'
      ? { why: 'not-there', detail: 'journalctl is not installed; --kubelet-log names a file instead' }
      : { why: 'unreachable', detail: outcome.message }
  }
  if (/^No journal files were/m.test(complaint)) {
    return { why: 'not-there', detail: 'there is no journal; --kubelet-log names a file instead' }
  }
  return outcome === 0 ? undefined : { why: 'unreachable', detail: complaint.trim() }
}

function gap(why: GapReason, detail: string): Gap {
  return { part: 'kubelet log', why, detail: detail.slice(0, 300) }
}
