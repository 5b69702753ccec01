import { readFile, rename, writeFile } from 'node:fs/promises'
import { z } from 'zod'
import { failureReason } from '../../../core/errors/failure-reason.ts'
import { coded } from '../../../core/errors/kubepatrol-error.ts'
import { SEVERITIES } from '../../../core/incident/severity.ts'
import type { ReportDigest } from '../../../core/report/trend.ts'

const Digest = z.object({
  kind: z.literal('ReportDigest'),
  subject: z.string(),
  madeAt: z.number(),
  available: z.record(z.string(), z.number()),
  open: z.array(z.string()),
  findings: z.record(z.string(), z.enum(SEVERITIES)),
})

/**
 * What was kept of the last report in a file; undefined when there is none yet.
 * @throws {KubepatrolError} KP_REPORT_FILE when it cannot be read, or is something else.
 */
export async function readReportDigest(path: string): Promise<ReportDigest | undefined> {
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (failure) {
    const { code } = failure as NodeJS.ErrnoException
    if (code === 'ENOENT') return undefined
    throw coded('KP_REPORT_FILE', { path, reason: failureReason(failure) }, failure)
  }
  const parsed = Digest.safeParse(parse(text))
  if (!parsed.success) throw coded('KP_REPORT_FILE', { path, reason: 'it was not written by a report' })
  return parsed.data
}

/**
 * Keeps what the next report is compared with: all of it or, when this process is killed, what was there before.
 * @throws {KubepatrolError} KP_REPORT_FILE when it cannot be written.
 */
export async function writeReportDigest(path: string, digest: ReportDigest): Promise<void> {
  const draft = `${path}.${process.pid}.tmp`
  try {
    await writeFile(draft, `${JSON.stringify({ kind: 'ReportDigest', ...digest })}\n`, { mode: 0o600 })
    await rename(draft, path)
  } catch (failure) {
    throw coded('KP_REPORT_FILE', { path, reason: failureReason(failure) }, failure)
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
