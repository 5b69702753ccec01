import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aReport } from '../../../core/report/report.contract.ts'
import { digestOf } from '../../../core/report/trend.ts'
import { readReportDigest, writeReportDigest } from './report-digest-file.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'kubepatrol-report-'))
})
afterAll(() => rm(folder, { recursive: true }))

describe('the file of the last report', () => {
  it('is none at first, and gives back what was kept, leaving nothing else behind', async () => {
    const file = path.join(folder, 'last.json')
    expect(await readReportDigest(file)).toBeUndefined()
    const digest = digestOf(aReport())
    await writeReportDigest(file, digest)
    expect(await readReportDigest(file)).toMatchObject(digest)
    expect(await readdir(folder)).toEqual(['last.json'])
  })

  it.each([['{"kind":"Pod"}'], ['not JSON'], ['{"kind":"ReportDigest"}']])(
    'that is something else is refused: %s',
    async (text) => {
      const file = path.join(folder, 'other.json')
      await writeFile(file, text)
      await expect(readReportDigest(file)).rejects.toThrow('KP_REPORT_FILE')
    },
  )

  it('that cannot be written says so', async () => {
    await expect(
      writeReportDigest(path.join(folder, 'no/such/last.json'), digestOf(aReport())),
    ).rejects.toThrow('KP_REPORT_FILE')
  })
})
