import { request } from 'node:https'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { agentIdentities } from '../../src/adapters/observe/kubernetes-api/agent-identities.ts'
import { makeAuthority } from '../../src/apps/lab/api/certificates.ts'
import type { AccountName, TokenReviews } from '../../src/core/observe/agents/agent-identity.ts'
import { writeAgentRound } from '../../src/core/observe/agents/agent-round-file.ts'
import { handedRounds } from '../../src/core/observe/agents/handed-rounds.ts'
import { createAgentServer, type AgentServer } from '../../src/http/agent-server.ts'
import { until } from '../real-node/bed/until.ts'
import { anAgentRound } from './an-agent-round.ts'

export const AGENT: AccountName = { namespace: 'kubepatrol', name: 'kubepatrol-agent' }

/** Tokens as API servers give them out; all but two of the account `AGENT`, for the audience of the controller. */
export interface AgentTokens {
  /** Bound to a pod that runs on the node. */
  agent: string
  /** Bound to a pod that runs on another one. */
  ofAnotherNode: string
  forAnotherAudience: string
  ofAnotherAccount: string
  boundToNoPod: string
  ofADeletedPod: string
  /** Was the agent's until a moment ago. */
  expired: string
}

/** An API server, and what it gave out. */
export interface TokenSubject {
  reviews: TokenReviews
  node: string
  tokens: AgentTokens
  /** Deletes the pod that the agent's token is bound to. */
  deletePodOfAgent(): Promise<void>
  close(): Promise<void>
}

/** An answer about an agent counts so long; docs/agent.md. */
const REMEMBERED_MS = 60_000

/** What the controller's port makes of tokens, whoever reviews them. */
export function agentTokensContract(what: string, make: () => Promise<TokenSubject>): void {
  describe(`tokens of agents, reviewed by ${what}`, () => {
    const authority = makeAuthority()
    let subject: TokenSubject
    let server: AgentServer
    let port: number
    let now = Date.now()

    beforeAll(async () => {
      subject = await make()
      server = createAgentServer({
        ...authority.issue({ commonName: 'controller', hosts: ['127.0.0.1'] }),
        controller: handedRounds(() => now),
        identities: agentIdentities(subject.reviews, AGENT, () => now),
      })
      port = await server.listen(0, '127.0.0.1')
    })
    afterAll(async () => {
      await server?.close()
      await subject?.close()
    })

    /** Hands over a round of the node. @returns status and code of the answer */
    function hand(token: string): Promise<string> {
      const headers = token === '' ? {} : { authorization: `Bearer ${token}` }
      const asked = `/api/v1/nodes/${subject.node}/rounds`
      const options = { host: '127.0.0.1', port, path: asked, method: 'POST', headers }
      return new Promise((resolve, reject) => {
        request({ ...options, ca: authority.certificate, agent: false }, (answer) => {
          let text = ''
          answer.on('data', (piece: Buffer) => (text += piece.toString()))
          answer.on('end', () => {
            const { code } = (text === '' ? {} : JSON.parse(text)) as { code?: string }
            resolve([answer.statusCode, ...(code === undefined ? [] : [code])].join(' '))
          })
        })
          .on('error', reject)
          .end(writeAgentRound(anAgentRound(1, { node: { name: subject.node } })))
      })
    }

    it.each<[keyof AgentTokens, string]>([
      ['agent', '204'],
      ['ofAnotherNode', '403 KP_NOT_ITS_NODE'],
      ['ofAnotherAccount', '403 KP_NOT_THE_AGENT'],
      ['boundToNoPod', '403 KP_NOT_THE_AGENT'],
      ['forAnotherAudience', '401 KP_TOKEN_UNKNOWN'],
      ['ofADeletedPod', '401 KP_TOKEN_UNKNOWN'],
      ['expired', '401 KP_TOKEN_UNKNOWN'],
    ])('%s: %s', async (name, answer) => {
      expect(await hand(subject.tokens[name])).toBe(answer)
    })

    it.each(['', 'eyJhbGciOiJSUzI1NiJ9.e30.c2ln', 'a b'])(
      'takes nothing by "%s", which is no token',
      async (token) => {
        expect(await hand(token)).toBe('401 KP_TOKEN_UNKNOWN')
      },
    )

    it('takes nothing by a token that somebody has changed', async () => {
      const [header, claims = '', signature] = subject.tokens.ofAnotherNode.split('.')
      const read = JSON.parse(Buffer.from(claims, 'base64url').toString()) as object
      const changed = Buffer.from(JSON.stringify({ ...read, sub: 'system:admin' })).toString('base64url')
      expect(await hand([header, changed, signature].join('.'))).toBe('401 KP_TOKEN_UNKNOWN')
    })

    it('knows an agent for a minute, and no longer than its pod is there', async () => {
      expect(await hand(subject.tokens.agent)).toBe('204')
      await subject.deletePodOfAgent()
      now += REMEMBERED_MS - 1
      expect(await hand(subject.tokens.agent)).toBe('204')
      // An API server remembers its answer for ten seconds, too.
      await until('the API server to know that the pod is gone', 30, async () => {
        now += REMEMBERED_MS
        return (await hand(subject.tokens.agent)) === '401 KP_TOKEN_UNKNOWN'
      })
    })
  })
}
