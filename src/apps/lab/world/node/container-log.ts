import type { Instant } from '../../../../core/units/instant.ts'
import { lineOf } from './container-voices.ts'
import type { ContainerOnNode, NodeState } from './node-state.ts'

/** A line that a container has written. */
export interface LogLine {
  at: Instant
  text: string
}

/** About as long is a line: with it and the rate of its bytes follows how often one comes. */
const LINE_BYTES = 160
/** A container that floods its log shows one line of many; one that says nothing still does so now and then. */
const [SHORTEST_MS, LONGEST_MS] = [50, 30_000]
const FIRST_LINES_MS = 400

/**
 * The last lines a container has written after an instant and until now, oldest first. They are made when they are
 * read, the same ones each time, but for what they say of the disk, which is how it is now; the disk only counts bytes.
 *
 * @param most lines at most
 */
export function linesOf(
  node: NodeState,
  pod: string,
  container: ContainerOnNode,
  { after, now, most }: { after: Instant; now: Instant; most: number },
): LogLine[] {
  const { startedAt, image, isRunning, finishedAt, log } = container
  const until = isRunning ? now : finishedAt
  const perSecond = log.bytesPerSecond > 0 ? log.bytesPerSecond / LINE_BYTES : 0
  const everyMs = perSecond > 0 ? clamp(1000 / perSecond) : LONGEST_MS
  const timeOf = (turn: number) =>
    turn < FEW
      ? startedAt + (turn * FIRST_LINES_MS) / FEW
      : startedAt + FIRST_LINES_MS + (turn - FEW) * everyMs
  const count = Math.max(0, Math.floor((until - startedAt - FIRST_LINES_MS) / everyMs) + FEW + 1)
  const { availableBytes, capacityBytes } = node.disk.figures(now)
  const freePercent = (100 * availableBytes) / capacityBytes
  const lines: LogLine[] = []
  for (let turn = count - 1; turn >= 0 && lines.length < most; turn--) {
    const at = timeOf(turn)
    if (at <= after) break
    if (at > until) continue
    lines.push({ at, text: lineOf(image, { at, pod, turn, drawn: drawing(turn), freePercent }) })
  }
  return lines.toReversed()
}

/** Lines of the start come at once. */
const FEW = 3

function clamp(ms: number): number {
  return Math.min(LONGEST_MS, Math.max(SHORTEST_MS, ms))
}

/** Numbers that follow from a line's own, one after another. */
function drawing(turn: number): (below: number) => number {
  let state = Math.imul(turn + 1, 0x9e3779b1) >>> 0
  return (below) => {
    state = Math.imul(state ^ (state >>> 15), 0x85ebca6b) >>> 0
    return state % below
  }
}
