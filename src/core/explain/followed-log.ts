import type { Fact, SourcePosition } from './facts/fact.ts'
import { createFramer } from './frame/framer.ts'
import { imageNameReader } from './image-names.ts'
import { readFacts } from './read-facts.ts'

/** What lines of a log that grows state, and the images they name. */
export interface Stated {
  facts: readonly Fact[]
  imageNames: Readonly<Record<string, readonly string[]>>
}

/** A line, and where it stands. */
interface FollowedLine {
  text: string
  position: SourcePosition
}

/**
 * Reads the log of one node as it grows, by the same patterns as `explain`. `year` is that of its first line, which klog
 * does not write. Whatever host a line names, it is the node's.
 */
export function followLog({ node, year }: { node: string; year: number }): {
  read(lines: readonly FollowedLine[]): Stated
} {
  const framer = createFramer({ file: '', year, node })
  const names = imageNameReader()
  let before = 0
  return {
    read(lines) {
      // Nothing waits for a line that may not come for hours.
      const records = [...lines.flatMap(({ text }) => framer.push(text)), ...framer.end()]
      const first = before + 1
      before += lines.length
      const imageNames: Record<string, readonly string[]> = {}
      for (const record of records)
        for (const { id, names: known } of names.read(record)) imageNames[id] = known
      const facts = records.flatMap(readFacts).map((fact) => {
        const position = lines[fact.source.line - first]?.position
        return { ...fact, node, source: position ?? fact.source }
      })
      return { facts, imageNames }
    },
  }
}
