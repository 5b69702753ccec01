import { beforeEach, expect, it } from 'vitest'
import type { AgentIdentities, TokenReviews } from '../../../core/observe/agents/agent-identity.ts'
import { agentIdentities } from './agent-identities.ts'

const AGENT = { namespace: 'kubepatrol', name: 'agent' }

let now: number
let asked: string[]
let isKnown: boolean
let isReachable: boolean
let identities: AgentIdentities

beforeEach(() => {
  now = 0
  asked = []
  isKnown = true
  isReachable = true
  const reviews: TokenReviews = {
    review: async (token) => {
      asked.push(token)
      await Promise.resolve()
      if (!isReachable) return { gap: { part: 'tokenreviews', why: 'unreachable', detail: '' } }
      const user = {
        username: 'system:serviceaccount:kubepatrol:agent',
        extra: { 'authentication.kubernetes.io/node-name': ['n1'] },
      }
      return { value: { status: { authenticated: isKnown, audiences: ['kubepatrol-controller'], user } } }
    },
    pod: () => Promise.reject(new Error('nobody asks')),
  }
  identities = agentIdentities(reviews, AGENT, () => now)
})

const token = (claims: object) => `e.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.s`

it('asks once a minute, however often a token is shown, and at once', async () => {
  expect(await Promise.all([identities.ofToken('t'), identities.ofToken('t')])).toEqual([
    { node: 'n1' },
    { node: 'n1' },
  ])
  now = 59_999
  await identities.ofToken('t')
  expect(asked).toEqual(['t'])
  now = 60_000
  isKnown = false
  expect(await identities.ofToken('t')).toEqual({ refused: 'unknown-token' })
})

it('knows a token no longer than it lasts', async () => {
  const short = token({ exp: 30 })
  expect(await identities.ofToken(short)).toEqual({ node: 'n1' })
  isKnown = false
  now = 29_999
  expect(await identities.ofToken(short)).toEqual({ node: 'n1' })
  now = 30_000
  expect(await identities.ofToken(short)).toEqual({ refused: 'unknown-token' })
})

it('asks again for a stranger after ten seconds', async () => {
  isKnown = false
  await identities.ofToken('t')
  now = 9999
  await identities.ofToken('t')
  expect(asked).toHaveLength(1)
  now = 10_000
  isKnown = true
  expect(await identities.ofToken('t')).toEqual({ node: 'n1' })
})

it('remembers nothing while the API server does not answer', async () => {
  isReachable = false
  expect(await identities.ofToken('t')).toEqual({ refused: 'not-reviewed' })
  isReachable = true
  expect(await identities.ofToken('t')).toEqual({ node: 'n1' })
})

it('asks about few at once, whoever floods it', async () => {
  const all = await Promise.all(Array.from({ length: 100 }, (_, index) => identities.ofToken(`t${index}`)))
  expect(asked).toHaveLength(32)
  expect(all.filter((identity) => 'node' in identity)).toHaveLength(32)
  expect(all.at(-1)).toEqual({ refused: 'not-reviewed' })
})
