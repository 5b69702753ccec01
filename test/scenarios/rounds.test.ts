import { describe, expect, it } from 'vitest'
import { chainIds, inEnglish } from './play-recording.ts'
import { pod, syntheticNode } from './synthetic-node.ts'

const UID = '11111111-2222-3333-4444-555555555555'
const SANDBOX = `E createPodSandbox for pod "app_default(${UID})" failed: rpc error: failed to get sandbox image "r.example/pause:3.2": failed to pull: dial tcp: i/o timeout`

describe('a shortage of bytes', () => {
  it('is a warning at the threshold of image collection, critical at that of eviction, over when it recovers', () => {
    const node = syntheticNode()
    node.pass({ available: 500 }, 30)
    node.pass({ available: 155 }, 3)
    expect(node.findings()).toEqual(['eviction-threshold-near', 'image-gc-threshold-crossed'])
    expect(node.incidents()).toMatchObject([{ severity: 'warning', state: 'open' }])
    node.pass({ available: 120 }, 3)
    expect(node.incidents()).toMatchObject([{ severity: 'critical', state: 'open' }])
    node.pass({ available: 600 }, 2)
    expect(node.incidents()).toMatchObject([{ severity: 'critical', state: 'resolved' }])
    expect(node.changes.map(({ kind }) => kind)).toEqual(['opened', 'changed', 'resolved'])
  })

  it('is told before, and is the same one when it comes', () => {
    const node = syntheticNode()
    node.pass({ available: 500 }, 30)
    for (let available = 500; available >= 200; available -= 10) node.pass({ available })
    expect(node.incidents()).toMatchObject([{ severity: 'warning', state: 'open' }])
    expect(inEnglish(node.incidents()[0]?.cause.message)).toMatch(
      /^Free space fell from 500 MB to 200 MB in 30 s. If it goes on like this, it is below 150 MB in about 5 s; then the kubelet deletes idle images and, if that is not enough, evicts pods\./,
    )
    for (let available = 190; available >= 120; available -= 10) node.pass({ available })
    expect(node.incidents()).toMatchObject([{ severity: 'critical', state: 'open' }])
    expect(inEnglish(node.incidents()[0]?.cause.message)).not.toContain('If it goes on')
    expect(node.changes.map(({ kind }) => kind)).toEqual(['opened', 'changed'])
  })

  it('that does not come is over soon', () => {
    const node = syntheticNode()
    node.pass({ available: 500 }, 30)
    for (let available = 500; available >= 250; available -= 10) node.pass({ available })
    node.pass({ available: 250 }, 90)
    expect(node.changes.map(({ kind }) => kind)).toEqual(['opened', 'resolved'])
  })

  it('lasts as long as the kubelet must report DiskPressure, where nobody sees whether it does', () => {
    const node = syntheticNode()
    const isNodeSeen = false
    node.pass({ available: 500, isNodeSeen }, 30)
    node.pass({ available: 90, isNodeSeen }, 3)
    // The transition period is 5 minutes, and the kubelet looks every 10 seconds.
    node.pass({ available: 600, isNodeSeen }, 305)
    expect(node.incidents()).toMatchObject([{ state: 'open' }])
    node.pass({ available: 90, isNodeSeen }, 1)
    node.pass({ available: 600, isNodeSeen }, 309)
    expect(node.incidents()).toMatchObject([{ state: 'open' }])
    node.pass({ available: 600, isNodeSeen }, 2)
    expect(node.incidents()).toMatchObject([{ state: 'resolved' }])
    expect(node.changes.map(({ kind }) => kind)).toEqual(['opened', 'resolved'])
  })

  it('is over then, whatever the log said before', () => {
    const node = syntheticNode()
    const isNodeSeen = false
    node.pass({ available: 500, isNodeSeen }, 30)
    node.pass({
      available: 90,
      isNodeSeen,
      lines: ['W eviction manager: attempting to reclaim ephemeral-storage'],
    })
    node.pass({ available: 600, isNodeSeen }, 308)
    expect(node.incidents()).toMatchObject([{ state: 'open' }])
    node.pass({ available: 600, isNodeSeen }, 3)
    expect(node.incidents()).toMatchObject([{ state: 'resolved' }])
  })

  it('that only called for a collection is over when it recovers, whoever sees the Node', () => {
    const node = syntheticNode()
    const isNodeSeen = false
    node.pass({ available: 500, isNodeSeen }, 30)
    node.pass({ available: 155, isNodeSeen }, 3)
    node.pass({ available: 600, isNodeSeen }, 2)
    expect(node.incidents()).toMatchObject([{ state: 'resolved' }])
  })

  it('of the filesystem with the images is one of its own', () => {
    const node = syntheticNode()
    const summary = { pods: [], isSingleFilesystem: false }
    node.pass({ available: 500, availableForImages: 500, summary }, 30)
    node.pass({ available: 120, availableForImages: 500, summary }, 3)
    expect(node.incidents()).toEqual([])
    node.pass({ available: 120, availableForImages: 120, summary }, 3)
    expect(node.incidents()).toMatchObject([{ severity: 'critical', state: 'open' }])
    expect(inEnglish(node.incidents()[0]?.cause.message)).toContain(
      'Free space of the image filesystem fell from 500 MB to 120 MB',
    )
    node.pass({ available: 120, availableForImages: 500, summary }, 3)
    expect(node.incidents()).toMatchObject([{ state: 'resolved' }])
  })

  it('that was there before the patrol is told as it is, not as a fall', () => {
    const node = syntheticNode()
    node.pass({ available: 120 }, 3)
    const [incident] = node.incidents()
    expect(inEnglish(incident?.cause.message)).toMatch(
      /^The disk of n1 was short when it was first looked at: 120 MB available, and its kubelet acts below \d+ MB/,
    )
  })

  it('that comes again is another incident', () => {
    const node = syntheticNode()
    for (const available of [500, 100, 500, 90, 500]) node.pass({ available }, 10)
    expect(new Set(node.incidents().map(({ id }) => id)).size).toBe(2)
    expect(node.changes.map(({ kind }) => kind)).toEqual(['opened', 'resolved', 'opened', 'resolved'])
    expect(inEnglish(node.incidents()[1]?.cause.message)).toContain('from 500 MB to 90 MB')
  })

  it('that nobody can explain says so, and suspects nobody', () => {
    const node = syntheticNode()
    const summary = { pods: [], imageFsUsedBytes: 500e6 }
    node.pass({ available: 500, summary }, 60)
    node.pass({ available: 50 }, 5)
    const sentence = inEnglish(node.incidents()[0]?.cause.message)
    expect(sentence).toContain('About 450 MB are in no image')
    expect(sentence).toContain('Nothing observed says what wrote them')
    expect(node.incidents()[0]?.affected.volumes).toEqual([])
  })

  it('names the volumes that nobody counts, and says how to look', () => {
    const node = syntheticNode()
    const keeper = pod('keeper', 'Running', UID)
    keeper.spec.volumes = [
      { name: 'data', hostPath: { path: '/srv/data' } },
      { name: 'proc', hostPath: { path: '/proc' } },
      { name: 'scratch', emptyDir: {} },
    ]
    node.pass({ available: 500, summary: { pods: [], imageFsUsedBytes: 500e6 }, pods: [keeper] }, 60)
    node.pass({ available: 50 }, 5)
    const sentence = inEnglish(node.incidents()[0]?.cause.message)
    expect(sentence).toContain(
      'Suspected, not proven: the hostPath /srv/data of default/keeper, or an emptyDir volume of default/keeper',
    )
    expect(sentence).toContain('`du -xsh /srv/data` on n1 tells')
    expect(sentence).not.toContain('/proc')
  })

  it('is explained by what an evicted pod had written', () => {
    const node = syntheticNode()
    node.pass(
      {
        available: 500,
        summary: {
          pods: [
            {
              namespace: 'default',
              name: 'app',
              uid: UID,
              logsBytes: 1e6,
              rootfsBytes: 0,
              localVolumesBytes: 0,
            },
          ],
          imageFsUsedBytes: 499e6,
        },
      },
      60,
    )
    node.pass({ available: 50 }, 5)
    node.pass({
      available: 50,
      evicted: {
        name: 'app',
        uid: UID,
        message:
          'The node was low on resource: ephemeral-storage. Container app was using 441407Ki, which exceeds its request of 0. ',
      },
    })
    const sentence = inEnglish(node.incidents()[0]?.cause.message)
    expect(sentence).toContain('the logs and writable layers of default/app grew by 451 MB')
    expect(sentence).not.toContain('in no image')
  })

  it('that a container log explains says so once the kubelet has counted again', () => {
    const node = syntheticNode()
    const counted = (logsBytes: number) => ({
      imageFsUsedBytes: 400e6,
      pods: [
        { namespace: 'default', name: 'chatty', uid: UID, logsBytes, rootfsBytes: 0, localVolumesBytes: 0 },
      ],
    })
    node.pass({ available: 500, summary: counted(100e6) }, 60)
    node.pass({ available: 50 }, 5)
    node.pass({ available: 50, summary: counted(550e6) }, 5)
    const sentence = inEnglish(node.incidents()[0]?.cause.message)
    expect(sentence).toContain('the container log of default/chatty grew by 450 MB')
    expect(sentence).not.toContain('in no image')
  })
})

describe('figures that cannot be', () => {
  it('open and close nothing, and are forgotten once there are better ones', () => {
    const node = syntheticNode()
    node.pass({ available: 500 }, 10)
    node.pass({ available: 0, capacity: 0 }, 2)
    node.pass({ available: 5000 }, 2)
    expect(node.incidents()).toEqual([])
    node.pass({ available: 100 }, 2)
    node.pass({ available: 5000 }, 2)
    expect(node.incidents()).toMatchObject([{ state: 'open' }])
    node.pass({ available: 500 }, 2)
    expect(node.incidents()).toMatchObject([{ state: 'resolved' }])
  })

  it('a clock that went back hides no shortage that comes', () => {
    const node = syntheticNode()
    node.pass({ available: 500 }, 100)
    node.pass({ available: 100 }, 5)
    node.pass({ available: 500 }, 5)
    node.stepClock(-60)
    node.pass({ available: 500 }, 5)
    node.pass({ available: 100 }, 5)
    expect(node.incidents().map(({ state }) => state)).toEqual(['resolved', 'open'])
  })
})

describe('a shortage of inodes', () => {
  it('is an incident of its own, with what the kubelet does about it', () => {
    const node = syntheticNode()
    node.pass({ inodesFree: 900 }, 30)
    node.pass({ inodesFree: 40 }, 5)
    node.pass({
      inodesFree: 30,
      lines: [
        'I eviction manager: node conditions - observed: [DiskPressure]',
        'W eviction manager: attempting to reclaim inodes',
        'I attempting to delete unused images',
        'I eviction manager: must evict pod(s) to reclaim inodes',
        `I eviction manager: pod app_default(${UID}) is evicted successfully`,
      ],
    })
    expect(node.incidents()).toHaveLength(1)
    expect(node.incidents()[0]).toMatchObject({
      cause: { id: 'inodes-filled' },
      severity: 'critical',
      affected: { pods: ['default/app'] },
    })
    expect(inEnglish(node.incidents()[0]?.cause.message)).toBe(
      'The number of free inodes fell from 900 to 30 in 6 s.',
    )
    expect(chainIds(node.incidents()[0]).toSorted()).toEqual([
      'disk-pressure-condition',
      'eviction-threshold-met',
      'inodes-filled',
      'node-level-reclaim',
      'pod-evicted',
    ])
  })
})

describe('what is no trouble of a disk', () => {
  it.each([
    [
      'memory',
      [
        'W eviction manager: attempting to reclaim memory',
        'I eviction manager: must evict pod(s) to reclaim memory',
        `I eviction manager: pod app_default(${UID}) is evicted successfully`,
      ],
    ],
    [
      'a starting kubelet',
      [
        'E Image garbage collection failed once. Stats initialization may not have completed yet: invalid capacity 0 on image filesystem',
        'I Recording NodeHasNoDiskPressure event message for node n1',
        'E skipping pod synchronization - PLEG is not healthy: pleg has yet to be successful',
      ],
    ],
    [
      'a missing directory of static pods',
      ['E Unable to read config path "/etc/kubernetes/manifests": path does not exist, ignoring'],
    ],
    [
      'an image removed while nobody asks for it',
      ['I [imageGCManager]: Removing image "sha256:aa" to free 100 bytes'],
    ],
  ])('%s', (_, lines) => {
    const node = syntheticNode()
    node.pass({ lines }, 30)
    expect(node.incidents()).toEqual([])
  })
})

describe('an image that collection took', () => {
  it('opens an incident of its own when it is asked for after the shortage is over', () => {
    const node = syntheticNode()
    node.pass({ available: 500 }, 10)
    node.pass({ available: 155 }, 3)
    node.pass({
      available: 155,
      lines: [
        'I [imageGCManager]: Disk usage on image filesystem is at 85% which is over the high threshold (85%). Trying to free 45000000 bytes down to the low threshold (80%).',
        'I [imageGCManager]: Removing image "sha256:aa" to free 50000000 bytes',
      ],
    })
    node.pass({ available: 500 }, 60)
    expect(node.incidents()).toMatchObject([{ state: 'resolved' }])
    node.pass({ available: 500, lines: [SANDBOX] })
    expect(node.incidents().map(({ cause, state }) => [cause.id, state])).toEqual([
      ['disk-filled', 'resolved'],
      ['image-lost', 'open'],
    ])
  })

  it('is had again once the pod runs', () => {
    const node = syntheticNode()
    node.pass({ lines: [SANDBOX], pods: [pod('app', 'Pending', UID)] })
    expect(node.incidents()).toMatchObject([
      { state: 'open', cause: { id: 'registry-unreachable' }, affected: { pods: ['default/app'] } },
    ])
    node.pass({ pods: [pod('app', 'Pending', UID)] }, 400)
    expect(node.incidents()).toMatchObject([{ state: 'open' }])
    node.pass({ pods: [pod('app', 'Running', UID)] }, 2)
    expect(node.incidents()).toMatchObject([{ state: 'resolved' }])
  })
})

describe('a pod over its own limit', () => {
  it('is no shortage of the node', () => {
    const node = syntheticNode()
    node.pass({
      lines: [
        `I "Evicting pod" pod="default/app" podUID="${UID}" message="Usage of EmptyDir volume \\"cache\\" exceeds the limit \\"1Gi\\". "`,
      ],
    })
    expect(node.incidents()).toMatchObject([
      { cause: { id: 'local-limit-exceeded' }, affected: { pods: ['default/app'] } },
    ])
  })
})
