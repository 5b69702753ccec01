import { describe, expect, it } from 'vitest'
import { listedObjects } from '../../adapters/observe/cluster/cluster-objects.ts'
import { clusterSource } from '../../adapters/observe/cluster/cluster-source.ts'
import type { ApiConnection } from '../../adapters/observe/kubernetes-api/connection.ts'
import { fixedCredentials } from '../../adapters/observe/kubernetes-api/kubeconfig/fixed-credentials.ts'
import { connectToCluster } from '../../adapters/observe/kubernetes-api/kubernetes-api.ts'
import { systemClock } from '../../adapters/observe/kubernetes-api/system-clock.ts'
import { emptyMemory, type PatrolMemory } from '../../core/patrol/memory.ts'
import { patrolRound } from '../../core/patrol/round.ts'
import { openLab } from './lab.ts'
import { serveWorld } from './serve-world.ts'
import type { LabServer } from './api/lab-server.ts'
import { SCENARIOS } from './scenarios/index.ts'
import { BEGUN_AT } from './world/run-scenario.contract.ts'
import type { Scenario } from './world/scenario.ts'

function connectionTo({ url, authority, token }: LabServer): ApiConnection {
  return {
    server: new URL(url),
    authorities: authority,
    isCertificateChecked: true,
    headers: {},
    credentials: fixedCredentials({ authorization: `Bearer ${token}` }),
  }
}

/** A patrol of a scenario over its API, with a list of everything in each round: what it says of incidents, and what it misses. */
async function patrol(id: string, seconds: number) {
  const scenario = SCENARIOS.find((one): one is Scenario => one.id === id)
  if (!scenario) throw new Error(`no scenario ${id}`)
  const { world, ...served } = await serveWorld(scenario, BEGUN_AT)
  const { api } = await connectToCluster(connectionTo(served), { clock: systemClock, random: Math.random })
  const source = clusterSource(api, listedObjects(api))
  let memory: PatrolMemory = emptyMemory
  const opened: string[] = []
  const gaps: unknown[] = []
  for (let at = BEGUN_AT; at <= BEGUN_AT + seconds * 1000; at += 10_000) {
    world.agenda.runUntil(at)
    const observed = await source.observe(at)
    const round = patrolRound(observed, memory)
    memory = round.memory
    gaps.push(...(observed.gaps ?? []))
    for (const { kind, incident } of round.changes)
      if (kind === 'opened') opened.push(`${incident.cause.id} ${incident.affected.nodes.join()}`)
  }
  await api.close()
  await served.close()
  return { opened, gaps }
}

describe('a patrol of the lab', () => {
  it('says nothing of a healthy cluster', async () => {
    expect(await patrol('healthy-cluster', 1200)).toEqual({ opened: [], gaps: [] })
  })

  it.each([
    ['air-gapped-disk-full', 900, /^disk-filled k8work2/],
    ['evicted-for-its-log', 200, /^disk-filled lab-node/],
    ['inode-exhaustion', 900, /^inodes-filled node-1/],
  ])('finds the incident of %s', async (id, seconds, wanted) => {
    const { opened, gaps } = await patrol(id, seconds)
    expect(opened[0]).toMatch(wanted)
    expect(gaps).toEqual([])
  })
})

describe('the lab', () => {
  it('knows its scenarios, each once, and no other', async () => {
    expect(new Set(SCENARIOS.map(({ id }) => id)).size).toBe(SCENARIOS.length)
    expect(await openLab('no-such', BEGUN_AT)).toBeUndefined()
  })

  it('makes a round for every step of simulated time at any speed, and ends when it is told', async () => {
    const lab = await openLab('orphaned-pods', BEGUN_AT, 100_000)
    const startsAt = lab?.world.startsAt ?? 0
    const stopping = new AbortController()
    const rounds: number[] = []
    for await (const at of lab?.rounds(10_000, stopping.signal) ?? []) {
      rounds.push(at - startsAt)
      expect(lab?.world.agenda.now()).toBe(at)
      if (rounds.length === 5) stopping.abort()
    }
    await lab?.close()
    expect(rounds).toEqual([0, 10_000, 20_000, 30_000, 40_000])
  })
})
