import type { Log } from './logs.ts'
import type { ReadingPlatform } from './log-source.ts'
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
  platform: ReadingPlatform,
): Promise<{ text: string; value: unknown; bytes: AsyncIterable<Uint8Array> }> {
  if (form === undefined) return { text: '', value: undefined, bytes: log.bytes }
  const { beginning, isWhole, bytes } = await peek(log.bytes, MOST)
  if (!isWhole) return { text: '', value: undefined, bytes }
  const text = platform.decode(beginning, 0, beginning.length)
  return { text, value: await parsed(text, form, platform), bytes }
}

async function parsed(text: string, form: 'json' | 'yaml', { parseYaml }: ReadingPlatform): Promise<unknown> {
  try {
    // A hostile document may not unfold aliases into more than it is.
    return form === 'json' ? JSON.parse(text) : await parseYaml(text, { maxAliasCount: 0 })
  } catch {
    return undefined
  }
}
