import { createFramer, type FrameOptions } from '../../../core/explain/frame/framer.ts'
import { imageNameReader } from '../../../core/explain/image-names.ts'
import { readFacts } from '../../../core/explain/read-facts.ts'
import type { Instant } from '../../../core/units/instant.ts'
import type { TimedFact } from './recorded-facts.ts'

/** Names of an image that a runtime's log tells, with the instant from which a replay may know them. */
export interface TimedNames {
  knownAt: Instant
  id: string
  names: readonly string[]
}

/** What a recorded log states, and the images it names; lines without an instant state nothing to a replay. */
export function readLog(
  content: string,
  options: FrameOptions,
): { facts: TimedFact[]; imageNames: TimedNames[] } {
  const framer = createFramer(options)
  const names = imageNameReader()
  const facts: TimedFact[] = []
  const imageNames: TimedNames[] = []
  const take = (records: ReturnType<typeof framer.end>) => {
    for (const record of records) {
      const { at } = record.time
      if (at === null) continue
      for (const fact of readFacts(record)) facts.push({ knownAt: at, fact })
      for (const { id, names: known } of names.read(record))
        imageNames.push({ knownAt: at, id, names: known })
    }
  }
  for (const line of content.split('\n')) take(framer.push(line))
  take(framer.end())
  return { facts, imageNames }
}
