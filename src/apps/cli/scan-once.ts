import { listedObjects, watchedObjects } from '../../adapters/observe/cluster/cluster-objects.ts'
import { clusterSource } from '../../adapters/observe/cluster/cluster-source.ts'
import { readObservationFile } from '../../adapters/observe/observation-file/read-observation-file.ts'
import type { Language } from '../../core/messages/language.ts'
import { message } from '../../core/messages/message.ts'
import { garbageCollector } from '../collect-garbage.ts'
import { liveClock } from '../live-clock.ts'
import { openCluster } from '../open-cluster.ts'
import { patrolOnce, type PatrolledOnce } from '../patrol-once.ts'
import { linePrinter } from './progress.ts'
import type { ScanChoice } from './scan-choice-flags.ts'

const EVERY_MS = 10_000

/** Patrols once. @throws {KubepatrolError} when the cluster or the file cannot be read at all */
export async function scanOnce(choice: ScanChoice, language: Language): Promise<PatrolledOnce> {
  return choice.from === undefined ? scanCluster(choice, language) : scanFile(choice.from)
}

async function scanCluster(choice: ScanChoice, language: Language): Promise<PatrolledOnce> {
  const { api, subject, version } = await openCluster(choice)
  // Who looks again and again asks for changes only.
  const objects = choice.for === undefined ? listedObjects(api) : watchedObjects(api)
  const progress = linePrinter(process.stderr, language)
  try {
    const source = clusterSource(api, objects, (answered, nodes) =>
      progress.tell(message('scan.asking', { answered, nodes })),
    )
    const clock = liveClock({ everyMs: EVERY_MS, forMs: choice.for ?? 0, onIdle: garbageCollector() })
    return await patrolOnce(source, clock, { subject, serverVersion: version })
  } finally {
    progress.end()
    objects.stop()
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
