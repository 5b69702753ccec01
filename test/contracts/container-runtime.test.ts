import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { criRuntime } from '../../src/adapters/observe/cri/cri-runtime.ts'
import type { Clock } from '../../src/core/observe/clock.ts'
import type { ContainerRuntime } from '../../src/core/observe/container-runtime.ts'
import { containerRuntimeContract } from './container-runtime.ts'
import { fakeCriServer, field, message, type FakeCriServer } from './fake-cri-server.ts'

const AT = 1_764_000_000_123
const nanoseconds = AT * 1_000_000
const ID = `sha256:${'a'.repeat(64)}`

const image = message(
  field(1, ID),
  field(2, 'lab.local/app:1'),
  field(3, 'lab.local/app@sha256:b'),
  field(4, 12_345),
  field(8, 1),
)
const container = message(
  field(1, 'c1'),
  field(2, 's1'),
  field(3, message(field(1, 'app'), field(2, 2))),
  field(4, field(1, 'lab.local/app:1')),
  field(5, ID),
  field(6, 2),
  field(7, nanoseconds),
)
const sandbox = message(
  field(1, 's1'),
  field(2, message(field(1, 'web'), field(2, 'uid-1'), field(3, 'shop'))),
  field(3, 1),
  field(7, 'not asked for'),
  field(4, nanoseconds),
)
const usage = message(
  field(2, field(1, '/var/lib/containerd')),
  field(3, field(1, 5_000_000_000)),
  field(4, field(1, 44)),
)

let folder: string
let server: FakeCriServer
let runtime: ContainerRuntime
let calls: (() => void)[]
const clock: Clock = { now: () => AT, after: (_, call) => (calls.push(call), () => undefined) }

function furnish(version: string) {
  const reply = (service: string, call: string, answer: Buffer) =>
    server.reply(`${version}.${service}/${call}`, answer)
  reply('RuntimeService', 'Version', message(field(1, '0.1.0'), field(2, 'containerd'), field(3, '1.6.20')))
  const config = message(field(1, 'config'), field(2, '{"containerdRootDir":"/var/lib/containerd"}'))
  reply('RuntimeService', 'Status', field(2, config))
  reply('ImageService', 'ListImages', field(1, image))
  reply('RuntimeService', 'ListContainers', field(1, container))
  reply('RuntimeService', 'ListPodSandbox', field(1, sandbox))
  reply('ImageService', 'ImageFsInfo', field(1, usage))
  reply('RuntimeService', 'ListContainerStats', field(1, message(field(1, field(1, 'c1')), field(4, usage))))
}

beforeEach(async () => {
  calls = []
  folder = mkdtempSync(path.join(tmpdir(), 'cri-'))
  server = await fakeCriServer(path.join(folder, 's'))
  runtime = criRuntime(path.join(folder, 's'), { clock })
})
afterEach(async () => {
  runtime.close()
  await server.close()
  rmSync(folder, { recursive: true })
})

describe.each(['runtime.v1', 'runtime.v1alpha2'])('a runtime that serves %s', (version) => {
  beforeEach(() => furnish(version))
  containerRuntimeContract(() => runtime)

  it('is read field by field', async () => {
    expect(await runtime.identity()).toEqual({
      value: { name: 'containerd', version: '1.6.20', rootDirectory: '/var/lib/containerd' },
    })
    expect((await runtime.images()).value).toEqual([
      { id: ID, names: ['lab.local/app@sha256:b', 'lab.local/app:1'], reportedBytes: 12_345, isPinned: true },
    ])
    expect((await runtime.containers()).value).toEqual([
      {
        id: 'c1',
        name: 'app',
        attempt: 2,
        sandboxId: 's1',
        state: 'exited',
        createdAt: AT,
        image: 'lab.local/app:1',
        imageId: ID,
      },
    ])
    expect((await runtime.sandboxes()).value).toEqual([
      { id: 's1', name: 'web', uid: 'uid-1', namespace: 'shop', attempt: 0, isReady: false, createdAt: AT },
    ])
    expect((await runtime.filesystems()).value).toEqual([
      { mountPoint: '/var/lib/containerd', usedBytes: 5_000_000_000, inodesUsed: 44 },
    ])
    expect((await runtime.writableLayers()).value).toEqual([{ containerId: 'c1', usedBytes: 5_000_000_000 }])
  })
})

describe('a runtime that does not answer as it should', () => {
  beforeEach(() => furnish('runtime.v1'))
  const IMAGES = 'runtime.v1.ImageService/ListImages'

  it.each([
    ['has no such call', { status: 12, says: 'none' }, 'not-served'],
    ['is shutting down', { status: 14, says: 'bye' }, 'unreachable'],
    ['refuses', { status: 13, says: 'disk%20full' }, 'refused'],
    ['has too much', { status: 8 }, 'too-large'],
    ['answers no protobuf', Buffer.from([0x0a, 0xff]), 'garbled'],
    ['answers with fields of another kind', field(1, message(field(1, 7))), 'garbled'],
  ] as const)('is a gap: %s', async (_, reply, why) => {
    server.reply(IMAGES, reply)
    const { gap } = await runtime.images()
    expect(gap).toMatchObject({ part: 'images', why })
  })

  it('is a gap when it is no gRPC server', async () => {
    server.reply(IMAGES, (stream) => {
      stream.respond({ ':status': 404 })
      stream.end('<html>')
    })
    expect((await runtime.images()).gap?.why).toBe('garbled')
  })

  it('is a gap when it hangs, and is asked again on a new connection', async () => {
    server.reply(IMAGES, () => calls.at(-1)?.())
    expect((await runtime.images()).gap?.why).toBe('timed-out')
    server.reply(IMAGES, field(1, image))
    expect((await runtime.images()).value).toHaveLength(1)
  })

  it('is a gap while it is gone, and is found again when it is back with another version', async () => {
    expect((await runtime.images()).value).toHaveLength(1)
    await server.close()
    expect((await runtime.images()).gap?.why).toBe('unreachable')
    server = await fakeCriServer(path.join(folder, 's'))
    furnish('runtime.v1alpha2')
    expect((await runtime.images()).value).toHaveLength(1)
  })

  it('does not take 0 bytes of images for a count', async () => {
    const uncounted = message(field(2, field(1, '/var/lib/containerd')), field(3, ''), field(4, ''))
    server.reply('runtime.v1.ImageService/ImageFsInfo', field(1, uncounted))
    expect(await runtime.filesystems()).toEqual({ value: [] })
  })

  it('can be asked for ever on one connection', async () => {
    const warnings: Error[] = []
    const hear = (warning: Error) => warnings.push(warning)
    process.on('warning', hear)
    for (let call = 0; call < 30; call++) await runtime.images()
    await new Promise(setImmediate)
    process.off('warning', hear)
    expect(warnings).toEqual([])
  })

  it('is a gap where there is no socket', async () => {
    const nobody = criRuntime(path.join(folder, 'none'), { clock })
    expect((await nobody.identity()).gap).toMatchObject({ why: 'unreachable' })
    nobody.close()
  })
})
