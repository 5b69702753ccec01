import { execFileSync } from 'node:child_process'
import {
  closeSync,
  linkSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  rmSync,
  symlinkSync,
  truncateSync,
  unlinkSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { MKFS, reasonNotToMount } from './may-mount.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { filesystemReader } from '../../src/adapters/observe/host/filesystem-reader.ts'
import { hostFiles } from '../../src/adapters/observe/host/host-files.ts'
import { systemClock } from '../../src/adapters/observe/kubernetes-api/system-clock.ts'
import { attributeDisks, type Attributed } from '../../src/apps/agent/attribute-disks.ts'
import type { ConsumerKind, DiskAttribution } from '../../src/core/observe/attribution/disk-attribution.ts'
import type { ObservedSandbox } from '../../src/core/observe/runtime-things.ts'

const UID = '11111111-2222-3333-4444-555555555555'
const GONE = '99999999-2222-3333-4444-555555555555'
const KUBELET = '/var/lib/kubelet'
const RUNTIME = '/var/lib/containerd'
const SNAPSHOTS = `${RUNTIME}/io.containerd.snapshotter.v1.overlayfs/snapshots`
const EMPTY_DIR = `${KUBELET}/pods/${UID}/volumes/kubernetes.io~empty-dir/cache`
const LOCAL = `${KUBELET}/pods/${UID}/volumes/kubernetes.io~local-volume/pv-1`
const POD_LOG = `/var/log/pods/shop_web-0_${UID}/app`
const SANDBOX: ObservedSandbox = {
  id: 's',
  namespace: 'shop',
  name: 'web-0',
  uid: UID,
  attempt: 0,
  isReady: true,
  createdAt: 0,
}

const reason = reasonNotToMount()

describe.skipIf(reason !== undefined)(
  `a disk with known contents${reason ? ` (skipped: ${reason})` : ''}`,
  () => {
    const folder = path.join(tmpdir(), `disk-attribution-${process.pid}`)
    const root = path.join(folder, 'host')
    const mounted: string[] = []
    let opened = -1
    let attributed: Attributed
    let disk: DiskAttribution

    const at = (file: string) => Buffer.from(root + file, 'latin1')
    const mount = (...args: string[]) => {
      execFileSync('mount', args)
      mounted.unshift(args.at(-1) as string)
    }
    const write = (file: string, kibibytes: number) => {
      mkdirSync(Buffer.from(root + path.posix.dirname(file), 'latin1'), { recursive: true })
      writeFileSync(at(file), Buffer.alloc(kibibytes * 1024, 7))
    }

    beforeAll(async () => {
      mkdirSync(root, { recursive: true })
      const image = path.join(folder, 'disk.img')
      writeFileSync(image, '')
      truncateSync(image, 512 * 1024 * 1024)
      execFileSync(MKFS, ['-q', '-F', image])
      mount('-o', 'loop', image, root)
      fill(write, root)
      mkdirSync(at(LOCAL), { recursive: true })
      mount('--bind', `${root}/data/pv-1`, root + LOCAL)
      mkdirSync(at('/data/memory'))
      mount('-t', 'tmpfs', 'none', `${root}/data/memory`)
      write('/data/memory/not-on-this-disk', 900)
      write('/var/log/deleted', 1)
      opened = openSync(at('/var/log/deleted'), 'r+')
      writeSync(opened, Buffer.alloc(3 * 1024 * 1024, 1))
      unlinkSync(at('/var/log/deleted'))
      execFileSync('sync', ['--file-system', root])
      const host = hostFiles(root)
      // The host's processes are ours.
      const walker = {
        host: {
          ...host,
          path: (file: string) => (file === '/proc' ? Buffer.from('/proc') : host.path(file)),
        },
        filesystems: filesystemReader(host, systemClock),
        clock: systemClock,
      }
      attributed = await attributeDisks(
        walker,
        {
          kubeletRoot: KUBELET,
          runtimeRoot: RUNTIME,
          log: '/var/log',
          mounts: await host.mounts(),
          sandboxes: [SANDBOX],
          containers: [],
        },
        1,
      )
      disk = attributed.value[0] as DiskAttribution
    })

    afterAll(() => {
      if (opened !== -1) closeSync(opened)
      for (const place of mounted) execFileSync('umount', [place])
      rmSync(folder, { recursive: true })
    })

    const bytesOf = (kind: ConsumerKind) => disk.consumers.find((consumer) => consumer.kind === kind)?.bytes

    /** Blocks of a path and what is below it, told by looking at each; a file with several names once, and without some. */
    function blocks(file: string, without: readonly string[] = [], seen = new Set<number>()): number {
      const stats = lstatSync(at(file))
      if (seen.has(stats.ino)) return 0
      seen.add(stats.ino)
      const below = stats.isDirectory() ? readdirSync(at(file), { encoding: 'latin1' }) : []
      const inner = below
        .map((name) => `${file === '/' ? '' : file}/${name}`)
        .filter((inside) => !without.includes(inside))
      return stats.blocks * 512 + inner.reduce((sum, inside) => sum + blocks(inside, without, seen), 0)
    }

    it('is told once, and adds up to the byte', () => {
      expect(attributed.gaps).toEqual([])
      expect(attributed.value).toHaveLength(1)
      for (const { bytes, consumers } of disk.consumers) {
        if (consumers) expect(consumers.reduce((sum, one) => sum + one.bytes, 0)).toBe(bytes)
      }
      expect(disk.consumers.reduce((sum, { bytes }) => sum + bytes, 0)).toBe(disk.usedBytes)
      expect(disk.usedBytes + disk.reservedBytes + disk.availableBytes).toBe(disk.capacityBytes)
      expect(disk.reservedBytes).toBeGreaterThan(0)
    })

    it.each<[ConsumerKind, () => number]>([
      ['empty-dirs', () => blocks(EMPTY_DIR)],
      ['other-volumes', () => blocks(`${KUBELET}/pods/${UID}/volumes/kubernetes.io~csi/pv-2`)],
      ['orphaned-pods', () => blocks(`${KUBELET}/pods/${GONE}`)],
      ['image-layers', () => blocks(`${SNAPSHOTS}/1`) + blocks(`${SNAPSHOTS}/2`)],
      ['image-content', () => blocks(CONTENT, [`${CONTENT}/ingest`])],
      ['runtime-leftovers', () => blocks(`${CONTENT}/ingest`)],
      ['rotated-container-logs', () => lstatSync(at(`${POD_LOG}/0.log.20261126-000000.gz`)).blocks * 512],
      ['container-logs', () => blocks('/var/log/pods', [`${POD_LOG}/0.log.20261126-000000.gz`])],
      ['journal', () => blocks('/var/log/journal')],
      ['system-logs', () => blocks('/var/log', ['/var/log/journal', '/var/log/pods'])],
      ['local-volumes', () => blocks('/data/pv-1')],
      ['deleted-open-files', () => 3 * 1024 * 1024],
    ])('has %s right to the block', (kind, expected) => {
      expect(bytesOf(kind)).toBe(expected())
    })

    it('leaves at most one percent unexplained', () => {
      expect(Math.abs(bytesOf('remainder') ?? 0)).toBeLessThanOrEqual(disk.usedBytes / 100)
    })

    it('names who it is, without what would harm a terminal', () => {
      const text = JSON.stringify(disk)
      expect(text).toContain('"name":"cache","pod":"shop/web-0"')
      expect(text).toContain('"name":"pv-1","pod":"shop/web-0"')
      // oxlint-disable-next-line no-control-regex -- these are what it is about
      expect(text).not.toMatch(/[\x00-\x1f\x7f-\x9f]/)
    })
  },
)

const CONTENT = `${RUNTIME}/io.containerd.content.v1.content`

/** Every kind of thing, of different sizes; names and links that lead astray. */
function fill(write: (file: string, kibibytes: number) => void, root: string): void {
  write(`${EMPTY_DIR}/a`, 1000)
  write(`${EMPTY_DIR}/${'n'.repeat(255)}`, 4)
  write(`${EMPTY_DIR}/line\nbreak\x1b[31m/\xff\xfe`, 8)
  symlinkSync('/', path.join(root, EMPTY_DIR, 'out'))
  symlinkSync('.', path.join(root, EMPTY_DIR, 'loop'))
  linkSync(path.join(root, EMPTY_DIR, 'a'), path.join(root, EMPTY_DIR, 'a-again'))
  write(`${KUBELET}/pods/${UID}/volumes/kubernetes.io~csi/pv-2/data`, 300)
  write(`${KUBELET}/pods/${UID}/etc-hosts`, 1)
  write(`${KUBELET}/pods/${GONE}/volumes/kubernetes.io~csi/pv-3/data`, 700)
  write(`${KUBELET}/cpu_manager_state`, 1)
  write(`${SNAPSHOTS}/1/fs/usr/lib/library`, 5000)
  write(`${SNAPSHOTS}/2/fs/bin/app`, 2000)
  write(`${CONTENT}/blobs/sha256/${'a'.repeat(64)}`, 2500)
  write(`${CONTENT}/ingest/b/data`, 400)
  write(`${RUNTIME}/io.containerd.metadata.v1.bolt/meta.db`, 64)
  write(`${POD_LOG}/0.log`, 600)
  write(`${POD_LOG}/0.log.20261126-000000.gz`, 500)
  write('/var/log/journal/0123/system.journal', 8192)
  write('/var/log/syslog', 100)
  write('/data/pv-1/shard/segment', 40_000)
  write('/usr/bin/something', 30_000)
}
