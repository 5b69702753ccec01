import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { recordingSource } from '../../src/adapters/observe/recording/recording-source.ts'
import { readRecording } from '../../src/adapters/observe/recording/recording.ts'
import { forecastNode, type NodeForecast } from '../../src/core/forecast/node-forecast.ts'
import type { NodeView } from '../../src/core/observe/node-view.ts'
import { emptyMemory } from '../../src/core/patrol/memory.ts'
import { patrolRound } from '../../src/core/patrol/round.ts'

const HOUR = 3_600_000

/** What a patrol of a recording knows of its node at an instant. */
async function viewAt(name: string, time: string): Promise<NodeView> {
  const recording = await readRecording(path.join(import.meta.dirname, '../../recordings', name))
  const source = recordingSource(recording)
  let memory = emptyMemory
  for (let at = recording.startsAt; at <= Date.parse(time); at += 1000) {
    memory = patrolRound(await source.observe(at), memory).memory
  }
  const [node] = Object.values(memory.nodes)
  if (!node) throw new Error('The recording has no node.')
  return node.view
}

/** The forecast that it makes then. */
async function forecastAt(name: string, time: string): Promise<NodeForecast> {
  return forecastNode(await viewAt(name, time), { horizon: HOUR })
}

const takenBy = ({ actions }: NodeForecast, kinds: readonly string[]) =>
  actions
    .filter(({ kind }) => kinds.includes(kind))
    .flatMap(({ victims, victimSet }) => [...victims, ...victimSet])
    .map((victim) => victim.name ?? '')

describe('what a patrol of a real node would have forecast before its kubelet acted', () => {
  it.each([
    // recording, seconds before the kubelet acts, whom it evicted, in order
    ['critical-pods', '2026-11-25T10:03:53Z', ['o1', 'o2']],
    ['minimum-reclaim', '2026-11-25T09:57:37Z', ['b']],
    ['percent-thresholds', '2026-11-25T10:25:04Z', ['a']],
    ['inodes', '2026-11-25T10:01:19Z', ['few']],
    ['incident', '2026-11-24T08:22:30Z', ['es-0']],
  ])('%s: the pods, in their order', async (name, time, evicted) => {
    const pods = takenBy(await forecastAt(name, time), ['evict-pod'])
    expect(pods.slice(0, evicted.length)).toEqual(evicted)
    expect(pods).not.toContain('stat-lab-node')
    expect(pods).not.toContain('critical')
  })

  it.each([
    ['container-gc', '2026-11-25T10:08:37Z', ['app2', 'app3', 'app4', 'pause']],
    ['periodic-gc-two', '2026-11-25T09:55:59Z', ['app2', 'app3', 'app6', 'pause']],
    ['incident', '2026-11-24T08:22:30Z', ['app3', 'app4', 'app5', 'app6', 'busybox', 'pause']],
  ])('%s: the images', async (name, time, removed) => {
    const images = takenBy(await forecastAt(name, time), ['image-gc', 'image-gc-failed', 'reclaim-images'])
    const names = images.map((image) => /\/([\w-]+):/.exec(image)?.[1])
    expect(names).toEqual(expect.arrayContaining(removed))
  })

  it.each([
    // recording, an instant after a collection and before the next list of images, how many it removed
    ['incident', '2026-11-24T08:23:21Z', 6],
    ['periodic-gc-two', '2026-11-25T10:00:11Z', 4],
    ['container-gc', '2026-11-25T10:08:55Z', 4],
    ['minimum-reclaim', '2026-11-25T09:58:11Z', 1],
    ['image-churn', '2026-11-25T10:55:59Z', 7],
    ['lru-order', '2026-11-25T11:00:28Z', 5],
  ])('%s: no image that is gone', async (name, time, count) => {
    const view = await viewAt(name, time)
    const listedAt = view.images?.observedAt ?? Infinity
    const gone = view.facts.filter(
      ({ id, lastAt }) => id === 'image-gc-removed-image' && (lastAt ?? 0) > listedAt,
    )
    expect(gone).toHaveLength(count)
    const { actions } = forecastNode(view, { horizon: HOUR })
    const images = actions
      .flatMap(({ victims, victimSet }) => [...victims, ...victimSet])
      .flatMap((victim) => (victim.kind === 'image' ? victim.id : []))
    expect(images).not.toEqual([])
    for (const { fields } of gone) expect(images).not.toContain(fields['imageId'])
  })

  it('a level that was crossed is crossed now, and one that the disk was filled to just above is not', async () => {
    const { levels } = await forecastAt('near-miss', '2026-11-25T09:51:30Z')
    const at = (id: string) => levels.find((level) => level.id === id)?.at
    expect(at('image-gc')?.p50).toBeLessThanOrEqual(Date.parse('2026-11-25T09:51:30Z'))
    expect(at('imagefs.available')?.p90).toBeNull()
  })

  it('without growth nothing is forecast: a healthy node at its start', async () => {
    const { actions } = await forecastAt('healthy', '2026-11-24T08:57:30Z')
    expect(
      actions.filter(({ at }) => at.p90 !== null && at.p90 < Date.parse('2026-11-24T09:01:52Z')),
    ).toEqual([])
  })
})
