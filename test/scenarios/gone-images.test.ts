import { describe, expect, it } from 'vitest'
import { KubeletConfiguration } from '../../src/core/kubernetes/kubelet-configuration.ts'
import { Node } from '../../src/core/kubernetes/node.ts'
import { Pod } from '../../src/core/kubernetes/pod.ts'
import { say } from '../../src/core/messages/message.ts'
import type { FilesystemReading, Observation } from '../../src/core/observe/observation.ts'
import { footprintsOf, nodeChanges, restoreMemory } from '../../src/core/patrol/kept-memory.ts'
import { emptyMemory, type PatrolMemory } from '../../src/core/patrol/memory.ts'
import { patrolRound, type Round } from '../../src/core/patrol/round.ts'
import { memoryIncidentStore } from '../contracts/memory-incident-store.ts'
import { aRound } from '../contracts/a-round.ts'
import { chainIds } from './play-recording.ts'

const START = Date.UTC(2026, 0, 1)
const WEB = 'lab.local/web:1'
const NO_HOST = 'dial tcp: lookup lab.local: no such host'

const pod = (reason: string | undefined, message = '', imagePullPolicy = 'IfNotPresent') =>
  Pod.parse({
    metadata: { namespace: 'app', name: 'web-0', uid: 'u' },
    spec: { nodeName: 'n1', containers: [{ name: 'c', image: WEB, imagePullPolicy }] },
    status: {
      phase: reason === undefined ? 'Running' : 'Pending',
      containerStatuses: [
        { name: 'c', image: WEB, state: reason === undefined ? {} : { waiting: { reason, message } } },
      ],
    },
  })
const running = pod(undefined)
const failing = pod('ErrImagePull', NO_HOST)

interface Seen {
  images: readonly string[]
  pod: Pod
  availablePercent?: number
}

function observe({ images, pod: seen, availablePercent }: Seen, minute: number): Observation {
  const at = START + minute * 60_000
  const part = <T>(value: T) => ({ value, source: 'test', observedAt: at })
  const reading: FilesystemReading[] =
    availablePercent === undefined
      ? []
      : [
          {
            at,
            capacityBytes: 1e9,
            availableBytes: availablePercent * 1e7,
            usedBytes: 1e9 - availablePercent * 1e7,
            inodes: 100,
            inodesFree: 90,
          },
        ]
  return {
    observedAt: at,
    cluster: { pods: part([seen]), nodes: part([Node.parse({ metadata: { name: 'n1' }, status: {} })]) },
    nodes: [
      {
        name: 'n1',
        kubeletVersion: 'v1.20.2',
        kubeletConfiguration: part(
          KubeletConfiguration.parse({ evictionHard: { 'nodefs.available': '10%' } }),
        ),
        images: part(images.map((name) => ({ names: [name], reportedBytes: 5 }))),
        imageNames: {},
        nodefs: reading,
        facts: [],
      },
    ],
  }
}

function play(seen: readonly Seen[], between = (memory: PatrolMemory) => Promise.resolve(memory)) {
  return seen.reduce<Promise<Round>>(
    async (before, now, minute) => {
      const memory = minute === 0 ? emptyMemory : await between((await before).memory)
      return patrolRound(observe(now, minute), memory)
    },
    Promise.resolve(patrolRound({ observedAt: START, cluster: {}, nodes: [] }, emptyMemory)),
  )
}

const causes = ({ incidents }: Round) => incidents.map(({ cause, state }) => `${cause.id} ${state}`)

/** What a patrol has after it was killed and started again. */
async function restarted(memory: PatrolMemory): Promise<PatrolMemory> {
  const store = memoryIncidentStore()
  const { changed } = nodeChanges(footprintsOf([]), memory.nodes)
  await store.saveRound(aRound({ nodes: changed, incidents: memory.open }))
  const { nodes, open } = await store.restore()
  return restoreMemory(nodes, open)
}

describe('an image that was on the node, and that a pod then misses', () => {
  const story = [
    { images: [WEB, 'idle:1', 'other:1'], pod: running },
    { images: ['other:1'], pod: running },
    { images: ['other:1'], pod: failing },
  ]

  it('is the cause, not the registry that does not have it', async () => {
    const round = await play(story)
    expect(causes(round)).toEqual(['image-lost open'])
    expect(chainIds(round.incidents[0])).toEqual(['image-gone', 'image-pull-failed-network'])
    expect(round.incidents[0]).toMatchObject({ severity: 'critical', affected: { images: [WEB] } })
    const [sentence] = round.incidents.map(({ cause }) => say(cause.message, 'en'))
    expect(sentence).toBe(
      `Images that were on n1 are no longer there, and are asked for: ${WEB}. Who removed them was not seen.`,
    )
  })

  it('is so across a restart, at any moment', async () => {
    expect(causes(await play(story, restarted))).toEqual(['image-lost open'])
  })

  it('is so before the node lists anew', async () => {
    const [before] = story
    const round = await play([before, { images: [WEB, 'other:1'], pod: failing }] as Seen[])
    expect(causes(round)).toEqual(['image-lost open'])
  })

  it('is missed by a pod that never pulls', async () => {
    const never = pod('ErrImageNeverPull', '', 'Never')
    const round = await play([...story.slice(0, 2), { images: ['other:1'], pod: never }])
    expect(causes(round)).toEqual(['image-lost open'])
  })

  it('is no trouble while nothing asks for it, and none of a pod that always pulls', async () => {
    expect(causes(await play(story.slice(0, 2)))).toEqual([])
    const always = pod('ErrImagePull', NO_HOST, 'Always')
    expect(causes(await play([...story.slice(0, 2), { images: ['other:1'], pod: always }]))).toEqual([
      'registry-unreachable open',
    ])
  })

  it('ends when the image is back and the pod runs', async () => {
    const back = { images: [WEB, 'other:1'], pod: running }
    expect(causes(await play([...story, back]))).toEqual(['image-lost resolved'])
  })

  it('belongs to the shortage during which it went', async () => {
    const round = await play([
      { images: [WEB, 'other:1'], pod: running, availablePercent: 50 },
      { images: [WEB, 'other:1'], pod: running, availablePercent: 5 },
      { images: ['other:1'], pod: running, availablePercent: 8 },
      { images: ['other:1'], pod: failing, availablePercent: 30 },
    ])
    expect(causes(round)).toEqual(['disk-filled open'])
    expect(chainIds(round.incidents[0])).toEqual(['disk-filled', 'image-gone', 'image-pull-failed-network'])
  })
})
