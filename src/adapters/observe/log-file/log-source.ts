import type { LogSource, ReadingPlatform } from '../../../core/explain/input/log-source.ts'
import { decodeUtf8 } from './decode-utf8.ts'
import { openLog } from './open-log.ts'
import type { SearchPool } from './search-pool.ts'
import { nodeUnpackers } from './unpackers.ts'

/** A file as a source of logs, or standard input for `-`. A plain file is searched in place. */
export function logSource(path: string, pool: SearchPool): LogSource {
  return {
    path,
    async open() {
      const { file, ...log } = await openLog(path)
      return file ? { ...log, size: file.size, searchInPlace: (kind) => pool.searchFile(file, kind) } : log
    },
  }
}

/** Reads logs as Node.js does. */
export function nodeReading({ search }: SearchPool): ReadingPlatform {
  return {
    search,
    decode: decodeUtf8,
    unpackers: nodeUnpackers,
    // Hardly any log is a document: what reads one is loaded for it.
    parseYaml: async (text, options) => (await import('./parse-yaml.ts')).parseYaml(text, options),
    readEventList: async (value, text, file) =>
      (await import('../../../core/explain/frame/event-list.ts')).eventListRecords(value, text, file),
  }
}
