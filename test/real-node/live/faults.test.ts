import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { appendFileSync, copyFileSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { AgentRound } from '../../../src/core/observe/agents/agent-round.ts'
import { INSIDE } from '../bed/places.ts'
import { until } from '../bed/until.ts'
import { bringUpLive, type LiveNode } from './live-node.ts'
import { onNode, processOf, startAgentOn, type WatchingAgent } from './watching-agent.ts'

const RUNTIME = 'runtime version'
const KEEPS = `${INSIDE.memory}/full`
const HOUR = 3_600_000
const FAKETIME = `/usr/lib/${process.arch === 'arm64' ? 'aarch64' : 'x86_64'}-linux-gnu/faketime/libfaketime.so.1`
const CONTAINERD = /^containerd --config/
const ORPHAN = '6f0c5d0e-1f9f-4f37-9d3e-0c3b2c6f7a11'
const HUNG = `${INSIDE.kubelet}/pods/${ORPHAN}/volumes/kubernetes.io~csi/pv-1/mount`

let node: LiveNode
let agent: WatchingAgent
const run = (script: string) => {
  const [program, ...words] = [...onNode(node), 'sh', '-ec', script]
  return execFileSync(program, words, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
}
const seesRuntime = ({ node: seen, gaps }: AgentRound) =>
  seen.containers !== undefined && !gaps.some(({ part }) => part === RUNTIME)

beforeAll(async () => {
  execFileSync(process.execPath, ['-e', "import('./scripts/installed.mjs').then((it) => it.build())"])
  node = await bringUpLive('faults', '--size', '1Gi')
  // A filesystem of a program that never answers, in a pod's directory, before the agent first looks.
  run(`mkdir -p ${INSIDE.memory}/volume ${HUNG}; bindfs ${INSIDE.memory}/volume ${HUNG}`)
  process.kill(processOf(node, /^bindfs/), 'SIGSTOP')
  run(`mkdir ${KEEPS}; mount -t tmpfs -o size=1m tmpfs ${KEEPS}`)
  writeFileSync(path.join(node.state, 'watched.log'), '')
  const options = [`--store=${KEEPS}/agent.db`, `--kubelet-log=${INSIDE.state}/watched.log`]
  agent = await startAgentOn(node, { options })
})
afterAll(async () => {
  await agent?.stop().catch(() => undefined)
  await node?.down()
})

describe('an agent on a real node', () => {
  it('sees everything beside a filesystem that never answers', async () => {
    const { node: seen } = await agent.round(
      'a walk of the disk',
      (round) => round.node.diskAttribution !== undefined,
    )
    expect(seen.orphanedDirectories?.value).toMatchObject([{ uid: ORPHAN, mounts: [HUNG] }])
    expect(seen.containers).toBeDefined()
  })

  it('tells that containerd hangs, watches the disk on, and sees it again', async () => {
    const containerd = processOf(node, CONTAINERD)
    process.kill(containerd, 'SIGSTOP')
    const without = await agent.round('a gap', ({ gaps }) =>
      gaps.some(({ why, part }) => part === RUNTIME && why === 'timed-out'),
    )
    expect(without.node.nodefs?.length).toBeGreaterThan(0)
    process.kill(containerd, 'SIGCONT')
    await agent.round('containers again', seesRuntime)
  })

  it('tells that containerd is gone, and sees the one that comes in its place', async () => {
    const before = processOf(node, CONTAINERD)
    process.kill(before, 'SIGKILL')
    await agent.round('a gap', ({ gaps }) =>
      gaps.some(({ why, part }) => part === RUNTIME && why === 'unreachable'),
    )
    await agent.round('containers again', seesRuntime)
    expect(processOf(node, CONTAINERD)).not.toBe(before)
  })

  it('loses no line of a log that is rotated by name, by emptying it, or holds what is none', async () => {
    const log = path.join(node.state, 'watched.log')
    const wanted = [1, 2, 3, 4].map((number) => 7_000_000_000 + number)
    const write = (bytes: number) => appendFileSync(log, lineOf(bytes))
    const told = () =>
      agent.rounds
        .flatMap(({ node: seen }) => seen.facts.map(({ raw }) => /free (\d+)/.exec(raw)?.[1]))
        .map(Number)
        .filter((bytes) => wanted.includes(bytes))
    const settled = (count: number) => agent.round(`${count} lines`, () => told().length >= count)
    write(wanted[0] ?? 0)
    await settled(1)
    write(wanted[1] ?? 0)
    renameSync(log, `${log}.1`)
    writeFileSync(log, Buffer.concat([Buffer.alloc(4096), randomBytes(4096), Buffer.from('\n')]))
    write(wanted[2] ?? 0)
    await settled(3)
    renameSync(`${log}.1`, `${log}.2`)
    copyFileSync(log, `${log}.1`)
    writeFileSync(log, '')
    write(wanted[3] ?? 0)
    await settled(4)
    await agent.round('one more round', () => true)
    expect(told()).toEqual(wanted)
  })

  it('goes on when what it keeps finds no room, says so, and keeps again', async () => {
    const log = path.join(node.state, 'watched.log')
    const muchToKeep = (from: number) =>
      appendFileSync(log, Array.from({ length: 400 }, (_, index) => lineOf(from + index)).join(''))
    run(`head -c 2000000 /dev/zero > ${KEEPS}/filler || true`)
    muchToKeep(8_000_000_000)
    await until('it to say so', 30, () => agent.output().includes('KP_STORE_FULL'))
    await agent.round('a round', seesRuntime)
    run(`rm ${KEEPS}/filler; touch ${INSIDE.memory}/room`)
    muchToKeep(9_000_000_000)
    await until('it to keep again', 30, () => run(`find ${KEEPS} -type f -newer ${INSIDE.memory}/room`))
  })

  it('handed over every round, once and in order, and still runs', async () => {
    const numbers = agent.rounds.map(({ number }) => number)
    expect(numbers).toEqual(numbers.map((_, index) => index + 1))
    expect(new Set(agent.rounds.map((round) => round.run)).size).toBe(1)
    expect(agent.output()).not.toContain('KP_INTERNAL')
    expect(await agent.stop()).toBe(0)
  })

  it('goes on when the clock jumps, forth and back', async () => {
    const clock = path.join(node.state, 'clock')
    writeFileSync(clock, '+0')
    const jumping = await startAgentOn(node, {
      env: {
        LD_PRELOAD: FAKETIME,
        FAKETIME_TIMESTAMP_FILE: path.join(INSIDE.state, 'clock'),
        FAKETIME_NO_CACHE: '1',
        FAKETIME_DONT_FAKE_MONOTONIC: '1',
      },
    })
    try {
      const now = () => Date.now() / HOUR
      await jumping.round('a round', seesRuntime)
      writeFileSync(clock, '+3h')
      await jumping.round(
        'a round three hours later',
        (round) => round.observedAt / HOUR > now() + 2.9 && seesRuntime(round),
      )
      writeFileSync(clock, '-3h')
      await jumping.round(
        'a round three hours before',
        (round) => round.observedAt / HOUR < now() - 2.9 && seesRuntime(round),
      )
      writeFileSync(clock, '+0')
      const last = await jumping.round(
        'a round in time',
        (round) => Math.abs(round.observedAt / HOUR - now()) < 0.1,
      )
      expect(last.node.nodefs?.length).toBeGreaterThan(0)
      const numbers = jumping.rounds.map(({ number }) => number)
      expect(numbers).toEqual(numbers.map((_, index) => index + 1))
    } finally {
      expect(await jumping.stop()).toBe(0)
    }
  })
})

/** A line of a kubelet about to collect images, told apart by its bytes. */
function lineOf(bytes: number): string {
  const time = new Date().toISOString().slice(11, 19)
  const day = new Date().toISOString().slice(5, 10).replace('-', '')
  return `I${day} ${time}.000000     101 image_gc_manager.go:304] [imageGCManager]: Disk usage on image filesystem is at 86% which is over the high threshold (85%). Trying to free ${bytes} bytes down to the low threshold (80%).\n`
}
