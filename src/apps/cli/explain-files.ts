import { readLines } from '../../adapters/observe/log-file/read-lines.ts'
import { KubepatrolError } from '../../core/errors/kubepatrol-error.ts'
import type { ExplainedFile, Explanation } from '../../core/explain/explanation.ts'
import type { Fact, FoldedFact } from '../../core/explain/facts/fact.ts'
import { foldFacts, mergeFacts, withoutFirstStates } from '../../core/explain/fold.ts'
import { createFramer, type Framer } from '../../core/explain/frame/framer.ts'
import { imageNameReader } from '../../core/explain/image-names.ts'
import { nodeDisk } from '../../core/explain/node-disk.ts'
import { readFacts } from '../../core/explain/read-facts.ts'
import { factDocument } from '../../core/incident/incident-document.ts'
import { findIncidents } from '../../core/incident/find-incidents.ts'
import type { Message } from '../../core/messages/message.ts'

/** How logs are read. */
export interface ExplainOptions {
  /** The year of lines that do not say it. */
  year?: number
  /** Called with every fact as one line of JSON, unfolded. */
  onFact?: (line: string) => void
  onProgress?: (path: string, lines: number) => void
  /** Asked now and then; what is read so far is explained when it says so. */
  isOver?: () => boolean
}

/** Facts are folded whenever so many have come. */
const BATCH = 2000
const PROGRESS_LINES = 5000

/** Reads logs one after the other and explains them together. A file that cannot be read is named, the rest explained. */
export async function explainFiles(
  locations: readonly string[],
  options: ExplainOptions,
): Promise<Explanation> {
  const files: ExplainedFile[] = []
  const imageNames = new Map<string, readonly string[]>()
  let facts: readonly FoldedFact[] = []
  for (const location of locations) {
    const file = await explainFile(location, options, imageNames)
    facts = mergeFacts(facts, file.facts)
    files.push({
      path: location,
      nodeDisk: nodeDisk(withoutFirstStates(file.facts)),
      lines: file.lines,
      error: file.error,
    })
  }
  const inOrder = withoutFirstStates(facts).toSorted((a, b) => a.order - b.order)
  return {
    facts: inOrder,
    nodeDisk: nodeDisk(inOrder),
    incidents: findIncidents({ facts: inOrder, imageNames }),
    files,
  }
}

interface ReadFile {
  facts: FoldedFact[]
  lines: number
  error: Message | null
}

async function explainFile(
  location: string,
  options: ExplainOptions,
  imageNames: Map<string, readonly string[]>,
): Promise<ReadFile> {
  const framer = createFramer({
    file: location,
    ...(options.year === undefined ? {} : { year: options.year }),
  })
  const names = imageNameReader()
  let facts: FoldedFact[] = []
  let waiting: Fact[] = []
  let lines = 0
  let error: Message | null = null
  const take = (records: ReturnType<Framer['end']>) => {
    for (const record of records) {
      for (const fact of readFacts(record)) {
        waiting.push(fact)
        options.onFact?.(JSON.stringify(oneFact(fact)))
      }
      for (const { id, names: known } of names.read(record)) imageNames.set(id, known)
    }
    if (waiting.length < BATCH) return
    facts = foldFacts(facts, waiting)
    waiting = []
  }
  try {
    for await (const line of readLines(location)) {
      take(framer.push(line))
      if (++lines % PROGRESS_LINES !== 0) continue
      options.onProgress?.(location, lines)
      if (options.isOver?.()) break
    }
  } catch (failure) {
    if (!(failure instanceof KubepatrolError)) throw failure
    error = failure.detail
  }
  take(framer.end())
  return { facts: foldFacts(facts, waiting), lines, error }
}

function oneFact(fact: Fact) {
  const { at, order, source } = fact
  return factDocument({
    ...fact,
    count: 1,
    firstAt: at,
    lastAt: at,
    lastOrder: order,
    evidence: [{ ...source, at, order }],
  })
}
