import type { Instant } from '../../units/instant.ts'

/** Something that an action wrote into a pod's space. */
export interface WrittenToPod {
  /** The pod's name, as the action gives it. */
  pod: string
  kind: 'volume' | 'layer' | 'log'
  from: Instant
  until: Instant
  bytes: number
  files: number
}

const UNIT: Readonly<Record<string, number>> = { k: 2 ** 10, m: 2 ** 20, g: 2 ** 30 }
const SIZE = /(\d+(?:\.\d+)?)\s*([KMG])i?B?\b/i
const FILES = /(\d+)\s+(?:\w+\s+)?(?:files|inodes)\b/i
const POD = /\bpods?[ :/]+(?:[\w.-]+\/)?([\w.-]+)/i
const KINDS: readonly (readonly [WrittenToPod['kind'], RegExp])[] = [
  ['volume', /empty-?\s?dir/i],
  ['layer', /writable|layer|rootfs/i],
  ['log', /\blogs?\b/i],
]
/** A row such as `write-done` says when the action before it had ended. */
const DONE = /\bdone$/

/** What a recording's actions wrote into the emptyDir, the writable layer or the log of a pod. */
export function writtenToPods(actions: readonly { at: Instant; action: string }[]): WrittenToPod[] {
  return actions.flatMap(({ at, action }, index) => {
    const pod = POD.exec(action)?.[1]
    const kind = KINDS.find(([, words]) => words.test(action))?.[0]
    const [, amount = '', unit = ''] = SIZE.exec(action) ?? []
    const files = Number(FILES.exec(action)?.[1] ?? 0)
    const bytes = Math.round(Number(amount) * (UNIT[unit.toLowerCase()] ?? 0))
    if (pod === undefined || kind === undefined || (bytes === 0 && files === 0)) return []
    const next = actions[index + 1]
    const until = next && DONE.test(next.action) ? next.at : at
    return { pod, kind, from: at, until, bytes, files }
  })
}

/** How much of what was written between two instants had been written after the first and up to the second. */
export function shareWritten({ from, until }: WrittenToPod, after: Instant, upTo: Instant): number {
  const done = (at: Instant) => (at >= until ? 1 : at <= from ? 0 : (at - from) / (until - from))
  return done(upTo) - done(after)
}
