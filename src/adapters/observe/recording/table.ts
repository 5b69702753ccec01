import { coded } from '../../../core/errors/kubepatrol-error.ts'
import type { FilesystemReading } from '../../../core/observe/observation.ts'
import type { Instant } from '../../../core/units/instant.ts'

/** A row of `actions.tsv`: what was done to the node, and when. */
export interface RecordedAction {
  at: Instant
  action: string
}

/**
 * Reads `actions.tsv`: Unix seconds, a tab, what was done.
 * @throws {KubepatrolError} KP_RECORDING_BROKEN on a row that is not of that shape.
 */
export function parseActions(content: string, location: string): RecordedAction[] {
  return rows(content).map(([seconds, action], index) => {
    const at = Number(seconds) * 1000
    if (!Number.isFinite(at) || action === undefined) throw broken(location, index + 1)
    return { at, action }
  })
}

/**
 * Reads `statfs.tsv`: a header, then Unix seconds, block size, blocks, free, available, inodes, free inodes.
 * A last row that was cut in writing is left out.
 * @throws {KubepatrolError} KP_RECORDING_BROKEN on any other row that is not of that shape, and when none is left that says a capacity.
 */
export function parseStatfs(content: string, location: string): FilesystemReading[] {
  const lines = rows(content).slice(1)
  const readings = lines.flatMap((columns, index) => {
    const numbers = columns.map(Number)
    const isWhole = columns.length === 7 && numbers.every((number) => Number.isFinite(number) && number >= 0)
    if (isWhole) return [reading(numbers)]
    if (index === lines.length - 1 && !content.endsWith('\n')) return []
    throw broken(location, index + 2)
  })
  if (readings.length === 0) throw coded('KP_RECORDING_BROKEN', { path: location, problem: 'it has no rows' })
  if (readings.every(({ capacityBytes }) => capacityBytes === 0))
    throw coded('KP_RECORDING_BROKEN', {
      path: location,
      problem: 'it says a capacity of 0 bytes throughout',
    })
  return readings.toSorted((a, b) => a.at - b.at)
}

function reading(columns: readonly number[]): FilesystemReading {
  const [seconds = 0, block = 0, blocks = 0, free = 0, available = 0, inodes = 0, inodesFree = 0] = columns
  return {
    at: seconds * 1000,
    capacityBytes: block * blocks,
    availableBytes: block * available,
    usedBytes: block * (blocks - free),
    inodes,
    inodesFree,
  }
}

function rows(content: string): string[][] {
  return content
    .split(/\r?\n/)
    .filter((line) => line !== '')
    .map((line) => line.split('\t'))
}

function broken(location: string, line: number) {
  return coded('KP_RECORDING_BROKEN', {
    path: location,
    problem: `line ${line} is not of the expected shape`,
  })
}
