import type { FactId } from './facts/vocabulary.ts'
import type { LogRecord } from './frame/log-record.ts'
import type { Groups } from './pattern-family.ts'
import { numbers, texts } from './stated-fields.ts'

const WANTED =
  /(?:[Ww]anted to free (?<bytesToFree>\d+) bytes, but freed (?<bytesFreed>\d+) bytes|[Ww]anted to free (?<wanted>\d+), but freed (?<got>\d+)(?= space|$)|Attempted to free (?<attempted>\d+) bytes, but only found (?<eligible>\d+) bytes eligible|Failed to free sufficient space by deleting unused images \(freed (?<freed>\d+) bytes\))/
/** What a caller without a limit asks for: all there is. */
const EVERYTHING = '9223372036854775807'
/** A first failure for want of stats is harmless; one that names amounts is not, whatever heads the sentence. */
export function failureFacts({ error = '', turn }: Groups, { event }: LogRecord): readonly FactId[] {
  const { bytesToFree, bytesFreed } = failureFields(error)
  if (bytesFreed === 0) return ['image-gc-failed', 'image-gc-freed-nothing']
  const isFirst =
    turn === ' once' && event === undefined && bytesToFree === undefined && bytesFreed === undefined
  if (!isFirst || /errors in image deletion|required amount/.test(error)) return ['image-gc-failed']
  return /invalid capacity|\bstats?\b|imageFs|image fs|unable to find data|non-existent label|cache/i.test(
    error,
  ) || error === ''
    ? ['image-gc-stats-not-ready']
    : ['image-gc-failed']
}

/** What the error of a failed collection says of bytes, and the error. */
export function failureFields(text = '') {
  const error = text.replace(/"$/, '')
  const {
    bytesToFree,
    bytesFreed,
    wanted: early,
    got,
    attempted,
    eligible,
    freed,
  } = WANTED.exec(error)?.groups ?? {}
  const wanted = bytesToFree ?? early ?? attempted
  return {
    ...numbers(
      {
        bytesToFree: wanted === EVERYTHING ? undefined : wanted,
        bytesFreed: bytesFreed ?? got ?? eligible ?? freed,
      },
      'bytesToFree',
      'bytesFreed',
    ),
    ...texts({ error }, 'error'),
  }
}
