import { expect, it } from 'vitest'
import { readMountinfo } from './host/mountinfo.ts'
import { readOnlyDisks } from './read-only-disk.ts'

const PLACES = { kubelet: '/var/lib/kubelet', runtime: '/var/lib/containerd', logs: '/var/log' }
const mounts = (root: string, data: string) =>
  readMountinfo(
    `21 1 8:1 / / ${root} shared:1 - ext4 /dev/sda1 ${root}\n22 21 8:2 / /var/lib/containerd ${data} shared:2 - xfs /dev/sdb1 ${data}\n`,
  )

it.each([
  ['rw', 'rw', []],
  ['rw,errors=remount-ro', 'rw', []],
  ['ro,errors=remount-ro', 'rw', [{ mountPoint: '/', keeps: ['kubelet', 'logs'] }]],
  ['rw', 'ro', [{ mountPoint: '/var/lib/containerd', keeps: ['runtime'] }]],
  [
    'ro',
    'ro',
    [
      { mountPoint: '/', keeps: ['kubelet', 'logs'] },
      { mountPoint: '/var/lib/containerd', keeps: ['runtime'] },
    ],
  ],
])('a root that is %s and a disk that is %s', (root, data, disks) => {
  expect(readOnlyDisks(PLACES, mounts(root, data))).toEqual(disks)
})

it('is not one that is only seen through a read-only mount, as a pod has the root of its host', () => {
  const seen = readMountinfo('21 1 8:1 / / ro,relatime shared:1 - ext4 /dev/sda1 rw,errors=remount-ro\n')
  expect(readOnlyDisks(PLACES, seen)).toEqual([])
})
