import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { Controller, NotTaken } from '../../../core/observe/agents/agent-round.ts'
import { readTold, writeAgentRound } from '../../../core/observe/agents/agent-round-file.ts'
import type { Clock } from '../../../core/observe/clock.ts'
import type { GapReason } from '../../../core/observe/gap.ts'
import type { Duration } from '../../../core/units/duration.ts'
import { postRound, PostFailure, type Post } from './post-round.ts'

/** Where the controller is, and how agent and controller know each other. */
export interface ControllerEndpoint {
  /** `https://host:port` */
  url: URL
  /** Authorities of its certificate; PEM. Absent for those of the system. */
  authorities(): Promise<string | undefined>
  /** The token of the agent's ServiceAccount: read each time, since it is replaced while it is in use. */
  token(): Promise<string>
}

/** How patiently a round is handed over. */
export interface Patience {
  clock: Clock
  random: () => number
  /** For one try. */
  timeMs?: Duration
  /** Gives up what is under way. */
  signal?: AbortSignal
}

const TRIES = 3
const FIRST_WAIT: Duration = 500

/** Hands rounds over to a controller by HTTPS, packed; a few times where that may help. */
export function controllerClient(
  endpoint: ControllerEndpoint,
  { clock, random, timeMs = 5000, signal }: Patience,
): Controller {
  return {
    async hand(round) {
      const body = await promisify(gzip)(writeAgentRound(round))
      for (let tries = 1; ; tries++) {
        const answer = await tryOnce(endpoint, { node: round.node.name, body, timeMs, signal })
        if (typeof answer === 'string') return readTold(answer)
        if (tries >= TRIES || !answer.mayHelpSoon || signal?.aborted) return notTaken(answer, round.node.name)
        const wait = FIRST_WAIT * 2 ** (tries - 1) * (0.5 + random())
        await pause(clock, wait, signal)
      }
    },
  }
}

async function tryOnce(
  { url, authorities, token }: ControllerEndpoint,
  { node, ...sending }: { node: string } & Pick<Post, 'body' | 'timeMs' | 'signal'>,
): Promise<PostFailure | string> {
  try {
    const shown = await token().catch(unreadable)
    const path = `/api/v1/nodes/${encodeURIComponent(node)}/rounds`
    return await postRound({
      url: new URL(path, url),
      authorities: await authorities().catch(unreadable),
      token: shown,
      ...sending,
    })
  } catch (failure) {
    if (failure instanceof PostFailure) return failure
    throw failure
  }
}

function unreadable(cause: unknown): never {
  throw new PostFailure('not-there', (cause as Error).message)
}

function pause(clock: Clock, wait: Duration, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const callOff = clock.after(wait, resolve)
    signal?.addEventListener('abort', () => (callOff(), resolve()), { once: true })
  })
}

/** What is not understood, or too large, is so the next time, too. */
const FINAL: ReadonlySet<GapReason> = new Set<GapReason>(['too-large', 'garbled'])

function notTaken({ why, message: detail }: PostFailure, node: string): NotTaken {
  return { gap: { part: 'controller', node, why, detail }, mayBeTakenLater: !FINAL.has(why) }
}
