import { execFile } from 'node:child_process'
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { program } from '../e2e/running-server.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'kubepatrol-simulate-'))
})
afterAll(() => rm(folder, { recursive: true }))

interface Outcome {
  status: number
  out: string
  err: string
}

function run(...args: string[]): Promise<Outcome> {
  return new Promise((resolve) => {
    const env = { ...process.env, LC_ALL: 'C.UTF-8' }
    const child = execFile(process.execPath, [program, ...args], { env }, (_, out, err) =>
      resolve({ status: child.exitCode ?? -1, out, err }),
    )
  })
}

async function simulateText(text: string): Promise<Outcome> {
  const file = path.join(folder, 'node.yaml')
  await writeFile(file, text)
  return run('simulate', file)
}

interface Actions {
  actions: { at: string; kind: string; wantedBytes?: number; freedBytes?: number; why: string }[]
}
const DISK = 'filesystems: { nodefs: { capacity: 100Gi, available: 40Gi } }'
const configured = (settings: string) =>
  `kubelet: { version: v1.20.2, configuration: { ${settings} } }\n${DISK}`

describe('kubepatrol simulate', () => {
  it('plays the example of the documentation, in JSON', async () => {
    const { status, out, err } = await run('simulate', 'examples/air-gapped-node.yaml', '-o', 'json')
    const { actions } = JSON.parse(out) as Actions
    expect({ status, err }).toEqual({ status: 0, err: '' })
    expect(actions[0]).toMatchObject({
      at: expect.stringContaining('2026-01-01T01:2'),
      kind: 'image-gc-failed',
      victims: [{ name: 'lab.local/pause:3.2' }, { name: 'lab.local/old-app:0.9' }],
      wantedBytes: 5_316_112_292,
      freedBytes: 1_154_202_350,
    })
    expect(actions.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['pressure', 'evict-pod']))
  })

  it('lays changes over it', async () => {
    const { status, out } = await run(
      'simulate',
      'examples/air-gapped-node.yaml',
      '--compare',
      'examples/bigger-disk.yaml',
    )
    expect(status).toBe(0)
    expect(out).toContain('With the changes in examples/bigger-disk.yaml:\n\nThe kubelet does nothing')
  })

  it('says what the kubelet of a recording must have done, in lines that fit a terminal', async () => {
    const { status, out } = await run('simulate', '--run', 'recordings/incident')
    expect(status).toBe(0)
    expect(out).toContain('2026-11-24 08:22:34  Eviction\n    Takes log/es-0.')
    expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80)
  })

  it.each([
    [
      'no capacity',
      'kubelet: { version: v1.20.2 }\nfilesystems: { nodefs: { capacity: 0, available: 0 } }',
      2,
      /capacity: is 0/,
    ],
    [
      'more available than there is',
      `kubelet: { version: v1.20.2 }\nfilesystems: { nodefs: { capacity: 1Gi, available: 2Gi } }`,
      2,
      /larger than the capacity/,
    ],
    [
      'more inodes free than there are',
      `kubelet: { version: v1.20.2 }\nfilesystems: { nodefs: { capacity: 2Gi, available: 1Gi, inodes: 5, inodesFree: 9 } }`,
      2,
      /inodesFree: is larger than inodes/,
    ],
    ['a version that is none', `kubelet: { version: banana }\n${DISK}`, 3, /^KP_VERSION_UNKNOWN: "banana"/],
    [
      'thresholds the wrong way round',
      configured('imageGCHighThresholdPercent: 70'),
      2,
      /imageGCLowThresholdPercent: is not below/,
    ],
    [
      'a soft threshold without grace',
      configured('evictionSoft: { nodefs.available: 20% }'),
      2,
      /nodefs.available: has no grace period/,
    ],
    [
      'a threshold that is no quantity',
      configured('evictionHard: { nodefs.available: much }'),
      2,
      /"?much"? is no value/,
    ],
    ['a duration that is none', configured('imageMinimumGCAge: soon'), 2, /imageMinimumGCAge/],
    [
      'an image without a size',
      `kubelet: { version: v1.20.2 }\n${DISK}\nimages: [{ name: a }]`,
      2,
      /images.0.size/,
    ],
    ['what is no YAML', '[1, 2', 2, /^KP_NODE_INVALID/],
    [
      'YAML that breaks off in the middle',
      'kubelet: {}\n  broken: [\n',
      2,
      /KP_NODE_INVALID.* at line [12],/,
    ],
    ['nothing at all', '', 2, /^KP_NODE_INVALID/],
  ])('refuses %s', async (_, text, status, message) => {
    const outcome = await simulateText(text)
    expect(outcome).toMatchObject({ status, out: '', err: expect.stringMatching(message) })
    expect(outcome.err).not.toMatch(/NaN|undefined|at .*\.js/)
  })

  it.each([
    [['simulate'], 2, /^KP_USAGE/],
    [['simulate', 'a.yaml', '--run', 'recordings/incident'], 2, /^KP_USAGE/],
    [['simulate', '--run', 'recordings/incident', '--compare', 'b.yaml'], 2, /^KP_USAGE/],
    [['simulate', 'missing.yaml'], 3, /^KP_INPUT_NOT_FOUND/],
    [['simulate', '--run', 'docs'], 3, /^KP_RECORDING_INCOMPLETE/],
  ])('%j', async (args, status, message) => {
    expect(await run(...args)).toMatchObject({ status, err: expect.stringMatching(message) })
  })
})

describe('kubepatrol forecast', () => {
  const args = ['forecast', '--replay', 'recordings/container-gc', '--at', '2026-11-25T10:08:37Z']

  it('says when, what and whom, in lines that fit a terminal', async () => {
    const { status, out } = await run(...args, '--horizon', '1h')
    expect(status).toBe(0)
    expect(out).toMatch(/Levels\n {2}Image collection starts \(85% used\): /)
    expect(out).toContain('What the kubelet will do')
    expect(out).toMatch(
      /No pod can start on this node any more once its pause image\s+lab\.local\/pause:3\.2/,
    )
    expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80)
  })

  it('speaks Chinese', async () => {
    const { out } = await run(...args, '--lang', 'zh-CN')
    expect(out).toContain('kubelet 将采取的动作')
  })

  it('has a document, with null for what is not within the horizon', async () => {
    const { out } = await run(...args, '--horizon', '1h', '-o', 'json', 'lab-node')
    const { forecasts } = JSON.parse(out) as { forecasts: { levels: { id: string; at: unknown }[] }[] }
    expect(forecasts).toHaveLength(1)
    expect(forecasts[0]?.levels.find(({ id }) => id === 'inodes-full')?.at).toEqual({
      p10: null,
      p50: null,
      p90: null,
    })
  })

  it.each([
    [['other-node'], 2, /^KP_NODE_UNKNOWN: There is no node "other-node". The nodes are: lab-node/],
    [['--at', 'yesterday'], 2, /^KP_USAGE/],
    [['--horizon', '-1h'], 2, /^KP_USAGE/],
    [['--horizon', '9000h'], 2, /^KP_USAGE/],
  ])('%j', async (more, status, message) => {
    const base = more[0] === '--at' ? args.slice(0, 3) : args
    expect(await run(...base, ...more)).toMatchObject({ status, err: expect.stringMatching(message) })
  })
})

describe('kubepatrol simulate --run of a recording that says what cannot be', () => {
  /** The recording with one part of it written anew. */
  async function broken(part: string, content: (text: string) => string): Promise<Outcome> {
    const copy = await mkdtemp(path.join(folder, 'run-'))
    await cp('recordings/soft-reset', copy, { recursive: true })
    const packed = path.join(copy, `${part}.gz`)
    const text = await readFile(packed).then(
      (bytes) => gunzipSync(bytes).toString(),
      () => readFile(path.join(copy, part), 'utf8'),
    )
    await rm(packed, { force: true })
    await writeFile(path.join(copy, part), content(text))
    return run('simulate', '--run', copy, '-o', 'json')
  }

  it('names settings that a kubelet refuses, and simulates without them', async () => {
    const settings = {
      imageGCHighThresholdPercent: 70,
      imageGCLowThresholdPercent: 80,
      imageMinimumGCAge: 'soon',
    }
    const { status, out, err } = await broken('before-configz.json', () =>
      JSON.stringify({ kubeletconfig: settings }),
    )
    expect(status).toBe(3)
    expect(err).toContain('configz: imageMinimumGCAge: "soon" is no value that a kubelet takes')
    expect(err).toContain(
      'configz: imageGCLowThresholdPercent: is not below imageGCHighThresholdPercent (70)',
    )
    expect(JSON.parse(out)).toHaveProperty('actions')
  })

  it('refuses readings without any capacity', async () => {
    const { status, out, err } = await broken('statfs.tsv', (text) =>
      text.replaceAll(/\t4096\t\d+\t/g, '\t4096\t0\t'),
    )
    expect([status, out]).toEqual([3, ''])
    expect(err).toContain('KP_RECORDING_BROKEN')
    expect(err).toContain('a capacity of 0 bytes throughout')
  })
})
