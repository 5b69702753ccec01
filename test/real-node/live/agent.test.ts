import { afterAll, beforeAll, describe } from 'vitest'
import path from 'node:path'
import { criRuntime } from '../../../src/adapters/observe/cri/cri-runtime.ts'
import { systemClock } from '../../../src/adapters/observe/kubernetes-api/system-clock.ts'
import { agentTokensContract } from '../../contracts/agent-tokens.ts'
import { containerRuntimeContract } from '../../contracts/container-runtime.ts'
import { bringUpLive, type LiveNode } from './live-node.ts'
import { realTokens } from './real-tokens.ts'

let node: LiveNode
let runtime: ReturnType<typeof criRuntime>

beforeAll(async () => {
  node = await bringUpLive('agent')
  runtime = criRuntime(path.join(node.state, 'containerd.sock'), { clock: systemClock })
})
afterAll(async () => {
  runtime?.close()
  await node?.down()
})

describe('the containerd of a real node', () => containerRuntimeContract(() => runtime))

agentTokensContract('a real API server', () => realTokens(node))
