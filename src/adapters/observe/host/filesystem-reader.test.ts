import { tmpdir } from 'node:os'
import { expect, it } from 'vitest'
import type { Clock } from '../../../core/observe/clock.ts'
import type { Mount } from '../../../core/observe/host/mountinfo.ts'
import { filesystemReader } from './filesystem-reader.ts'
import { hostFiles } from './host-files.ts'

const mount = (mountPoint: string, type: string): Mount => ({
  id: 1,
  device: '8:1',
  root: '/',
  mountPoint,
  type,
  source: '/dev/x',
  isReadOnly: false,
  options: [],
})
const timers: (() => void)[] = []
const clock: Clock = { now: () => 7, after: (_, call) => (timers.push(call), () => undefined) }
const host = hostFiles('/')

it('asks a filesystem of this machine itself', async () => {
  const reader = filesystemReader(host, clock, () => Promise.reject(new Error('not to be asked')))
  const { value } = await reader.read(tmpdir(), [mount('/', 'ext4')])
  expect(value?.at).toBe(7)
  expect(value?.capacityBytes).toBeGreaterThan(value?.usedBytes ?? Infinity)
})

it('asks a filesystem on a network by a child, and reads the same figures there', async () => {
  const reader = filesystemReader(host, clock)
  const here = await reader.read('/proc', [mount('/', 'ext4')])
  const apart = await reader.read('/proc', [mount('/', 'nfs4')])
  expect(apart.value).toEqual(here.value)
})

it('asks one that hangs never a second time while it does, and again once it answered', async () => {
  let answer: (counts: readonly number[]) => void = () => {}
  let asked = 0
  const reader = filesystemReader(host, clock, () => {
    asked++
    return new Promise((resolve) => (answer = resolve))
  })
  const mounts = [mount('/dead', 'nfs')]
  const first = reader.read('/dead', mounts)
  timers.at(-1)?.()
  expect((await first).gap?.why).toBe('timed-out')
  expect((await reader.read('/dead', mounts)).gap?.why).toBe('timed-out')
  expect(asked).toBe(1)
  answer([4096, 10, 5, 4, 3, 2])
  await new Promise(setImmediate)
  const again = reader.read('/dead', mounts)
  answer([4096, 10, 5, 4, 3, 2])
  expect((await again).value).toEqual({
    at: 7,
    capacityBytes: 40_960,
    availableBytes: 16_384,
    usedBytes: 20_480,
    inodes: 3,
    inodesFree: 2,
  })
  expect(asked).toBe(2)
})

it('says what it cannot read', async () => {
  const reader = filesystemReader(host, clock)
  const { gap } = await reader.read('/no/such\nplace', [mount('/', 'ext4')])
  expect(gap).toMatchObject({ part: 'statfs', why: 'unreachable' })
  expect(gap?.detail).toContain('/no/such\\x0aplace')
})
