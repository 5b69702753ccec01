import { beforeEach, expect, it } from 'vitest'
import { Pod } from '../../kubernetes/pod.ts'
import type { TokenReview } from '../../kubernetes/token-review.ts'
import { agentOf, CONTROLLER_AUDIENCE, type TokenReviews } from './agent-identity.ts'

const AGENT = { namespace: 'kubepatrol', name: 'kubepatrol-agent' }
const gap = { part: 'x', why: 'unreachable' as const, detail: '' }
const extra = (said: Record<string, string[]>) =>
  Object.fromEntries(
    Object.entries(said).map(([name, value]) => [`authentication.kubernetes.io/${name}`, value]),
  )
const BOUND = extra({ 'pod-name': ['agent-x'], 'pod-uid': ['uid-x'] })

let status: TokenReview['status']
let pods: Record<string, unknown>
let reviews: TokenReviews
let asked: string[]

beforeEach(() => {
  status = {
    authenticated: true,
    audiences: [CONTROLLER_AUDIENCE],
    user: { username: 'system:serviceaccount:kubepatrol:kubepatrol-agent', extra: BOUND },
  }
  pods = {
    'kubepatrol/agent-x': {
      metadata: { name: 'agent-x', uid: 'uid-x' },
      spec: { nodeName: 'n1', containers: [] },
    },
  }
  asked = []
  reviews = {
    review: async (token, audience) => {
      asked.push(`${token} for ${audience}`)
      return { value: { status } }
    },
    pod: async (namespace, name) => {
      asked.push(`${namespace}/${name}`)
      const pod = pods[`${namespace}/${name}`]
      return { value: pod === undefined ? undefined : Pod.parse(pod) }
    },
  }
})

const of = () => agentOf('token', AGENT, reviews)
const withUser = (user: object) => (status = { ...status, user: { ...status.user, ...user } })

it('is of the node of the pod that the token is bound to', async () => {
  expect(await of()).toEqual({ node: 'n1' })
  expect(asked).toEqual(['token for kubepatrol-controller', 'kubepatrol/agent-x'])
})

it('is of the node that the token itself names, where it does', async () => {
  withUser({ extra: { ...BOUND, ...extra({ 'node-name': ['n7'] }) } })
  expect(await of()).toEqual({ node: 'n7' })
  expect(asked).toHaveLength(1)
})

it.each<[string, string, () => void]>([
  ['is not authenticated', 'unknown-token', () => (status = { ...status, authenticated: false })],
  ['is of nothing known', 'unknown-token', () => (status = {})],
  [
    'is meant for the API server',
    'unknown-token',
    () => (status = { ...status, audiences: ['https://kubernetes'] }),
  ],
  ['is reviewed by who knows no audiences', 'unknown-token', () => (status = { ...status, audiences: null })],
  [
    'is of another account',
    'not-the-agent',
    () => withUser({ username: 'system:serviceaccount:kubepatrol:default' }),
  ],
  [
    'is of that account elsewhere',
    'not-the-agent',
    () => withUser({ username: 'system:serviceaccount:x:kubepatrol-agent' }),
  ],
  ['is of a person', 'not-the-agent', () => withUser({ username: 'kubepatrol-agent' })],
  ['is of nobody', 'not-the-agent', () => (status = { ...status, user: null })],
  ['is bound to no pod', 'not-the-agent', () => withUser({ extra: {} })],
  [
    'says two pods',
    'not-the-agent',
    () => withUser({ extra: { ...BOUND, ...extra({ 'pod-name': ['a', 'b'] }) } }),
  ],
  ['is of a pod that is gone', 'not-the-agent', () => (pods = {})],
  [
    'is of a pod that has been made anew',
    'not-the-agent',
    () =>
      (pods = {
        'kubepatrol/agent-x': {
          metadata: { name: 'agent-x', uid: 'new' },
          spec: { nodeName: 'n1', containers: [] },
        },
      }),
  ],
  [
    'is of a pod on no node',
    'not-the-agent',
    () =>
      (pods = {
        'kubepatrol/agent-x': { metadata: { name: 'agent-x', uid: 'uid-x' }, spec: { containers: [] } },
      }),
  ],
  ['cannot be reviewed', 'not-reviewed', () => (reviews = { ...reviews, review: async () => ({ gap }) })],
  [
    'is of a pod that cannot be asked for',
    'not-reviewed',
    () => (reviews = { ...reviews, pod: async () => ({ gap }) }),
  ],
])('is refused when it %s', async (_, refused, change) => {
  change()
  expect(await of()).toEqual({ refused })
})
