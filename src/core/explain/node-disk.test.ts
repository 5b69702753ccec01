import { describe, expect, it } from 'vitest'
import { foldFacts, withoutFirstStates } from './fold.ts'
import { createFramer } from './frame/framer.ts'
import { nodeDisk } from './node-disk.ts'
import { readFacts } from './read-facts.ts'

const at = (second: number, message: string, node = 'n1') =>
  `Nov  7 05:44:${String(second).padStart(2, '0')} ${node} kubelet: ${message}`
const MET = 'eviction manager: attempting to reclaim ephemeral-storage'
const ENDED = 'Recording NodeHasNoDiskPressure event message for node n1'
const GC =
  '[imageGCManager]: Disk usage on image filesystem is at 86% which is over the high threshold (85%). Trying to free 1024 bytes down to the low threshold (80%).'
const FULL = 'Failed to write checkpoint: open /var/lib/kubelet/x: no space left on device'
const evicted = (text: string) => `  Warning  Evicted  2m  kubelet, n1  ${text}`

function diskOf(lines: readonly string[]) {
  const framer = createFramer({ file: 'log', year: 2020 })
  const facts = [...lines.flatMap((line) => framer.push(line)), ...framer.end()].flatMap(readFacts)
  return nodeDisk(withoutFirstStates(foldFacts([], facts)))
}

describe('nodeDisk', () => {
  it.each<[string, readonly string[], ReturnType<typeof nodeDisk>]>([
    ['a threshold', [at(1, MET)], 'pressure'],
    ['a threshold of inodes', [at(1, 'eviction manager: attempting to reclaim inodes')], 'pressure'],
    ['a threshold of early releases', [at(1, 'eviction manager: attempting to reclaim nodefs')], 'pressure'],
    ['a threshold of memory', [at(1, 'eviction manager: attempting to reclaim memory')], 'not-stated'],
    ['an end', [at(1, MET), at(2, ENDED)], 'recovered'],
    ['an end, in another order of lines', [at(2, ENDED), at(1, MET)], 'recovered'],
    ['an end and again', [at(1, MET), at(2, ENDED), at(3, MET)], 'pressure'],
    ['an end of another node', [at(1, MET), at(2, ENDED), at(1, MET, 'n2')], 'pressure'],
    [
      'a reclaim',
      [
        at(1, MET),
        at(2, 'eviction manager: able to reduce ephemeral-storage pressure without evicting pods.'),
      ],
      'recovered',
    ],
    ['a start', [at(1, ENDED)], 'not-stated'],
    ['a collection', [at(1, GC)], 'gc-threshold'],
    ['a full disk, then a threshold', [at(1, FULL), at(2, MET)], 'full'],
    [
      'a full disk of inodes',
      ['Filesystem Inodes IUsed IFree IUse% Mounted on', '/dev/sda1 100 100 0 100% /'],
      'full',
    ],
    ['an eviction for the disk', [evicted('The node was low on resource: ephemeral-storage. ')], 'pressure'],
    [
      'an eviction for a limit',
      [evicted('Usage of EmptyDir volume "c" exceeds the limit "1Gi". ')],
      'not-stated',
    ],
    [
      'an eviction for no named cause',
      [at(1, 'eviction manager: pod a_b(aa41dd4c-2085-11eb-90a3-2c534a095a16) is evicted successfully')],
      'not-stated',
    ],
    ['a rejection', [evicted('The node had condition: [DiskPressure]. ')], 'pressure'],
    ['a rejection for memory', [evicted('The node had condition: [MemoryPressure]. ')], 'not-stated'],
    [
      'a removal alone',
      [at(1, '[imageGCManager]: Removing image "sha256:aa" to free 1024 bytes')],
      'not-stated',
    ],
    [
      'a collection without stats',
      [
        at(
          1,
          'Image garbage collection failed multiple times in a row: failed to get imageFs info: unable to find data in memory cache',
        ),
      ],
      'not-stated',
    ],
    [
      'a collection that found too little (≥1.35)',
      [
        at(
          1,
          `Image garbage collection failed multiple times in a row: Insufficient free disk space on the node's image filesystem (95.2% of 10.0 GiB used). Failed to free sufficient space by deleting unused images (freed 0 bytes).`,
        ),
      ],
      'gc-threshold',
    ],
    ['a read-only filesystem', [at(1, 'open /var/lib/kubelet/x: read-only file system')], 'not-stated'],
    ['watches', [at(1, 'inotify_add_watch /sys/fs/cgroup: no space left on device')], 'not-stated'],
    ['etcd', [at(1, 'etcdserver: mvcc: database space exceeded')], 'not-stated'],
  ])('after %s', (_, lines, expected) => {
    expect(diskOf(lines)).toBe(expected)
  })
})
