import { documentIn } from '../../adapters/observe/log-file/document.ts'
import { damaged, logsIn, type Log, type ReadBytes } from '../../adapters/observe/log-file/logs.ts'
import { peek } from '../../adapters/observe/log-file/peek.ts'
import type { SearchPool } from '../../adapters/observe/log-file/search-pool.ts'
import { KubepatrolError, coded } from '../../core/errors/kubepatrol-error.ts'
import type { ExplainedFile, Explanation } from '../../core/explain/explanation.ts'
import type { Fact } from '../../core/explain/facts/fact.ts'
import { FactFold, withoutFirstStates } from '../../core/explain/fold.ts'
import {
  fileKind,
  isText,
  LogReading,
  MOST_WHOLE,
  type ReadingTarget,
} from '../../core/explain/log-reading.ts'
import { eventListForm, eventListRecords } from '../../core/explain/frame/event-list.ts'
import { nodeDisk } from '../../core/explain/node-disk.ts'
import { SEGMENT, type SearchedSegment } from '../../core/explain/search/segment-search.ts'
import { findIncidents } from '../../core/incident/find-incidents.ts'
import type { Message } from '../../core/messages/message.ts'

/** How logs are read. */
export interface ExplainOptions {
  pool: SearchPool
  /** The year of lines that do not say it. */
  year?: number
  /** Called with every fact, unfolded. */
  onFact?: (fact: Fact) => void
  onProgress?: (path: string, bytes: ReadBytes) => void
  /** Asked now and then; what is read so far is explained when it says so. */
  isOver?: () => boolean
}

/** Reads logs one after the other and explains them together. A file that cannot be read is named, the rest explained. */
export async function explainFiles(
  locations: readonly string[],
  options: ExplainOptions,
): Promise<Explanation> {
  const files: ExplainedFile[] = []
  const target = { imageNames: new Map<string, readonly string[]>(), onFact: options.onFact }
  const all = new FactFold()
  for (const location of locations) {
    const progress: ReadBytes = { read: 0, total: undefined }
    try {
      for await (const log of logsIn(location, progress)) {
        const { file, reading } = await explainLog(log, options, target, progress)
        all.addFolded(reading)
        files.push(file)
        if (options.isOver?.()) break
      }
    } catch (failure) {
      files.push(failedFile(location, failure))
    }
  }
  const facts = withoutFirstStates(all.facts()).toSorted((a, b) => a.order - b.order)
  return {
    facts,
    nodeDisk: nodeDisk(facts),
    incidents: findIncidents({ facts, imageNames: target.imageNames }),
    files,
  }
}

async function explainLog(log: Log, options: ExplainOptions, target: ReadingTarget, progress: ReadBytes) {
  const { path } = log
  const { year } = options
  const sample = Buffer.from(log.beginning).toString('utf8')
  const reading = new LogReading({ file: path, ...(year === undefined ? {} : { year }) }, target)
  let error: Message | null = null
  try {
    if (!isText(log.beginning)) throw coded('KP_INPUT_BINARY', { path })
    const { text, value, bytes } = await documentIn(log, eventListForm(sample))
    const records = value === undefined ? undefined : eventListRecords(value, text, path)
    if (records) {
      reading.countLines(text)
      reading.takeRecords(records)
    }
    for await (const found of records ? [] : segmentsOf({ ...log, bytes }, sample, options.pool, progress)) {
      reading.take(found)
      options.onProgress?.(path, progress)
      if (options.isOver?.()) break
    }
  } catch (failure) {
    error = damaged(path, failure, log.isPacked, reading.lines).detail
  }
  const facts = reading.end()
  return {
    reading: facts,
    file: { path, nodeDisk: nodeDisk(withoutFirstStates(facts)), lines: reading.lines, error },
  }
}

/** What is found in a log, whole where it is small. */
async function* segmentsOf(
  log: Log,
  sample: string,
  pool: SearchPool,
  progress: ReadBytes,
): AsyncGenerator<SearchedSegment> {
  if (log.file) {
    progress.read = 0
    for await (const found of pool.searchFile(log.file, fileKind(sample, log.file.size))) {
      progress.read += SEGMENT
      yield found
    }
    return
  }
  const content = await peek(log.bytes, MOST_WHOLE + 1)
  const kind = fileKind(sample, content.isWhole ? content.beginning.length : undefined)
  yield* pool.searchStream(content.bytes, kind)
}

function failedFile(path: string, failure: unknown): ExplainedFile {
  if (!(failure instanceof KubepatrolError)) throw failure
  return { path, nodeDisk: 'not-stated', lines: 0, error: failure.detail }
}
