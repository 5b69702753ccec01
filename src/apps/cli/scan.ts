import type { CommandContext } from '@stricli/core'
import { stringify } from 'yaml'
import { listedObjects } from '../../adapters/observe/cluster/cluster-objects.ts'
import { clusterSource } from '../../adapters/observe/cluster/cluster-source.ts'
import { readObservationFile } from '../../adapters/observe/observation-file/read-observation-file.ts'
import { isAtLeast } from '../../core/incident/severity.ts'
import { message } from '../../core/messages/message.ts'
import { reportDocument } from '../../core/report/present/report-json.ts'
import { reportText } from '../../core/report/present/report-text.ts'
import type { PatrolReport } from '../../core/report/patrol-report.ts'
import { liveClock } from '../live-clock.ts'
import { openCluster } from '../open-cluster.ts'
import { patrolOnce, type PatrolledOnce } from '../patrol-once.ts'
import { languageFor } from './options.ts'
import { linePrinter } from './progress.ts'
import type { ScanFlags } from './scan-flags.ts'
import { terminalStyle } from './terminal-style.ts'

const EVERY_MS = 10_000

/** `kubepatrol scan`: exit status 0, 1 with findings at or above --fail-on, 3 when something could not be read. */
export async function scan(this: CommandContext, flags: ScanFlags): Promise<void> {
  const language = languageFor(flags.lang)
  const { report } = flags.from === undefined ? await scanCluster(flags) : await scanFile(flags.from)
  if (flags.output === 'table') {
    const columns = Math.min(process.stdout.columns ?? 80, 120)
    process.stdout.write(reportText(report, language, terminalStyle(process.stdout), columns))
  } else {
    const document = reportDocument(report, language)
    process.stdout.write(
      flags.output === 'json' ? `${JSON.stringify(document, null, 2)}\n` : stringify(document),
    )
  }
  process.exitCode = exitStatus(report, flags.failOn)
}

/** What could not be read outweighs what was found: 3 beats 1. */
function exitStatus({ gaps, findings, incidents }: PatrolReport, failOn: ScanFlags['failOn']): number {
  if (gaps.length > 0) return 3
  if (failOn === 'off') return 0
  return [...findings, ...incidents].some(({ severity }) => isAtLeast(severity, failOn)) ? 1 : 0
}

async function scanCluster(flags: ScanFlags): Promise<PatrolledOnce> {
  const language = languageFor(flags.lang)
  const { api, subject, version } = await openCluster(flags)
  const progress = linePrinter(process.stderr, language)
  try {
    const source = clusterSource(api, listedObjects(api), (answered, nodes) =>
      progress.tell(message('scan.asking', { answered, nodes })),
    )
    const clock = liveClock({ everyMs: EVERY_MS, forMs: flags.for ?? 0 })
    return await patrolOnce(source, clock, { subject, serverVersion: version })
  } finally {
    progress.end()
    await api.close()
  }
}

async function scanFile(path: string): Promise<PatrolledOnce> {
  const { subject, observation } = await readObservationFile(path)
  const source = { observe: async () => observation }
  return patrolOnce(source, once(observation.observedAt), { subject, serverVersion: null })
}

async function* once(at: number) {
  yield at
}
