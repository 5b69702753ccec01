import { parse } from 'yaml'
import type { Log } from './logs.ts'
import { peek } from './peek.ts'

/** A document larger than this is read as lines. */
const MOST = 64 * 1024 * 1024

/**
 * Reads a log as one document of JSON or YAML. There is no value when it is none, as when it was cut; its bytes
 * are there to be read in any case.
 */
export async function documentIn(
  log: Log,
  form: 'json' | 'yaml' | undefined,
): Promise<{ text: string; value: unknown; bytes: AsyncIterable<Uint8Array> }> {
  if (form === undefined) return { text: '', value: undefined, bytes: log.bytes }
  const { beginning, isWhole, bytes } = await peek(log.bytes, MOST)
  if (!isWhole) return { text: '', value: undefined, bytes }
  const text = Buffer.from(beginning).toString('utf8')
  return { text, value: parsed(text, form), bytes }
}

function parsed(text: string, form: 'json' | 'yaml'): unknown {
  try {
    // A hostile document may not unfold aliases into more than it is.
    return form === 'json' ? JSON.parse(text) : parse(text, { maxAliasCount: 0 })
  } catch {
    return undefined
  }
}
