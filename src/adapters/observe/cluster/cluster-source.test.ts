import { describe, expect, it } from 'vitest'
import { RESOURCES, type ResourceName } from '../../../core/kubernetes/resources.ts'
import { KubeletConfiguration } from '../../../core/kubernetes/kubelet-configuration.ts'
import { Summary } from '../../../core/kubernetes/summary.ts'
import type { Answer, ClusterApi } from '../../../core/observe/cluster-api.ts'
import type { Gap } from '../../../core/observe/gap.ts'
import type { WatchedObjects, WatchState } from '../../../core/observe/watched-objects.ts'
import { listedObjects, watchedObjects } from './cluster-objects.ts'
import { clusterSource } from './cluster-source.ts'

const NOW = Date.UTC(2026, 0, 1, 12)

interface World {
  objects: Partial<Record<ResourceName, unknown[]>>
  gaps: Partial<Record<string, Gap['why']>>
  summary: unknown
  configz: unknown
  asked: string[]
}

/** A cluster of plain objects; what has a gap is not had. */
function fakeCluster(world: World): ClusterApi {
  const gapOf = (part: string, node?: string): { gap: Gap } | undefined => {
    const why = world.gaps[part]
    return why && { gap: { part, why, detail: 'fake', ...(node === undefined ? {} : { node }) } }
  }
  const parsed = (resource: ResourceName): never[] =>
    (world.objects[resource] ?? []).map((object) => RESOURCES[resource].schema.parse(object)) as never[]
  const ask = async <T>(part: string, node: string, value: T): Promise<Answer<T>> => {
    world.asked.push(`${node} ${part}`)
    return gapOf(part, node) ?? { value }
  }
  return {
    list: async (resource) =>
      gapOf(resource) ?? { value: { objects: parsed(resource), resourceVersion: '1', unreadable: 0 } },
    watch(resource): WatchedObjects<never> {
      const gap = gapOf(resource)?.gap
      const state: WatchState = gap
        ? { phase: 'syncing', since: 0, gap, unreadable: 0 }
        : { phase: 'live', since: 0, unreadable: 0 }
      return {
        objects: () => parsed(resource),
        state: () => state,
        onChange: () => () => undefined,
        stop: () => undefined,
      }
    },
    nodes: {
      summary: (node) => ask('stats/summary', node, Summary.parse(world.summary)),
      configz: (node) => ask('configz', node, KubeletConfiguration.parse(world.configz)),
      metrics: (node) => ask('metrics', node, []),
      log: (node) => ask('logs', node, { bytes: new Uint8Array() }),
    },
    close: async () => undefined,
  }
}

function aWorld(more: Partial<World> = {}): World {
  return {
    objects: {
      nodes: [
        {
          metadata: { name: 'n1', uid: 'u1' },
          status: {
            nodeInfo: {
              kubeletVersion: 'v1.20.2',
              containerRuntimeVersion: 'containerd://1.6.20',
              bootID: 'b',
            },
            images: [{ names: ['r.example/web:1'], sizeBytes: 5 }],
          },
        },
      ],
      pods: [
        {
          metadata: { namespace: 'app', name: 'web', uid: 'pod-uid' },
          spec: { nodeName: 'n1' },
          status: {
            containerStatuses: [{ name: 'c', image: 'r.example/web:1', imageID: `sha256:${'a'.repeat(64)}` }],
          },
        },
      ],
      events: [
        {
          metadata: { namespace: 'app', name: 'e1', uid: 'e1' },
          reason: 'Evicted',
          message: 'The node was low on resource: ephemeral-storage. ',
          involvedObject: { kind: 'Pod', namespace: 'app', name: 'web', uid: 'pod-uid' },
          source: { component: 'kubelet', host: 'n1' },
          firstTimestamp: '2026-01-01T11:59:00Z',
          lastTimestamp: '2026-01-01T11:59:00Z',
        },
      ],
    },
    gaps: {},
    summary: {
      node: {
        nodeName: 'n1',
        fs: {
          time: '2026-01-01T11:59:55Z',
          capacityBytes: 1000,
          availableBytes: 400,
          usedBytes: 500,
          inodes: 10,
          inodesFree: 5,
        },
        runtime: {
          imageFs: { capacityBytes: 2000, availableBytes: 900, usedBytes: 7, inodes: 20, inodesFree: 9 },
        },
      },
      pods: [],
    },
    configz: { evictionHard: { 'nodefs.available': '10%' } },
    asked: [],
    ...more,
  }
}

describe.each([
  ['list', listedObjects],
  ['watch', watchedObjects],
])('a cluster source that has its objects by %s', (source, objectsOf) => {
  const observe = (given: World) => {
    const api = fakeCluster(given)
    return clusterSource(api, objectsOf(api))
  }

  it('sees objects, what the kubelet says, and what events state', async () => {
    const seen = await observe(aWorld()).observe(NOW)
    expect(seen.gaps).toEqual([])
    expect(seen.cluster.pods).toMatchObject({
      source,
      observedAt: NOW,
      value: [{ metadata: { name: 'web' } }],
    })
    expect(seen.nodes).toMatchObject([
      {
        name: 'n1',
        kubeletVersion: 'v1.20.2',
        nodefs: [
          {
            at: NOW - 5000,
            capacityBytes: 1000,
            availableBytes: 400,
            usedBytes: 500,
            inodes: 10,
            inodesFree: 5,
          },
        ],
        imagefs: [{ at: NOW, capacityBytes: 2000, availableBytes: 900, inodesFree: 9 }],
        images: { value: [{ names: ['r.example/web:1'], reportedBytes: 5 }] },
        imageNames: { [`sha256:${'a'.repeat(64)}`]: ['r.example/web:1'] },
        facts: [{ id: 'pod-evicted', node: 'n1' }],
      },
    ])
  })

  it('gives a reading and an event once, and asks for settings again only when they are old', async () => {
    const given = aWorld()
    const seeing = observe(given)
    await seeing.observe(NOW)
    const again = await seeing.observe(NOW + 10_000)
    expect(again.nodes[0]).toMatchObject({ nodefs: [], facts: [] })
    expect(again.nodes[0]?.kubeletConfiguration?.observedAt).toBe(NOW)
    await seeing.observe(NOW + 11 * 60_000)
    expect(given.asked.filter((asked) => asked === 'n1 configz')).toHaveLength(2)
  })

  it('takes no reading to be of later than now, where the clock of a node is ahead', async () => {
    const given = aWorld()
    const seeing = observe(given)
    const early = NOW - 60_000
    const readings = [
      (await seeing.observe(early)).nodes[0]?.nodefs,
      (await seeing.observe(early + 10_000)).nodes[0]?.nodefs,
    ]
    expect(readings.flat().map((reading) => reading?.at)).toEqual([early, early + 10_000])
  })

  it('knows when a kubelet started, by its event or by what the summary says, whichever is later', async () => {
    const startedAt = async (event: string | undefined, summary: string | undefined) => {
      const given = aWorld()
      const { node, ...rest } = given.summary as { node: object }
      const systemContainers = summary === undefined ? [] : [{ name: 'kubelet', startTime: summary }]
      given.summary = { ...rest, node: { ...node, systemContainers } }
      const starting = {
        metadata: { name: 'n1.start' },
        reason: 'Starting',
        message: 'Starting kubelet.',
        involvedObject: { kind: 'Node', name: 'n1' },
        lastTimestamp: event,
      }
      given.objects.events = event === undefined ? [] : [starting]
      return (await observe(given).observe(NOW)).nodes[0]?.kubeletStartedAt
    }
    const [early, late] = ['2026-01-01T11:00:00Z', '2026-01-01T11:30:00Z']
    expect(await startedAt(late, early)).toBe(Date.parse(late))
    expect(await startedAt(early, late)).toBe(Date.parse(late))
    expect(await startedAt(undefined, early)).toBe(Date.parse(early))
    expect(await startedAt(undefined, undefined)).toBeUndefined()
  })

  it('hears of an event that is stated again', async () => {
    const given = aWorld()
    const seeing = observe(given)
    await seeing.observe(NOW)
    const [event] = given.objects.events as [object]
    given.objects.events = [{ ...event, count: 2, lastTimestamp: '2026-01-01T12:00:05Z' }]
    const again = await seeing.observe(NOW + 10_000)
    expect(again.nodes[0]?.facts).toMatchObject([{ id: 'pod-evicted', at: NOW + 5000 }])
  })

  it.each(['pods', 'events', 'stats/summary', 'configz'])('goes on without %s, and says so', async (part) => {
    const seen = await observe(aWorld({ gaps: { [part]: 'forbidden' } })).observe(NOW)
    expect(seen.gaps).toMatchObject([{ part, why: 'forbidden' }])
    expect(seen.nodes[0]?.name).toBe('n1')
    if (part === 'stats/summary') expect(seen.nodes[0]).not.toHaveProperty('summary')
    if (part === 'pods') expect(seen.cluster).not.toHaveProperty('pods')
  })

  it('asks the nodes that pods are on where nodes may not be listed', async () => {
    const seen = await observe(aWorld({ gaps: { nodes: 'forbidden' } })).observe(NOW)
    expect(seen.nodes).toMatchObject([{ name: 'n1', nodefs: [{ availableBytes: 400 }] }])
    expect(seen.nodes[0]).not.toHaveProperty('kubeletVersion')
  })

  it('makes no reading of figures that the kubelet does not give', async () => {
    const summary = { node: { nodeName: 'n1', fs: { usedBytes: 5 } } }
    const seen = await observe(aWorld({ summary })).observe(NOW)
    expect(seen.nodes[0]?.nodefs).toEqual([])
  })
})
