import { Dating } from './dating.ts'
import type { PlacedRecord } from './log-record.ts'
import { RecordReader, type UndatedRecord } from './record-reader.ts'

/** What is known of a file before its first line. */
export interface FrameOptions {
  /** The file as it is named in evidence. */
  file: string
  /** The year of its first line, where lines do not say. */
  year?: number
  /** The node it is from, where lines do not say. */
  node?: string
}

/** Makes records of the lines of one file. Records may come later than their lines, never in another order. */
export interface Framer {
  /** `number` is the line's, from 1; without one it is the next. Between lines whose numbers leave a gap nothing goes on. */
  push(line: string, number?: number): PlacedRecord[]
  /** The records held back at the end of the file. */
  end(): PlacedRecord[]
}

/** Starts to frame a file. */
export function createFramer({ file, year, node }: FrameOptions): Framer {
  const records = new RecordReader(node)
  const dating = new Dating<UndatedRecord>(year)
  const placed = (undated: readonly UndatedRecord[]) =>
    undated
      .flatMap((one) => dating.take(one))
      .map(({ one: { record, line }, time }): PlacedRecord => ({ ...record, time, source: { file, line } }))
  return {
    push: (line, number) => placed(records.push(line, number)),
    end: () => [
      ...placed(records.end()),
      ...dating.end().map(({ one: { record, line }, time }) => ({ ...record, time, source: { file, line } })),
    ],
  }
}
