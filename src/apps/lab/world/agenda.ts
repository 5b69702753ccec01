import type { Duration } from '../../../core/units/duration.ts'
import type { Instant } from '../../../core/units/instant.ts'

/** What is to happen, and when: the simulated time jumps from one to the next. */
export interface Agenda {
  now(): Instant
  /** Calls once at an instant, at once when it is past; what it returns calls it off. */
  at(when: Instant, call: () => void): () => void
  after(wait: Duration, call: () => void): () => void
  /** Lets time pass up to an instant: everything due until then is called, in order. */
  runUntil(until: Instant): void
  /** When something is due next; `Infinity` when nothing is. */
  nextAt(): Instant
}

interface Entry {
  at: Instant
  turn: number
  call: (() => void) | undefined
}

/** An empty agenda. What is due at one instant is called in the order in which it was put down: runs repeat exactly. */
export function createAgenda(startsAt: Instant): Agenda {
  const heap: Entry[] = []
  let now = startsAt
  let turn = 0

  const at: Agenda['at'] = (when, call) => {
    const entry: Entry = { at: Math.max(when, now), turn: turn++, call }
    if (when < Infinity) push(heap, entry)
    return () => (entry.call = undefined)
  }
  const nextAt = () => {
    while (heap[0] && !heap[0].call) pop(heap)
    return heap[0]?.at ?? Infinity
  }
  return {
    now: () => now,
    at,
    after: (wait, call) => at(now + wait, call),
    nextAt,
    runUntil(until) {
      while (nextAt() <= until) {
        const entry = pop(heap)
        now = Math.max(now, entry?.at ?? now)
        entry?.call?.()
      }
      now = Math.max(now, until)
    },
  }
}

function isBefore(a: Entry, b: Entry): boolean {
  return a.at === b.at ? a.turn < b.turn : a.at < b.at
}

function push(heap: Entry[], entry: Entry): void {
  let index = heap.push(entry) - 1
  while (index > 0) {
    const parent = (index - 1) >> 1
    const above = heap[parent]
    if (!above || !isBefore(entry, above)) break
    heap[index] = above
    index = parent
  }
  heap[index] = entry
}

function pop(heap: Entry[]): Entry | undefined {
  const first = heap[0]
  const last = heap.pop()
  if (!last || heap.length === 0) return first
  let index = 0
  for (;;) {
    const left = 2 * index + 1
    const [one, other] = [heap[left], heap[left + 1]]
    if (!one) break
    const child = other && isBefore(other, one) ? left + 1 : left
    const below = heap[child]
    if (!below || !isBefore(below, last)) break
    heap[index] = below
    index = child
  }
  heap[index] = last
  return first
}
