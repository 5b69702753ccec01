import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { Hono, type MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { ApiErrorCode } from '../../core/errors/codes.ts'
import type { AgentIdentities } from '../../core/observe/agents/agent-identity.ts'
import { isNotTaken, type Controller } from '../../core/observe/agents/agent-round.ts'
import { MOST_ROUND_BYTES, readAgentRound } from '../../core/observe/agents/agent-round-file.ts'
import { refuse } from '../api-error.ts'
import { PATHS } from '../paths.ts'

/** To whom agents hand over their rounds, and who knows them. */
export interface RoundParts {
  controller: Controller
  identities: AgentIdentities
}

const MOST_TOKEN_LENGTH = 16 * 1024
/** Rounds that are read and unpacked at once. */
const MOST_AT_ONCE = 16

const REFUSALS = {
  'unknown-token': 'KP_TOKEN_UNKNOWN',
  'not-the-agent': 'KP_NOT_THE_AGENT',
  'not-reviewed': 'KP_TOKEN_NOT_REVIEWED',
} as const satisfies Record<string, ApiErrorCode>

/** Takes the rounds of agents: who it is comes first, and only then what it says. */
export function roundRoutes({ controller, identities }: RoundParts): Hono {
  const routes = new Hono()
  const isWithinLimit = bodyLimit({
    maxSize: MOST_ROUND_BYTES.packed,
    onError: (context) => refuse(context, 'KP_TOO_LARGE'),
  })
  const path = PATHS.rounds.replace('{name}', ':name')
  routes.post(path, itsOwnNode(identities), fewAtOnce(), isWithinLimit, async (context) => {
    const body = Buffer.from(await context.req.arrayBuffer())
    const text = context.req.header('Content-Encoding') === 'gzip' ? await unpacked(body) : body.toString()
    if (text === 'too large') return refuse(context, 'KP_TOO_LARGE')
    const round = text === undefined ? undefined : readAgentRound(text, context.req.param('name') ?? '')
    if (round === undefined) return refuse(context, 'KP_BAD_REQUEST')
    const answer = await controller.hand(round)
    if (isNotTaken(answer)) return refuse(context, 'KP_BUSY')
    // An agent that asks for no answer is an older one, which takes none but this.
    const isAskedFor = context.req.header('Accept') === 'application/json'
    return answer && isAskedFor ? context.json(answer) : context.body(null, 204)
  })
  return routes
}

/** Lets nobody through but the agent on the node that the path names. */
function itsOwnNode(identities: AgentIdentities): MiddlewareHandler {
  return async (context, next) => {
    const token = /^Bearer ([\w.~+/-]+=*)$/i.exec(context.req.header('Authorization') ?? '')?.[1]
    if (token === undefined || token.length > MOST_TOKEN_LENGTH) return refuse(context, 'KP_TOKEN_UNKNOWN')
    const identity = await identities.ofToken(token)
    if ('refused' in identity) return refuse(context, REFUSALS[identity.refused])
    if (identity.node !== context.req.param('name')) return refuse(context, 'KP_NOT_ITS_NODE')
    await next()
    return undefined
  }
}

function fewAtOnce(): MiddlewareHandler {
  let taking = 0
  return async (context, next) => {
    if (taking >= MOST_AT_ONCE) return refuse(context, 'KP_BUSY')
    taking++
    await next().finally(() => taking--)
    return undefined
  }
}

async function unpacked(body: Buffer): Promise<string | undefined> {
  try {
    return (await promisify(gunzip)(body, { maxOutputLength: MOST_ROUND_BYTES.unpacked })).toString()
  } catch (failure) {
    return (failure as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE' ? 'too large' : undefined
  }
}
