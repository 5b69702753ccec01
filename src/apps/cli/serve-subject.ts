import { clusterSource } from '../../adapters/observe/cluster/cluster-source.ts'
import { watchedObjects } from '../../adapters/observe/cluster/cluster-objects.ts'
import { recordingSource } from '../../adapters/observe/recording/recording-source.ts'
import { readRecording } from '../../adapters/observe/recording/recording.ts'
import { message } from '../../core/messages/message.ts'
import { formatInstant } from '../../core/units/instant.ts'
import { garbageCollector } from '../collect-garbage.ts'
import { liveClock } from '../live-clock.ts'
import { openCluster } from '../open-cluster.ts'
import { labSubject } from './lab-subject.ts'
import { replayClock } from '../replay-clock.ts'
import type { ServeSubject } from './subject.ts'
import type { ServeFlags } from './serve-flags.ts'

/** So many times faster than life a recording is played where no speed is asked for. */
const REPLAY_SPEED = 8

/** What the options name. @throws {KubepatrolError} when it cannot be read or reached */
export async function serveSubject(flags: ServeFlags): Promise<ServeSubject> {
  if (flags.replay !== undefined) return replaySubject(flags.replay, flags.speed ?? REPLAY_SPEED)
  return flags.scenario === undefined ? liveSubject(flags) : labSubject(flags.scenario, flags)
}

async function replaySubject(directory: string, speed: number): Promise<ServeSubject> {
  const recording = await readRecording(directory)
  const { name, startsAt, endsAt } = recording
  return {
    source: recordingSource(recording),
    clock: (signal) => replayClock({ startsAt, endsAt, speed, signal }),
    shown: (patrol) => ({
      subject: { mode: 'replay', subject: name },
      replay: () => ({
        startsAt: formatInstant(startsAt),
        endsAt: formatInstant(endsAt),
        speed,
        finished: patrol.observedAt() === endsAt,
      }),
    }),
    intro: message('serve.replaying', {
      name,
      speed,
      seconds: Math.round((endsAt - startsAt) / 1000 / speed),
    }),
    close: async () => undefined,
  }
}

async function liveSubject(flags: ServeFlags): Promise<ServeSubject> {
  const { api, subject } = await openCluster(flags)
  const objects = watchedObjects(api)
  return {
    source: clusterSource(api, objects),
    clock: (signal) => liveClock({ everyMs: flags.interval, signal, onIdle: garbageCollector() }),
    shown: () => ({ subject: { mode: 'cluster', subject } }),
    intro: message('serve.patrolling', { subject, seconds: Math.round(flags.interval / 1000) }),
    async close() {
      objects.stop()
      await api.close()
    },
  }
}
