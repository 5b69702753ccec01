import { clusterSource } from '../../adapters/observe/cluster/cluster-source.ts'
import { watchedObjects } from '../../adapters/observe/cluster/cluster-objects.ts'
import { recordingSource } from '../../adapters/observe/recording/recording-source.ts'
import { readRecording } from '../../adapters/observe/recording/recording.ts'
import { coded } from '../../core/errors/kubepatrol-error.ts'
import { message, say } from '../../core/messages/message.ts'
import { formatInstant } from '../../core/units/instant.ts'
import { garbageCollector } from '../collect-garbage.ts'
import { liveClock } from '../live-clock.ts'
import { openCluster } from '../open-cluster.ts'
import { replayClock } from '../replay-clock.ts'
import { takeRounds, type RoundsChoice } from '../take-rounds.ts'
import { labSubject } from './lab-subject.ts'
import { languageFor } from './options.ts'
import type { ServeSubject } from './subject.ts'
import type { ServeFlags } from './serve-flags.ts'

/** So many times faster than life a recording is played where no speed is asked for. */
const REPLAY_SPEED = 8

type OnFailure = (failure: unknown) => void

/** What the options name. @throws {KubepatrolError} when it cannot be read or reached */
export async function serveSubject(flags: ServeFlags, complain: OnFailure): Promise<ServeSubject> {
  if (flags.replay !== undefined) return replaySubject(flags.replay, flags.speed ?? REPLAY_SPEED)
  return flags.scenario === undefined ? liveSubject(flags, complain) : labSubject(flags.scenario, flags)
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
    intro: [
      message('serve.replaying', {
        name,
        speed,
        seconds: Math.round((endsAt - startsAt) / 1000 / speed),
      }),
    ],
    close: async () => undefined,
  }
}

async function liveSubject(flags: ServeFlags, complain: OnFailure): Promise<ServeSubject> {
  const choice = roundsChoice(flags)
  const { api, reviews, subject } = await openCluster(flags)
  const agents =
    choice &&
    (await takeRounds(choice, reviews, complain).catch(async (failure: unknown) => {
      await api.close()
      throw failure
    }))
  const objects = watchedObjects(api)
  const cluster = clusterSource(api, objects)
  const seconds = Math.round(flags.interval / 1000)
  return {
    source: agents ? agents.merged(cluster) : cluster,
    clock: (signal) => liveClock({ everyMs: flags.interval, signal, onIdle: garbageCollector() }),
    shown: () => ({ subject: { mode: 'cluster', subject } }),
    intro: [
      message('serve.patrolling', { subject, seconds }),
      ...(agents ? [message('serve.agents', { port: agents.port, ...flags.agentAccount })] : []),
    ],
    async close() {
      await agents?.close()
      objects.stop()
      await api.close()
    },
  }
}

/** @throws {KubepatrolError} KP_USAGE */
function roundsChoice(flags: ServeFlags): RoundsChoice | undefined {
  const { agentPort: port, agentCertificate: certificate, agentKey: key, agentAccount: account } = flags
  if (port === undefined) return undefined
  if (certificate !== undefined && key !== undefined) return { port, certificate, key, account }
  throw coded('KP_USAGE', {
    problem: say(message('cli.agents-need-a-certificate'), languageFor(flags.lang)),
  })
}
