import type { Duration } from '../../units/duration.ts'
import type { Instant } from '../../units/instant.ts'
import { rotatedName, sortRotatedLogs, type LogFile } from './rotated-files.ts'
import type { LogRotationSettings } from './rotation-settings.ts'

/** What a look at the log of one container finds. */
export interface LogSituation {
  /** The name of the live log, such as `0.log`. */
  log: string
  /** Of the directory it is in; those of other restarts do not matter. */
  files: readonly LogFile[]
  isRunning: boolean
  at: Instant
  /** Of the node's local time, in milliseconds. */
  utcOffset: Duration
  /** Bytes that can be written; `Infinity` where that is no question. */
  availableBytes: number
  /** What is left of a log when it is compressed, from 0 to 1; random bytes keep their size. */
  compressedShare: number
  /** Whether the runtime reopens the log when it is asked to. */
  canReopen: boolean
}

/** One thing the kubelet does to a container's logs. */
export type RotationStep =
  | { kind: 'remove'; file: string; because: 'temporary' | 'already-compressed' | 'too-many' }
  | { kind: 'compress' | 'rename'; file: string; to: string }
  | { kind: 'reopen' }

/** How a look ends. Failed means tried again at the next look, the live log growing meanwhile. */
export type RotationOutcome =
  | { kind: 'left'; because: 'switched-off' | 'not-running' | 'below-limit' }
  | { kind: 'reopened' | 'rotated'; steps: readonly RotationStep[] }
  | { kind: 'failed'; because: 'no-space-to-compress' | 'cannot-reopen'; steps: readonly RotationStep[] }

/**
 * One look of the kubelet at the log of one container (semantics §7.1, all versions, CRI runtimes): what
 * it removes, compresses and renames, in order. Compressing writes a second file before it deletes the
 * first, so that on a full disk the rotation ends there. Logs of containers that do not run go with them (§2.5).
 */
export function rotateLog(
  situation: LogSituation,
  { maxSizeBytes, maxFiles }: Pick<LogRotationSettings, 'maxSizeBytes' | 'maxFiles'>,
): RotationOutcome {
  const { log, files, isRunning, at, utcOffset, canReopen } = situation
  if (maxSizeBytes < 0) return { kind: 'left', because: 'switched-off' }
  if (!isRunning) return { kind: 'left', because: 'not-running' }
  const live = files.find(({ name }) => name === log)
  if (!live) {
    return canReopen
      ? { kind: 'reopened', steps: [{ kind: 'reopen' }] }
      : { kind: 'failed', because: 'cannot-reopen', steps: [] }
  }
  if (live.sizeBytes < maxSizeBytes) return { kind: 'left', because: 'below-limit' }
  const { steps, isComplete } = prepare(situation, maxFiles)
  if (!isComplete) return { kind: 'failed', because: 'no-space-to-compress', steps }
  const to = rotatedName(log, at, utcOffset)
  steps.push({ kind: 'rename', file: log, to })
  if (canReopen) return { kind: 'rotated', steps: [...steps, { kind: 'reopen' }] }
  return {
    kind: 'failed',
    because: 'cannot-reopen',
    steps: [...steps, { kind: 'rename', file: to, to: log }],
  }
}

/** What is done to earlier logs first. */
function prepare(
  { log, files, availableBytes, compressedShare }: LogSituation,
  maxFiles: number,
): { steps: RotationStep[]; isComplete: boolean } {
  const earlier = files.filter(({ name }) => name.startsWith(`${log}.`))
  const { removed, kept } = sortRotatedLogs(earlier, maxFiles)
  const steps = removed.map(({ file, because }): RotationStep => ({
    kind: 'remove',
    file: file.name,
    because,
  }))
  let available = removed.reduce((sum, { file }) => sum + file.sizeBytes, availableBytes)
  for (const { name, sizeBytes } of kept) {
    if (name.endsWith('.gz')) continue
    const compressedBytes = sizeBytes * compressedShare
    if (compressedBytes > available) return { steps, isComplete: false }
    steps.push({ kind: 'compress', file: name, to: `${name}.gz` })
    available += sizeBytes - compressedBytes
  }
  return { steps, isComplete: true }
}
