import { KubepatrolError, coded } from '../errors/kubepatrol-error.ts'
import { findIncidents } from '../incident/find-incidents.ts'
import type { Message } from '../messages/message.ts'
import type { ExplainedFile, Explanation } from './explanation.ts'
import type { Fact } from './facts/fact.ts'
import { FactFold, inOrder, withoutFirstStates } from './fold.ts'
import { eventListForm } from './frame/event-list-form.ts'
import { documentIn } from './input/document.ts'
import { mayEmbedDocuments, recordsWithDocuments } from './input/embedded-documents.ts'
import { inReadingOrder } from './input/log-names.ts'
import type { LogSource, ReadBytes, ReadingPlatform } from './input/log-source.ts'
import { damaged, logsIn, type Log } from './input/logs.ts'
import { peek } from './input/peek.ts'
import { fileKind, isText, LogReading, MOST_WHOLE, type ReadingTarget } from './log-reading.ts'
import { nodeDisk } from './node-disk.ts'
import type { FoundSegment } from './read-segment.ts'
import { searchStream } from './search/segment-feed.ts'
import { SEGMENT } from './search/segment-search.ts'

/** How logs are read. */
export interface ExplainOptions {
  platform: ReadingPlatform
  /** The year of lines that do not say it. */
  year?: number
  /** Called with every fact, unfolded. */
  onFact?: (fact: Fact) => void
  /** Called with the log that is read, and how far its source is. */
  onProgress?: (path: string, bytes: ReadBytes) => void
  /** Asked now and then; what is read so far is explained when it says so. */
  isOver?: () => boolean
}

/**
 * Reads logs one after the other and explains them together, in an order of their own, so that what is explained
 * does not depend on that in which they are given. A source that cannot be read is named, the rest explained.
 */
export async function explainLogs(
  sources: readonly LogSource[],
  options: ExplainOptions,
): Promise<Explanation> {
  const files: ExplainedFile[] = []
  const target = { imageNames: new Map<string, readonly string[]>(), onFact: options.onFact }
  const all = new FactFold()
  for (const source of sources.toSorted((a, b) => inReadingOrder(a.path, b.path))) {
    const progress: ReadBytes = { read: 0, total: undefined }
    try {
      for await (const log of logsIn(source, options.platform, progress)) {
        const { file, reading } = await explainLog(log, options, target, progress)
        all.addFolded(reading)
        files.push(file)
        if (options.isOver?.()) break
      }
    } catch (failure) {
      files.push(failedFile(source.path, failure))
    }
  }
  const facts = inOrder(withoutFirstStates(all.facts()))
  return {
    facts,
    nodeDisk: nodeDisk(facts),
    incidents: findIncidents({ facts, imageNames: target.imageNames }),
    files,
  }
}

async function explainLog(log: Log, options: ExplainOptions, target: ReadingTarget, progress: ReadBytes) {
  const { path } = log
  const { year, platform } = options
  const sample = platform.decode(log.beginning, 0, log.beginning.length)
  const reading = new LogReading({ file: path, ...(year === undefined ? {} : { year }) }, target)
  let error: Message | null = null
  try {
    if (!isText(log.beginning)) throw coded('KP_INPUT_BINARY', { path })
    const { text, records, bytes } = await documentsOf(log, sample, options)
    if (records) {
      reading.countLines(text)
      reading.takeRecords(records)
    }
    for await (const found of records ? [] : segmentsOf({ ...log, bytes }, sample, platform, progress)) {
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

/** The records of a log that is a document of events, or has documents among its lines. */
async function documentsOf(log: Log, sample: string, { year, platform }: ExplainOptions) {
  const { text, value, bytes } = await documentIn(log, eventListForm(sample), platform)
  const records = value === undefined ? undefined : await platform.readEventList(value, text, log.path)
  if (records || !mayEmbedDocuments(sample)) return { text, records, bytes }
  const content = await peek(bytes, MOST_WHOLE)
  if (!content.isWhole) return { text, records, bytes: content.bytes }
  const whole = platform.decode(content.beginning, 0, content.beginning.length)
  const options = { file: log.path, ...(year === undefined ? {} : { year }) }
  return { text: whole, records: await recordsWithDocuments(whole, options, platform), bytes: content.bytes }
}

/** What is found in a log, whole where it is small. */
async function* segmentsOf(
  { inPlace, bytes }: Log,
  sample: string,
  { search }: ReadingPlatform,
  progress: ReadBytes,
): AsyncGenerator<FoundSegment> {
  if (inPlace) {
    progress.read = 0
    for await (const found of inPlace.searchInPlace(fileKind(sample, inPlace.size))) {
      progress.read += SEGMENT
      yield found
    }
    return
  }
  const content = await peek(bytes, MOST_WHOLE + 1)
  const kind = fileKind(sample, content.isWhole ? content.beginning.length : undefined)
  yield* searchStream(search, content.bytes, kind)
}

function failedFile(path: string, failure: unknown): ExplainedFile {
  if (!(failure instanceof KubepatrolError)) throw failure
  return { path, nodeDisk: 'not-stated', lines: 0, error: failure.detail }
}
