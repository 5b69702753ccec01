import { openSqliteStore } from '../adapters/keep/sqlite/sqlite-incident-store.ts'
import type { PatrolStore } from '../core/keep/incident-store.ts'
import type { Language } from '../core/messages/language.ts'
import { openChannels, tellingLimits } from './configuration/open-channels.ts'
import { readConfiguration } from './configuration/read-configuration.ts'
import { wallClock } from './delivery-clock.ts'
import { startTelling, type Telling } from './tell-loop.ts'

/** What a command is told about keeping and telling. */
export interface KeepAndTell {
  /** `--config FILE`; nobody is told without it. */
  config?: string | undefined
  /** `--store FILE`; kept only as long as the process lives without it. */
  store?: string | undefined
  language: Language
  /** Told each time a channel or the store fails. */
  complain: (failure: unknown) => void
}

/** A store, and who is told by the configuration; `telling` is absent when it names nobody. */
export interface KeptAndTold {
  store: PatrolStore
  telling?: Telling
  onStoreFailure: (failure: unknown) => void
  /** Ends telling, then keeping. */
  close(): Promise<void>
}

/**
 * Opens the store and starts telling. A store that cannot be used is complained of, and the patrol goes on
 * without one: an unusable disk is no reason not to watch disks.
 * @throws {KubepatrolError} KP_CONFIG_… when the configuration is wrong
 */
export async function keepAndTell({
  config,
  store: file,
  language,
  complain,
}: KeepAndTell): Promise<KeptAndTold> {
  const configuration = config === undefined ? null : await readConfiguration(config)
  const channels =
    configuration === null
      ? []
      : await openChannels(configuration, {
          path: config ?? '',
          language,
          env: process.env,
          now: wallClock.now,
        })
  const onStoreFailure = atMostOnceAMinute(complain)
  const store = await openSqliteStore(file ?? ':memory:').catch((failure: unknown) => {
    onStoreFailure(failure)
    return openSqliteStore(':memory:')
  })
  if (configuration === null || channels.length === 0)
    return { store, onStoreFailure, close: () => store.close() }
  const telling = startTelling({
    channels,
    limits: tellingLimits(configuration),
    store,
    clock: wallClock,
    chance: Math.random,
    onChannelFailure: (_, failure) => complain(failure),
    onStoreFailure,
  })
  return {
    store,
    telling,
    onStoreFailure,
    async close() {
      await telling.stop()
      await store.close()
    },
  }
}

/** A store that fails does so every second. */
function atMostOnceAMinute(complain: (failure: unknown) => void): (failure: unknown) => void {
  const saidAt = new Map<string, number>()
  return (failure) => {
    const text = String((failure as { code?: unknown }).code ?? failure)
    const now = performance.now()
    if (now - (saidAt.get(text) ?? Number.NEGATIVE_INFINITY) < 60_000) return
    saidAt.set(text, now)
    complain(failure)
  }
}
