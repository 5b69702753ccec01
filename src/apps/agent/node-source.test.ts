import { beforeEach, expect, it } from 'vitest'
import type { HostFiles } from '../../adapters/observe/host/host-files.ts'
import { KubeletConfiguration } from '../../core/kubernetes/kubelet-configuration.ts'
import type { Answer } from '../../core/observe/cluster-api.ts'
import type { ContainerRuntime } from '../../core/observe/container-runtime.ts'
import type { GapReason } from '../../core/observe/gap.ts'
import { readMountinfo } from '../../core/observe/host/mountinfo.ts'
import type { KubeletPlaces } from './kubelet-settings.ts'
import { nodeSource, type NodeSource } from './node-source.ts'

const MOUNTS = readMountinfo('1 0 8:1 / / rw - ext4 /dev/a rw\n2 1 8:2 / /images rw - ext4 /dev/b rw\n')
const PLACES: KubeletPlaces = {
  file: { evictionHard: { 'nodefs.available': '7%' } },
  rootDirectory: '/var/lib/kubelet',
  runtimeSocket: '/s',
  port: 10_250,
}
const gap = (part: string, why: GapReason): Answer<never> => ({ gap: { part, why, detail: 'gone' } })

let now: number
let isRuntimeUp: boolean
let isKubeletUp: boolean
let places: KubeletPlaces
let source: NodeSource

beforeEach(() => {
  now = 1000
  isRuntimeUp = true
  isKubeletUp = true
  places = PLACES
  const ask = async <T>(value: T): Promise<Answer<T>> =>
    isRuntimeUp ? { value } : gap('runtime', 'unreachable')
  const runtime: ContainerRuntime = {
    identity: () => ask({ name: 'containerd', version: '1.7.1', rootDirectory: '/var/lib/images' }),
    images: () => ask([{ id: 'sha256:1', names: ['app:1'], reportedBytes: 5 }]),
    containers: () =>
      ask([
        {
          id: 'c',
          name: 'app',
          attempt: 0,
          sandboxId: 's',
          state: 'running' as const,
          createdAt: 1,
          image: 'app:1',
        },
      ]),
    sandboxes: () => ask([]),
    filesystems: () => ask([]),
    writableLayers: () => ask([{ containerId: 'c', usedBytes: 9 }]),
    close: () => undefined,
  }
  source = nodeSource({
    nodeName: 'n1',
    host: {
      mounts: async () => MOUNTS,
      real: async (path: string) => (path === '/var/lib/images' ? '/images' : path),
    } as unknown as HostFiles,
    filesystems: {
      read: async (path) => ({
        value: {
          at: now,
          capacityBytes: path === '/images' ? 200 : 100,
          availableBytes: 50,
          usedBytes: 50,
          inodes: 10,
          inodesFree: 5,
        },
      }),
    },
    runtime,
    kubelet: {
      summary: async () => gap('stats/summary', 'unreachable'),
      configz: async () =>
        isKubeletUp
          ? { value: KubeletConfiguration.parse({ evictionHard: { 'nodefs.available': '9%' } }) }
          : gap('configz', 'forbidden'),
      version: async () => ({ value: 'v1.28.3' }),
    },
    places: async () => places,
    log: async () => ({ facts: [], imageNames: {}, gaps: [] }),
  })
})

async function observed() {
  const { nodes, gaps = [] } = await source.observe(now)
  return {
    node: nodes[0] as NonNullable<(typeof nodes)[0]>,
    gaps: gaps.map(({ part, node }) => [part, node]),
  }
}

it('sees what runtime, kubelet and disks say, and where the images are on their own, by a link', async () => {
  const { node, gaps } = await observed()
  expect(node).toMatchObject({
    name: 'n1',
    kubeletVersion: 'v1.28.3',
    containerRuntimeVersion: 'containerd://1.7.1',
    imageNames: { 'sha256:1': ['app:1'] },
    nodefs: [{ at: 1000, capacityBytes: 100 }],
    imagefs: [{ at: 1000, capacityBytes: 200 }],
  })
  expect(node.containers?.value[0]?.writableLayerBytes).toBe(9)
  expect(node.kubeletConfiguration).toMatchObject({
    source: 'configz',
    value: { evictionHard: { 'nodefs.available': '9%' } },
  })
  expect(gaps).toEqual([['stats/summary', undefined]])
})

it('gives each reading once, those between two observations too', async () => {
  await observed()
  now = 2000
  await source.sample()
  now = 3000
  expect((await observed()).node.nodefs.map(({ at }) => at)).toEqual([2000, 3000])
})

it('takes the settings from the files of the kubelet where it does not say them', async () => {
  isKubeletUp = false
  const { node, gaps } = await observed()
  expect(node.kubeletConfiguration).toMatchObject({
    source: 'configuration file',
    value: { evictionHard: { 'nodefs.available': '7%' } },
  })
  expect(gaps).toEqual([['stats/summary', undefined]])
})

it('keeps the gap where the file that the kubelet was told to read cannot be', async () => {
  isKubeletUp = false
  places = { ...PLACES, file: undefined, process: { pid: 7, flags: new Map([['config', '/gone.yaml']]) } }
  const { node, gaps } = await observed()
  expect(node.kubeletConfiguration?.source).toBe('configuration file')
  expect(gaps).toContainEqual(['configz', undefined])
})

it('says that the runtime is gone, watches the disk all the same, and sees it come back', async () => {
  isRuntimeUp = false
  const without = await observed()
  expect(without.gaps).toContainEqual(['runtime', 'n1'])
  expect(without.node.images).toBeUndefined()
  expect(without.node.nodefs).toHaveLength(1)
  isRuntimeUp = true
  now += 10_000
  const back = await observed()
  expect(back.gaps).not.toContainEqual(['runtime', 'n1'])
  expect(back.node.images?.value).toHaveLength(1)
})
