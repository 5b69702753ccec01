import { execFile } from 'node:child_process'
import { appendFile, copyFile, mkdtemp, readFile, rename, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { gzipSync } from 'node:zlib'
import { describe } from 'vitest'
import { kubeletLogFile } from '../../src/adapters/observe/kubelet-log/kubelet-log-file.ts'
import { shiftRotated } from './shift-rotated.ts'
import { kubeletLogContract, type WrittenLog } from './kubelet-log.ts'
import { journalOfItsOwn, whyNoJournal } from './own-journal.ts'

const run = promisify(execFile)

/** A log in a file, with a way to rotate it. */
async function inFile(rotate: (file: string) => Promise<void>): Promise<WrittenLog> {
  const folder = await mkdtemp(path.join(tmpdir(), 'kubelet-log-'))
  const file = path.join(folder, 'kubelet.log')
  return {
    source: () => kubeletLogFile(Buffer.from(file)),
    write: (lines) => appendFile(file, lines.map((line) => `${line}\n`).join('')),
    async rotate() {
      await shiftRotated(file)
      await rotate(file)
    },
    messageOf: (text) => text,
    remove: () => rm(folder, { recursive: true }),
  }
}

async function pack(file: string): Promise<void> {
  await run('gzip', [file])
}

async function copyAndEmpty(file: string): Promise<void> {
  await copyFile(file, `${file}.1`)
  await truncate(file)
}

describe('a log in memory', () =>
  kubeletLogContract(async () => {
    let waiting: string[] = []
    return {
      source: () => ({
        async read() {
          const lines = waiting.map((text) => ({ text, position: { file: 'memory', line: 0 } }))
          waiting = []
          return { lines }
        },
        async close() {},
      }),
      write: async (lines) => void waiting.push(...lines),
      async rotate() {},
      messageOf: (text) => text,
      async remove() {},
    }
  }))

describe('a file that is renamed, and made anew by its writer', () =>
  kubeletLogContract(() => inFile((file) => rename(file, `${file}.1`))))

describe('a file that is renamed and packed at once', () =>
  kubeletLogContract(() =>
    inFile(async (file) => {
      await rename(file, `${file}.1`)
      await pack(`${file}.1`)
      await writeFile(file, '')
    }),
  ))

describe('a file that is copied and emptied', () => kubeletLogContract(() => inFile(copyAndEmpty)))

describe('a file that is copied, emptied and packed', () =>
  kubeletLogContract(() =>
    inFile(async (file) => {
      await writeFile(`${file}.1.gz`, gzipSync(await readFile(file)))
      await truncate(file)
    }),
  ))

const reason = whyNoJournal()
describe.skipIf(reason !== undefined)(`a journal${reason === undefined ? '' : ` (skipped: ${reason})`}`, () =>
  kubeletLogContract(journalOfItsOwn),
)
