import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, realpathSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hostFiles } from '../../src/adapters/observe/host/host-files.ts'
import { readOnlyDisks } from '../../src/core/observe/read-only-disk.ts'
import { MKFS, reasonNotToMount } from './may-mount.ts'

const reason = reasonNotToMount()

describe.skipIf(reason !== undefined)(
  `a filesystem that is mounted read-only while it is in use${reason ? ` (skipped: ${reason})` : ''}`,
  () => {
    let root = ''
    const remount = (options: string) => execFileSync('mount', ['-o', `remount,${options}`, root])
    const found = async () =>
      readOnlyDisks(
        { kubelet: '/var/lib/kubelet', runtime: undefined, logs: '/var/log' },
        await hostFiles(root).mounts(),
      )

    beforeAll(() => {
      const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'read-only-remount-')))
      root = path.join(folder, 'host')
      const image = path.join(folder, 'disk.img')
      mkdirSync(root)
      writeFileSync(image, '')
      truncateSync(image, 64 * 1024 * 1024)
      execFileSync(MKFS, ['-q', '-F', image])
      execFileSync('mount', ['-o', 'loop', image, root])
    })
    afterAll(() => {
      execFileSync('umount', [root])
      rmSync(path.dirname(root), { recursive: true })
    })

    it('is found, and found to be over', async () => {
      expect(await found()).toEqual([])
      remount('ro')
      expect(await found()).toEqual([{ mountPoint: '/', keeps: ['kubelet', 'logs'] }])
      remount('rw')
      expect(await found()).toEqual([])
    })

    it('is none where only this mount of it is', async () => {
      remount('bind,ro')
      expect(() => writeFileSync(path.join(root, 'file'), '')).toThrow('EROFS')
      expect(await found()).toEqual([])
      remount('bind,rw')
    })
  },
)
