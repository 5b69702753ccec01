import { appendFileSync } from 'node:fs'
import path from 'node:path'
import { openNode } from '../../../src/apps/agent/open-node.ts'
import { sampleEachSecond } from '../../../src/apps/agent/sample-each-second.ts'
import { PATROLLING } from '../../../src/apps/agent/walk-now-and-then.ts'
import { liveClock } from '../../../src/apps/live-clock.ts'
import { writeObservation } from '../../../src/core/observe/observation-file.ts'
import { writeKubeconfig } from './certificates.ts'
import { API_PORT, CERTIFICATES } from './control-plane.ts'
import { INSIDE, NODE_NAME } from './places.ts'

/** A line of JSON for each observation. */
export const OBSERVATIONS = 'agent.ndjson'

/** The action that says up to where observations make a forecast. */
export const FORECAST = 'forecast'

/** As the agent does unless told otherwise. */
const INTERVAL_MS = 10_000

/** An agent that watches the node from within it, and records what it observes. */
export interface WatchingAgent {
  /** Observes now, between two rounds. */
  observe(): Promise<void>
}

/** Watches until the process ends. */
export async function watchNode(recording: string): Promise<WatchingAgent> {
  const kubeconfig = path.join(INSIDE.memory, 'agent.kubeconfig')
  writeKubeconfig(kubeconfig, CERTIFICATES, 'admin', API_PORT)
  const choice = {
    hostRoot: '/',
    nodeName: NODE_NAME,
    kubeconfig,
    kubeletLog: path.join(INSIDE.state, 'logs/kubelet.log'),
    interval: INTERVAL_MS,
    controllerToken: '',
    registries: false,
  }
  const { source } = await openNode(choice, PATROLLING)
  let last = Promise.resolve()
  const observe = () =>
    (last = last.then(async () => {
      const observation = await source.observe(Date.now())
      const line = writeObservation({ subject: NODE_NAME, observation })
      appendFileSync(path.join(recording, OBSERVATIONS), line)
    }))
  const { signal } = new AbortController()
  const rounds = async () => {
    for await (const _ of liveClock({ everyMs: INTERVAL_MS, signal })) await observe()
  }
  for (const going of [rounds(), sampleEachSecond(source, signal)]) {
    going.catch((failure: unknown) => {
      console.error(failure)
      process.exit(1)
    })
  }
  return { observe }
}
