import { afterAll, beforeAll, describe, expect } from 'vitest'
import path from 'node:path'
import { criRuntime } from '../../../src/adapters/observe/cri/cri-runtime.ts'
import { systemClock } from '../../../src/adapters/observe/kubernetes-api/system-clock.ts'
import { containerRuntimeContract } from '../../contracts/container-runtime.ts'
import { testBed } from './test-bed.ts'

const bed = testBed()
const name = `agent-${process.pid}`
let runtime: ReturnType<typeof criRuntime>

beforeAll(async () => {
  const { status, output } = await bed.run('up', '--name', name)
  expect(output, output).toContain('KUBECONFIG')
  expect(status).toBe(0)
  const kubeconfig = /export KUBECONFIG=(\S+)/.exec(output)?.[1] ?? ''
  runtime = criRuntime(path.join(path.dirname(kubeconfig), 'containerd.sock'), { clock: systemClock })
})
afterAll(async () => {
  runtime?.close()
  await bed.run('down', '--name', name)
  bed.remove()
})

describe('the containerd of a real node', () => containerRuntimeContract(() => runtime))
