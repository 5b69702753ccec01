import { randomBytes } from 'node:crypto'
import { request } from 'node:https'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { controllerClient } from '../../src/adapters/observe/controller/controller-client.ts'
import { agentIdentities } from '../../src/adapters/observe/kubernetes-api/agent-identities.ts'
import { connectToCluster } from '../../src/adapters/observe/kubernetes-api/kubernetes-api.ts'
import { systemClock } from '../../src/adapters/observe/kubernetes-api/system-clock.ts'
import { makeAuthority } from '../../src/apps/lab/api/certificates.ts'
import { MOST_ROUND_BYTES, writeAgentRound } from '../../src/core/observe/agents/agent-round-file.ts'
import { handedRounds } from '../../src/core/observe/agents/handed-rounds.ts'
import { createAgentServer, type AgentServer } from '../../src/http/agent-server.ts'
import { answerTokenReviews, type AskedReview } from '../fake-api-server/answer-token-reviews.ts'
import { anAgentRound } from '../contracts/an-agent-round.ts'
import { startFakeApiServer, type FakeApiServer } from '../fake-api-server/fake-api-server.ts'
import { fakeConnection } from '../fake-api-server/small-cluster.ts'

const authority = makeAuthority()
const rounds = handedRounds(() => 0)
let api: FakeApiServer
let closeApi = async () => {}
let server: AgentServer
let port = 0
/** What the API server says of tokens; a token it does not know is nobody's. */
let known: Record<string, object>
let reviewed: AskedReview[]

beforeAll(async () => {
  api = await startFakeApiServer()
  api.intercept = answerTokenReviews(
    (token) => known[token],
    (review) => reviewed.push(review),
  )
  const cluster = await connectToCluster(fakeConnection(api), { clock: systemClock, random: () => 0 })
  closeApi = () => cluster.api.close()
  const agent = { namespace: 'kubepatrol', name: 'kubepatrol-agent' }
  server = createAgentServer({
    ...authority.issue({ commonName: 'controller', hosts: ['127.0.0.1'] }),
    controller: rounds,
    // A clock that runs: nothing is remembered from test to test.
    identities: agentIdentities(
      cluster.reviews,
      agent,
      (() => {
        let now = 0
        return () => (now += 1e6)
      })(),
    ),
  })
  port = await server.listen(0, '127.0.0.1')
})
afterAll(async () => {
  await server.close()
  await closeApi()
  await api.close()
})
beforeEach(() => {
  reviewed = []
  known = {
    agent: {
      username: 'system:serviceaccount:kubepatrol:kubepatrol-agent',
      extra: { 'authentication.kubernetes.io/node-name': ['n1'] },
    },
    other: { username: 'system:serviceaccount:kubepatrol:default', extra: {} },
  }
})

interface Sent {
  path?: string
  token?: string
  headers?: Record<string, string | number>
  body?: string | Buffer
}

/** @returns status and code of the answer */
function send({ path = '/api/v1/nodes/n1/rounds', token = 'agent', headers = {}, body = '' }: Sent) {
  return new Promise<[number, string | undefined]>((resolve, reject) => {
    const authorization = token === '' ? {} : { authorization: `Bearer ${token}` }
    const options = { host: '127.0.0.1', port, path, method: 'POST', ca: authority.certificate, agent: false }
    const asked = request({ ...options, headers: { ...authorization, ...headers } }, (answer) => {
      let text = ''
      answer.on('data', (piece: Buffer) => (text += piece.toString()))
      answer.on('end', () =>
        resolve([
          answer.statusCode ?? 0,
          text === '' ? undefined : (JSON.parse(text) as { code: string }).code,
        ]),
      )
    })
    asked.on('error', reject)
    asked.end(body)
  })
}

const gzip = { 'content-encoding': 'gzip' }
const text = writeAgentRound(anAgentRound(1))

describe('the address for agents', () => {
  it('takes a round of the agent of this node', async () => {
    expect(await send({ body: text })).toEqual([204, undefined])
    expect(await send({ body: gzipSync(text), headers: gzip })).toEqual([204, undefined])
    expect(rounds.collect().get('n1')?.node.nodefs).toHaveLength(1)
    expect(reviewed[0]).toMatchObject({ spec: { token: 'agent', audiences: ['kubepatrol-controller'] } })
  })

  it.each<[string, Sent, [number, string]]>([
    ['without a token', { token: '' }, [401, 'KP_TOKEN_UNKNOWN']],
    ['with a token of nobody', { token: 'x.y.z' }, [401, 'KP_TOKEN_UNKNOWN']],
    ['with what is no token', { token: 'a b' }, [401, 'KP_TOKEN_UNKNOWN']],
    ['of another account', { token: 'other' }, [403, 'KP_NOT_THE_AGENT']],
    ['for another node', { path: '/api/v1/nodes/n2/rounds' }, [403, 'KP_NOT_ITS_NODE']],
    ['that names another node', { body: text.replaceAll('n1', 'n2') }, [400, 'KP_BAD_REQUEST']],
    ['that is none', { body: '{}' }, [400, 'KP_BAD_REQUEST']],
    ['that is not packed as it says', { body: 'x', headers: gzip }, [400, 'KP_BAD_REQUEST']],
    ['that is too large', { body: Buffer.alloc(MOST_ROUND_BYTES.packed + 1) }, [413, 'KP_TOO_LARGE']],
    ['that says it is too large', { headers: { 'content-length': 1e12 } }, [413, 'KP_TOO_LARGE']],
    [
      'that is too large unpacked',
      { body: gzipSync(Buffer.alloc(MOST_ROUND_BYTES.unpacked + 1)), headers: gzip },
      [413, 'KP_TOO_LARGE'],
    ],
    ['of nothing that is served', { path: '/api/v1/nodes' }, [404, 'KP_NO_SUCH_THING']],
  ])('takes no round %s', async (_, sent, answer) => {
    expect(await send(sent)).toEqual(answer)
  })

  it('takes no round while the API server does not answer', async () => {
    const { intercept } = api
    api.intercept = (_, answer) => {
      answer.writeHead(500).end()
      return true
    }
    expect(await send({ body: text })).toEqual([503, 'KP_TOKEN_NOT_REVIEWED'])
    api.intercept = intercept
  })
})

describe('an agent', () => {
  const client = (change: object = {}) => {
    const endpoint = {
      url: new URL(`https://127.0.0.1:${port}`),
      authorities: async () => authority.certificate,
      token: async () => 'agent',
      ...change,
    }
    const clock = { now: () => 0, after: (_: number, call: () => void) => (queueMicrotask(call), () => {}) }
    return controllerClient(endpoint, { clock, random: () => 0, timeMs: 2000 })
  }

  it.each<[string, object, object]>([
    [
      'its token is refused',
      { token: async () => 'x' },
      { why: 'forbidden', detail: expect.stringContaining('KP_TOKEN_UNKNOWN') },
    ],
    ['its token is none', { token: async () => 'a\nb' }, { why: 'unreachable' }],
    [
      'it has no token',
      { token: () => Promise.reject(new Error('ENOENT')) },
      { why: 'not-there', detail: 'ENOENT' },
    ],
    [
      'the certificate is of somebody else',
      { authorities: async () => makeAuthority().certificate },
      { why: 'unreachable' },
    ],
    ['nobody is there', { url: new URL('https://127.0.0.1:1') }, { why: 'unreachable' }],
  ])('is told why when %s', async (_, change, gap) => {
    expect(await client(change).hand(anAgentRound(1))).toMatchObject({
      gap: { part: 'controller', node: 'n1', ...gap },
      mayBeTakenLater: true,
    })
  })

  it('hands over nothing for another node', async () => {
    const notTaken = await client().hand(anAgentRound(1, { node: { name: 'n2' } }))
    expect(notTaken).toMatchObject({
      gap: { why: 'forbidden', detail: expect.stringContaining('KP_NOT_ITS_NODE') },
    })
  })

  it('tries again where the API server is asked in vain', async () => {
    let refused = 0
    const { intercept } = api
    api.intercept = (asked, answer) => {
      if (refused++ >= 2) return intercept?.(asked, answer) ?? false
      answer.writeHead(500).end()
      return true
    }
    expect(await client().hand(anAgentRound(100))).toBeUndefined()
    expect(refused).toBeGreaterThan(2)
    api.intercept = intercept
  })

  it('does not hand over what is too large', async () => {
    const raw = randomBytes(MOST_ROUND_BYTES.packed * 2).toString('base64')
    const notTaken = await client().hand(anAgentRound(1, { node: { sandboxImage: raw } }))
    expect(notTaken).toMatchObject({ gap: { why: 'too-large' }, mayBeTakenLater: false })
  })
})
