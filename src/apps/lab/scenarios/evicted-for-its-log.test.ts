import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { readLog } from '../../../adapters/observe/recording/recorded-log.ts'
import { events, pods, runFor, saidBy } from '../world/run-scenario.contract.ts'
import { evictedForItsLog } from './evicted-for-its-log.ts'

/** What the kubelet's own decisions say, in both logs alike. */
const DECISION =
  /attempting to (?:reclaim|delete unused)|must evict|ranked|evicted|timed out|able to reduce|Removing image|Recording NodeHas(?:No)?DiskPressure/

/** A log's decisions from the first one under pressure on, without ids of pods. */
function decisions(lines: readonly string[]): string[] {
  const said = lines
    .map((line) => line.replace(/^.*?\] /, '').replaceAll(/\([0-9a-f…-]+\)/g, '()'))
    .filter((line) => DECISION.test(line))
  return inPassOrder(said.slice(said.findIndex((line) => line.includes('attempting to reclaim'))))
}

/** Images that one pass removes have no order among themselves. */
function inPassOrder(lines: readonly string[]): string[] {
  const passes: string[][] = []
  for (const line of lines) {
    const isImage = line.includes('Removing image')
    const last = passes.at(-1)
    if (isImage && last?.[0]?.includes('Removing image')) last.push(line)
    else passes.push([line])
  }
  return passes.flatMap((pass) => pass.toSorted())
}

/** What only the start of a kubelet says, or one at a higher verbosity. */
const UNPLAYED = new Set<string>(['image-gc-stats-not-ready', 'invalid-disk-capacity', 'image-too-young'])

const recorded = gunzipSync(readFileSync('recordings/incident/kubelet.log.gz')).toString()

describe('evicted-for-its-log', () => {
  it('does what the real kubelet did in the recording: same images, same pods, same order', () => {
    const world = runFor(evictedForItsLog, 240)
    expect(decisions(saidBy(world, 'lab-node'))).toEqual(decisions(recorded.split('\n')))
  })

  it('is explained like the recorded log', () => {
    const world = runFor(evictedForItsLog, 240)
    const log = world.kubelets.get('lab-node')?.log.read(world.agenda.now()) ?? ''
    const stated = (content: string) => {
      const { facts } = readLog(content, { file: 'kubelet.log', node: 'lab-node', year: 2026 })
      return new Set(facts.map(({ fact }) => fact.id).filter((id) => !UNPLAYED.has(id)))
    }
    expect([...stated(log)].toSorted()).toEqual([...stated(recorded)].toSorted())
  })

  it('refuses the replacements, and can never start the pod again', () => {
    const world = runFor(evictedForItsLog, 260)
    const told = events(world).join('\n')
    expect(told).toContain('Evicted Pod/es-0 The node had condition: [DiskPressure]. ')
    expect(told).toContain(
      "FailedScheduling Pod/es-0 0/1 nodes are available: 1 node(s) had taint {node.kubernetes.io/disk-pressure: }, that the pod didn't tolerate.",
    )
    expect(told).toContain('FailedCreatePodSandBox Pod/es-0')
    expect(pods(world)).toContain('log/es-0 lab-node Pending ContainerCreating')
  })

  it('is the same every time', () => {
    const [first, second] = [runFor(evictedForItsLog, 120), runFor(evictedForItsLog, 120)].map(
      (world) => [saidBy(world, 'lab-node'), world.objects.list('pods')] as const,
    )
    expect(first).toEqual(second)
  })
})
