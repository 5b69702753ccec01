import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isLocal, mountOf, pathWithin, readMountinfo, type Mount } from './mountinfo.ts'

const TEXT = `22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw,errors=remount-ro
30 22 8:17 / /var/lib/kubelet rw shared:2 master:3 - xfs /dev/sdb1 rw
31 30 8:17 /pv\\0401 /var/lib/kubelet/pods/u/volumes/kubernetes.io~local-volume/pv rw - xfs /dev/sdb1 rw
40 22 0:50 / /mnt/nfs ro - nfs4 server:/export ro,vers=4.1
41 22 0:51 / /run/rootfs rw - overlay overlay rw,lowerdir=/s/1/fs:/s/2/fs,upperdir=/s/3/fs
this is no mount
`
const mounts = readMountinfo(TEXT)

describe('reading a mountinfo', () => {
  it('reads every mount and passes over what is none', () => {
    expect(mounts.map(({ id }) => id)).toEqual([22, 30, 31, 40, 41])
    expect(mounts[2]).toEqual({
      id: 31,
      device: '8:17',
      root: '/pv 1',
      mountPoint: '/var/lib/kubelet/pods/u/volumes/kubernetes.io~local-volume/pv',
      type: 'xfs',
      source: '/dev/sdb1',
      isReadOnly: false,
      options: ['rw'],
    })
    expect(mounts[3]?.isReadOnly).toBe(true)
    expect(mounts[4]?.options).toContain('upperdir=/s/3/fs')
  })

  it('reads back any path, whatever its bytes', () => {
    const path = fc
      .uint8Array({ minLength: 1, maxLength: 40 })
      .map((bytes) => `/${Buffer.from(bytes.map((byte) => byte || 1)).toString('latin1')}`)
    fc.assert(
      fc.property(path, path, (root, mountPoint) => {
        const line = `1 0 8:1 ${escape(root)} ${escape(mountPoint)} rw - ext4 /dev/x rw`
        expect(readMountinfo(line)).toMatchObject([{ root, mountPoint }])
      }),
    )
  })

  it('reads any text without failing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary-ascii' }), (text) => {
        for (const { mountPoint } of readMountinfo(text)) expect(mountPoint).not.toBe('')
      }),
    )
  })
})

describe('the mount of a path', () => {
  it.each([
    ['/etc', 22],
    ['/var/lib/kubelet', 30],
    ['/var/lib/kubelets', 22],
    ['/var/lib/kubelet/pods/u/volumes/kubernetes.io~local-volume/pv/data', 31],
  ])('%s is on %d', (path, id) => {
    expect(mountOf(path, mounts)?.id).toBe(id)
  })

  it('is the one mounted last, of two at one place', () => {
    const [root] = mounts as [Mount]
    expect(mountOf('/x', [root, { ...root, id: 99 }])?.id).toBe(99)
  })

  it('says where a path lies within its filesystem', () => {
    const [root, kubelet, volume] = mounts as [Mount, Mount, Mount]
    expect(pathWithin('/etc/x', root)).toBe('/etc/x')
    expect(pathWithin('/', root)).toBe('/')
    expect(pathWithin('/var/lib/kubelet/pods', kubelet)).toBe('/pods')
    expect(pathWithin(`${volume.mountPoint}/data`, volume)).toBe('/pv 1/data')
  })

  it('knows which filesystems cannot hang', () => {
    expect(mounts.map(isLocal)).toEqual([true, true, true, false, false])
  })
})

/** As the kernel does: blank, tab, line feed, backslash; and, to be sure, what else would break a line. */
function escape(path: string): string {
  // oxlint-disable-next-line no-control-regex -- these are what it is about
  return path.replace(
    /[\x01-\x20\\\x7f-\xa0]/g,
    (byte) => `\\${byte.charCodeAt(0).toString(8).padStart(3, '0')}`,
  )
}
