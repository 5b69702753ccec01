import { describe, expect, it } from 'vitest'
import { readMountinfo } from '../host/mountinfo.ts'
import { depthToTell, ownerOf } from './consumer-of.ts'
import { filesystemsToWalk, type NodePlaces } from './known-places.ts'

const UID = '11111111-2222-3333-4444-555555555555'
const ID = 'c'.repeat(64)
const SNAPSHOTS = '/var/lib/containerd/io.containerd.snapshotter.v1.overlayfs/snapshots'
const node = (mounts: string, more: Partial<NodePlaces> = {}): NodePlaces => ({
  kubeletRoot: '/var/lib/kubelet',
  runtimeRoot: '/var/lib/containerd',
  log: '/var/log',
  mounts: readMountinfo(mounts),
  sandboxes: [
    { id: 's', namespace: 'shop', name: 'web-0', uid: UID, attempt: 0, isReady: true, createdAt: 0 },
  ],
  ...more,
})
const walked = (parts: NodePlaces) =>
  filesystemsToWalk(parts).map(({ mount, passOver }) => [mount.mountPoint, passOver])

describe('which filesystems are walked', () => {
  it('each once, where all of it is mounted, and not where it is mounted again', () => {
    const mounts = [
      '1 0 8:1 / / rw - ext4 /dev/a rw',
      '2 1 8:2 / /data rw - xfs /dev/b rw',
      '3 1 8:2 /kubelet /var/lib/kubelet rw - xfs /dev/b rw',
      '4 1 8:1 /srv /mnt/srv rw - ext4 /dev/a rw',
      '5 1 0:9 / /tmp rw - tmpfs none rw',
    ]
    expect(walked(node(mounts.join('\n')))).toEqual([
      ['/data', []],
      ['/', ['/mnt/srv']],
    ])
  })

  it('also what is mounted at its own place, to be shared', () => {
    const mounts =
      '1 0 8:1 / / rw - ext4 /dev/a rw\n2 1 8:1 /var/lib/kubelet /var/lib/kubelet rw - ext4 /dev/a rw'
    expect(walked(node(mounts))).toEqual([['/', []]])
  })

  it('none of a network or a program', () => {
    expect(walked(node('1 0 0:50 / / rw - nfs4 host:/ rw'))).toEqual([])
  })
})

describe('where nothing is asked', () => {
  it.each<[string, boolean]>([
    ['fuse.bindfs', true],
    ['fuse', true],
    ['nfs4', true],
    ['cifs', true],
    ['ceph', true],
    ['fusectl', false],
    ['overlay', false],
    ['tmpfs', false],
    ['ext4', false],
    ['autofs', false],
  ])('a place of %s: %s', (type, isNeverAsked) => {
    const mounts = `1 0 8:1 / / rw - ext4 /dev/a rw\n2 1 0:50 / /mnt/there rw - ${type} x rw`
    expect(filesystemsToWalk(node(mounts))).toMatchObject([
      { neverAsked: isNeverAsked ? ['/mnt/there'] : [] },
    ])
  })
})

describe('whose a directory is', () => {
  const mounts = [
    '1 0 8:1 / / rw - ext4 /dev/a rw',
    `2 1 8:1 /mnt/disks/a /var/lib/kubelet/pods/${UID}/volumes/kubernetes.io~local-volume/pv-a rw - ext4 /dev/a rw`,
    `3 1 0:60 / /run/containerd/task/k8s.io/${ID}/rootfs rw - overlay overlay rw,upperdir=${SNAPSHOTS}/9/fs,workdir=x`,
  ]
  const container = {
    id: ID,
    name: 'app',
    attempt: 0,
    sandboxId: 's',
    state: 'running' as const,
    createdAt: 0,
    image: 'a',
  }
  const [filesystem] = filesystemsToWalk(node(mounts.join('\n'), { containers: [container] }))
  const places = filesystem?.places as NonNullable<typeof filesystem>['places']
  const owner = ownerOf(places)

  it.each([
    [
      `/var/lib/kubelet/pods/${UID}/volumes/kubernetes.io~empty-dir/cache`,
      'empty-dirs',
      'cache',
      'shop/web-0',
    ],
    [`/var/lib/kubelet/pods/${UID}/volumes/kubernetes.io~csi/pv`, 'other-volumes', 'pv', 'shop/web-0'],
    [`/var/lib/kubelet/pods/${UID}/etc-hosts`, 'pod-directories', undefined, 'shop/web-0'],
    ['/var/lib/kubelet/pods/another/volumes/x/y', 'orphaned-pods', undefined, 'another'],
    ['/var/lib/kubelet/plugins', 'kubelet', undefined, undefined],
    ['/mnt/disks/a/deep/below', 'local-volumes', 'pv-a', 'shop/web-0'],
    ['/mnt/disks/ab', 'other-files', '/mnt', undefined],
    [`${SNAPSHOTS}/9/fs`, 'writable-layers', 'app', 'shop/web-0'],
    [`${SNAPSHOTS}/8`, 'image-layers', '8', undefined],
    [SNAPSHOTS, 'runtime', undefined, undefined],
    [`/var/log/pods/shop_web-0_${UID}/app`, 'container-logs', 'app', 'shop/web-0'],
    ['/var/log/pods', 'container-logs', undefined, undefined],
    ['/var/log/journal/x', 'journal', undefined, undefined],
    ['/var/log', 'system-logs', undefined, undefined],
    ['/', 'other-files', '/', undefined],
    ['/bad\n\xff', 'other-files', '/bad\\x0a\\xff', undefined],
  ])('%s', (path, kind, name, pod) => {
    expect(owner(path)).toEqual({
      kind,
      ...(name === undefined ? {} : { name }),
      ...(pod === undefined ? {} : { pod }),
    })
  })

  it('calls no pod an orphan while the runtime does not say which there are', () => {
    const [unsaid] = filesystemsToWalk(
      ((all: NodePlaces) => {
        const { sandboxes, ...rest } = all
        return sandboxes ? rest : all
      })(node(mounts.join('\n'))),
    )
    const of = ownerOf(unsaid?.places as typeof places)
    expect(of('/var/lib/kubelet/pods/another/x')).toEqual({ kind: 'pod-directories', pod: 'another' })
  })

  it('needs a walk to tell apart directories that lie deep enough', () => {
    expect(depthToTell(places)).toBe('var/lib/kubelet/pods/uid/volumes/plugin/name'.split('/').length)
  })
})
