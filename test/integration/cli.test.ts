import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { existsSync } from 'node:fs'
import { cp, mkdir, mkdtemp, open, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startProgram } from '../e2e/running-program.ts'
import { program, startServer } from '../e2e/running-server.ts'

const SEED = 'recordings/air-gapped/incident.zh.txt'
let folder = ''
const at = (name: string) => path.join(folder, name)

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'kubepatrol-cli-'))
  await writeFile(at('empty.log'), '')
  await writeFile(at('binary.log'), Buffer.from([1, 0, 2, 0, 3]))
  await writeFile(at('cut.log.gz'), gzipSync(await readFile(SEED)).subarray(0, 3000))
  await writeFile(at('prose.txt'), 'A kubelet was attempting to delete unused images, somebody wrote.\n')
})
afterAll(() => rm(folder, { recursive: true }))

interface Outcome {
  status: number | null
  out: string
  err: string
}

interface Setting {
  input?: string
  env?: Record<string, string>
  /** Where standard output goes; a pipe unless it is said. */
  output?: number
  onOutput?: (child: ChildProcess) => void
}

function run(
  args: readonly string[],
  { input = '', env = {}, output, onOutput }: Setting = {},
): Promise<Outcome> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [program, ...args], {
      env: { ...process.env, LC_ALL: 'C.UTF-8', ...env },
      stdio: ['pipe', output ?? 'pipe', 'pipe'],
    })
    let out = ''
    let err = ''
    child.stdout?.on('data', (piece: Buffer) => {
      out += piece.toString()
      onOutput?.(child)
    })
    child.stderr?.on('data', (piece: Buffer) => (err += piece.toString()))
    child.on('close', (status) => resolve({ status, out, err }))
    child.stdin?.on('error', () => {})
    child.stdin?.end(input)
  })
}

describe('kubepatrol', () => {
  it.each([['--help'], ['--version'], ['explain', '--help'], ['serve', '--help']])(
    '%s %s',
    async (...args) => {
      const { status, out, err } = await run(args)
      expect(status).toBe(0)
      expect(out).not.toBe('')
      expect(err).toBe('')
    },
  )

  it.each([
    [['bogus'], 'There is no command "bogus".'],
    [['explian'], 'Did you mean explain?'],
    [['explain', '--bogus', SEED], 'There is no option --bogus.'],
    [['explain', '--langg', 'en', SEED], 'Did you mean --lang?'],
    [['explain', '-z', SEED], 'There is no option -z.'],
    [
      ['explain', '-o', 'xml', SEED],
      'The option --output is one of text, markdown, html, json, jsonl, not "xml".',
    ],
    [['explain', '--year', '12', SEED], 'The option --year is a whole number from 1970 to 9999, not "12".'],
    [['explain', '--year'], 'The option --year needs a value.'],
    [['serve', '--replay', 'x', '--port', '99999'], 'The option --port is a whole number from 0 to 65535'],
    [['serve', '--replay', 'x', '--speed', '0'], 'The option --speed is a number above 0, not "0".'],
    [['serve', '--replay', 'x', 'y'], 'The argument "y" is one too many.'],
  ])('wrong usage: %j', async (args, words) => {
    const { status, out, err } = await run(args)
    expect(status).toBe(2)
    expect(out).toBe('')
    expect(err).toMatch(/^KP_USAGE: .* Run "kubepatrol --help" to see what there is\.\n$/)
    expect(err).toContain(words)
  })

  it.each<[string[], Record<string, string>]>([
    [['explain', '--lang', 'zh-CN', '--nonsense'], {}],
    [['explain', '--nonsense', '--lang=zh-CN'], {}],
    [['explain', '--nonsense'], { LC_ALL: 'zh_CN.UTF-8' }],
    [['explain', '--nonsense'], { LC_ALL: '', LC_MESSAGES: '', LANG: 'zh_CN.UTF-8' }],
  ])('says in Chinese what is wrong: %j %j', async (args, env) => {
    expect((await run(args, { env })).err).toBe(
      'KP_USAGE: 没有选项 --nonsense。 运行 "kubepatrol --help" 查看用法。\n',
    )
  })

  it('says in the language asked for what failed while it ran', async () => {
    const { status, err } = await run(['serve', '--replay', at('none'), '--lang', 'zh-CN'])
    expect(status).toBe(3)
    expect(err).toContain('文件或目录不存在')
  })
})

describe('kubepatrol explain', () => {
  it('explains the rest when inputs are bad, and says which are', async () => {
    execFileSync('sh', ['-c', 'mkfifo "$0"', at('nobody-writes')])
    const bad = ['nobody-writes', 'binary.log', 'cut.log.gz', 'none.log'].map(at)
    const { status, out, err } = await run(['explain', '-o', 'json', ...bad, SEED])
    const { facts, files } = JSON.parse(out) as {
      facts: unknown[]
      files: { path: string; error: unknown }[]
    }
    expect(status).toBe(3)
    expect(facts.length).toBeGreaterThan(5)
    expect(files.filter(({ error }) => error === null).map(({ path: name }) => name)).toEqual([SEED])
    for (const code of ['UNREADABLE', 'BINARY', 'TRUNCATED', 'NOT_FOUND'])
      expect(err).toContain(`KP_INPUT_${code}: `)
  })

  it('says the same with any number of threads, of a log large enough for them, dense and sparse', async () => {
    const log = Buffer.concat(
      await Promise.all(
        ['incident', 'image-churn', 'lru-order'].map((name) => readFile(`recordings/${name}/kubelet.log.gz`)),
      ),
    )
    const text = gunzipSync(log).toString()
    const megabytes = (content: string, count: number) =>
      content.repeat(Math.ceil((count * 1024 * 1024) / content.length))
    const plain = 'I1124 08:22:34.622879   13241 reconciler.go:224] "Nothing of interest"\n'
    const sparse = text + megabytes(plain, 4)
    await writeFile(at('large.log'), megabytes(text, 9) + megabytes(sparse, 12))
    const [one, three] = await Promise.all(
      ['1', '3'].map((jobs) => run(['explain', '-o', 'json', '--jobs', jobs, at('large.log')])),
    )
    expect(one?.status).toBe(0)
    expect(three?.out).toBe(one?.out)
    expect(one?.out.length).toBeGreaterThan(10_000)
  })

  it('writes one HTML file with a picture', async () => {
    const { out } = await run(['explain', '-o', 'html', '--lang', 'zh-CN', SEED])
    expect(out).toMatch(/^<!doctype html>\n<html lang="zh-CN">[\s\S]*<svg [\s\S]*<\/html>\n$/)
  })

  it('reads lists of events, in JSON and YAML', async () => {
    const event = (reason: string, message: string) =>
      `{"involvedObject":{"kind":"Node","name":"n1"},"metadata":{"name":"n1.${reason}"},"reason":"${reason}","message":"${message}","firstTimestamp":"2026-11-24T08:22:34Z"}`
    const list = `{"apiVersion":"v1","items":[${event('EvictionThresholdMet', 'Attempting to reclaim inodes')}],"kind":"List"}`
    await writeFile(at('events.json'), list)
    await writeFile(
      at('events.yaml'),
      `apiVersion: v1\nitems:\n- involvedObject:\n    kind: Node\n    name: n1\n  metadata:\n    name: n1.1\n  reason: EvictionThresholdMet\n  message: Attempting to reclaim inodes\n  firstTimestamp: "2026-11-24T08:22:34Z"\n`,
    )
    const { out } = await run(['explain', '-o', 'json', at('events.json'), at('events.yaml')])
    const { facts } = JSON.parse(out) as {
      facts: { id: string; at: string; count: number }[]
    }
    expect(facts.filter(({ id }) => id === 'eviction-threshold-met')).toMatchObject([
      {
        id: 'eviction-threshold-met',
        at: '2026-11-24T08:22:34Z',
        count: 2,
      },
    ])
  })

  it('explains the log of an air-gapped cluster: the disk, not the registry, lost its images', async () => {
    const { status, out } = await run(['explain', '-o', 'json', SEED])
    expect(status).toBe(0)
    const { facts, incidents, nodeDisk } = JSON.parse(out) as {
      facts: { id: string; at: string | null; atText: string | null; fields: object; source: object }[]
      incidents: {
        cause: { id: string }
        chain: { id: string; because: string }[]
        affected: { pods: string[] }
      }[]
      nodeDisk: string
    }
    expect([...new Set(facts.map(({ id }) => id))].toSorted()).toEqual([
      'eviction-kill-timeout',
      'image-gc-failed',
      'image-gc-freed-nothing',
      'image-gc-removed-image',
      'image-gc-started',
      'image-pull-failed-network',
      'manifests-path-missing',
      'node-level-reclaim',
      'orphaned-pod-volumes',
    ])
    expect(facts.find(({ id }) => id === 'image-gc-started')).toMatchObject({
      at: null,
      fields: {
        usagePercent: 86,
        highThresholdPercent: 85,
        lowThresholdPercent: 80,
        bytesToFree: 21_849_563_955,
      },
    })
    expect(incidents.map(({ cause }) => cause.id)).toEqual(['disk-filled', 'orphaned-pod-directory'])
    expect(incidents[0]?.chain.map(({ id }) => id)).toContain('image-pull-failed-network')
    expect(nodeDisk).not.toBe('not-stated')
  })

  it('dates lines by --year', async () => {
    const { out } = await run(['explain', '-o', 'json', '--year', '2020', SEED])
    const { facts } = JSON.parse(out) as { facts: { id: string; at: string }[] }
    expect(facts.find(({ id }) => id === 'image-gc-started')?.at).toBe('2020-11-07T07:21:22.883681Z')
  })

  it('explains a recorded kubelet log, whose lines tell their year themselves', async () => {
    const { out } = await run(['explain', '-o', 'json', 'recordings/incident'])
    const { incidents } = JSON.parse(out) as {
      incidents: {
        cause: { id: string }
        chain: { id: string; at: string }[]
        affected: { images: string[] }
      }[]
    }
    expect(incidents).toHaveLength(1)
    expect(incidents[0]?.cause.id).toBe('disk-filled')
    expect(incidents[0]?.chain[0]?.at).toMatch(/^2026-11-24T08:22:34\.\d{6}Z$/)
    expect(incidents[0]?.affected.images).toContain('lab.local/busybox:1.35')
  })

  it('finds nothing wrong with a healthy node', async () => {
    const { status, out } = await run(['explain', '--fail-on', 'info', 'recordings/healthy/kubelet.log.gz'])
    expect(status).toBe(0)
    expect(out).toContain('Nothing is wrong')
  })

  it.each([
    ['empty.log', 0, 'the file is empty'],
    ['nothing.log', 3, 'KP_INPUT_NOT_FOUND'],
    ['binary.log', 3, 'KP_INPUT_BINARY'],
    ['cut.log.gz', 3, 'KP_INPUT_TRUNCATED'],
  ])('%s: exit status %d, %s', async (name, expected, words) => {
    const { status, err } = await run(['explain', at(name)])
    expect(status).toBe(expected)
    expect(err).toContain(words)
    expect(err).not.toMatch(/^\s+at /m)
  })

  it('explains what it can read when one of the files cannot be', async () => {
    const { status, out } = await run([
      'explain',
      '-o',
      'json',
      at('nothing.log'),
      SEED,
      '--fail-on',
      'critical',
    ])
    expect(status).toBe(3)
    const { incidents, files } = JSON.parse(out) as {
      incidents: unknown[]
      files: { error: string | null }[]
    }
    expect(incidents.length).toBeGreaterThan(0)
    expect(files.map(({ error }) => error !== null)).toEqual([true, false])
  })

  it('exits with 1 for an incident as severe as --fail-on', async () => {
    expect((await run(['explain', '--fail-on', 'critical', SEED])).status).toBe(1)
  })

  it('states nothing of prose', async () => {
    expect(JSON.parse((await run(['explain', '-o', 'json', at('prose.txt')])).out)).toMatchObject({
      facts: [],
      incidents: [],
    })
  })

  it('reads standard input, and writes lines of JSON, Markdown and Chinese', async () => {
    const log = await readFile(SEED, 'utf8')
    const { out } = await run(['explain', '-o', 'jsonl'], { input: log })
    const facts = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { id: string; count: number })
    expect(facts.filter(({ id }) => id === 'image-pull-failed-network')).toHaveLength(2)
    expect((await run(['explain', '-o', 'markdown', '--lang', 'zh-CN', '-'], { input: log })).out).toContain(
      '节点磁盘被写满',
    )
  })

  it('says so when there is nothing to read', async () => {
    const none = await open('/dev/null')
    const child = spawn(process.execPath, [program, 'explain'], { stdio: [none.fd, 'ignore', 'pipe'] })
    let err = ''
    child.stderr?.on('data', (piece: Buffer) => (err += piece.toString()))
    expect(await new Promise((resolve) => child.on('close', resolve))).toBe(2)
    expect(err).toContain('KP_USAGE')
    await none.close()
  })

  it('obeys no escape sequence in the name of a file', async () => {
    await mkdir(at('hostile'))
    await writeFile(at('hostile/a\u001b[31m\u202e.log'), Buffer.from([1, 0, 2]))
    const { status, err } = await run(['explain', at('hostile')])
    expect(status).toBe(3)
    expect(err).toContain('KP_INPUT_BINARY')
    expect(err).not.toMatch(/[\u001b\u202e]/)
  })

  it('ends quietly, before its input does, when nobody reads on', async () => {
    const log = await readFile(SEED)
    const child = spawn(process.execPath, [program, 'explain', '-o', 'jsonl', '-'])
    let err = ''
    child.stderr.on('data', (piece: Buffer) => (err += piece.toString()))
    child.stdout.once('data', () => child.stdout.destroy())
    child.stdin.on('error', () => {})
    const feed = () => {
      while (child.stdin.writable && child.stdin.write(log)) continue
    }
    child.stdin.on('drain', feed)
    feed()
    await new Promise((resolve) => child.on('close', resolve))
    expect(err).toBe('')
  })

  it.runIf(existsSync('/dev/full')).each(['text', 'json', 'jsonl'])(
    'says so when its output is lost: %s',
    async (form) => {
      const full = await open('/dev/full', 'w')
      const { status, err } = await run(['explain', '-o', form, SEED], { output: full.fd })
      await full.close()
      expect(status).toBe(3)
      expect(err).toContain('KP_OUTPUT_FAILED')
      expect(err).toContain('ENOSPC')
      expect(err.trim().split('\n')).toHaveLength(1)
    },
  )

  it('colours nothing that is no terminal, and keeps to 80 columns where words allow', async () => {
    const { out } = await run(['explain', SEED], { env: { CI: 'true', FORCE_COLOR: '1' } })
    expect(out).not.toContain('\u001b')
    const long = out.split('\n').filter((line) => line.length > 80 && line.includes(' ', 20))
    expect(long).toEqual([])
  })
})

describe('kubepatrol serve', () => {
  it('prints one line with its address, serves the token, tells on the terminal, and ends when asked', async () => {
    const server = await startServer('recordings/incident', '--speed', '1000')
    await server.printed(/The recording is over/)
    const withPort = server.lines.filter((line) => line.includes(`:${server.port}`))
    expect(withPort).toHaveLength(1)
    expect(withPort[0]).toMatch(/#token=[\w-]+$/)
    expect(server.lines.join('\n')).not.toContain('\u001b')
    expect(server.lines.join('\n')).toContain('OPENED')
    const answer = await fetch(`http://127.0.0.1:${server.port}/api/v1/incidents`, {
      headers: { Authorization: `Bearer ${server.token}` },
    })
    const { items } = (await answer.json()) as { items: { state: string; cause: string }[] }
    expect(items).toMatchObject([{ state: 'open', cause: 'disk-filled' }])
    expect(await server.stop()).toBe(0)
  })

  it('keeps the address that opens the page in a file, where it is told to, and prints the token nowhere', async () => {
    const file = at('address')
    const server = startProgram([
      'serve',
      '--replay',
      'recordings/healthy',
      '--port',
      '0',
      '--address-file',
      file,
    ])
    await server.printed(/its address is in/)
    const address = new URL((await readFile(file, 'utf8')).trim())
    const token = address.hash.replace('#token=', '')
    expect(server.lines.join('\n')).not.toContain(token)
    const answer = await fetch(new URL('/api/v1/incidents', address), {
      headers: { Authorization: `Bearer ${token}` },
    })
    expect(answer.status).toBe(200)
    expect(await server.stop()).toBe(0)
    expect(existsSync(file)).toBe(false)
  })

  it('ends well however soon it is asked to, once it has said where it is', async () => {
    const { status, err } = await run(['serve', '--replay', 'recordings/healthy', '--port', '0'], {
      onOutput: (child) => child.kill('SIGTERM'),
    })
    expect(err).toBe('')
    expect(status).toBe(0)
  })

  it('says so when the port is in use', async () => {
    const blocker = createServer()
    const port = await new Promise<number>((resolve) =>
      blocker.listen(0, '127.0.0.1', () => resolve((blocker.address() as { port: number }).port)),
    )
    const { status, err } = await run(['serve', '--replay', 'recordings/healthy', '--port', String(port)])
    blocker.close()
    expect(status).toBe(2)
    expect(err).toContain('KP_PORT_IN_USE')
  })

  it.each<[string, (recording: string) => Promise<void>, string, string]>([
    [
      'no snapshot of the settings',
      (recording) => rm(path.join(recording, 'before-configz.json')),
      'KP_RECORDING_INCOMPLETE',
      'before-configz.json',
    ],
    [
      'no readings',
      (recording) => rm(path.join(recording, 'statfs.tsv.gz')),
      'KP_RECORDING_INCOMPLETE',
      'statfs.tsv',
    ],
    [
      'no kubelet log',
      (recording) => rm(path.join(recording, 'kubelet.log.gz')),
      'KP_RECORDING_INCOMPLETE',
      'kubelet.log',
    ],
    [
      'objects that are no JSON',
      (recording) => writeFile(path.join(recording, 'mid-objects.json'), '{"items": ['),
      'KP_RECORDING_BROKEN',
      'mid-objects.json',
    ],
    [
      'a cut log',
      async (recording) =>
        writeFile(
          path.join(recording, 'kubelet.log.gz'),
          (await readFile('recordings/incident/kubelet.log.gz')).subarray(0, 5000),
        ),
      'KP_RECORDING_BROKEN',
      'kubelet.log.gz',
    ],
    [
      'a row that is none',
      (recording) => writeFile(path.join(recording, 'statfs.tsv'), 'head\nx\ty\nz\n'),
      'KP_RECORDING_BROKEN',
      'statfs.tsv',
    ],
  ])('refuses a recording with %s', async (_, breakIt, code, name) => {
    const recording = at('recording')
    await cp('recordings/incident', recording, { recursive: true })
    await breakIt(recording)
    const { status, err } = await run(['serve', '--replay', recording, '--port', '0'])
    expect(status).toBe(3)
    expect(err).toContain(code)
    expect(err).toContain(name)
    expect(err).not.toMatch(/^\s+at /m)
    await rm(recording, { recursive: true })
  })

  it('refuses a recording that is not there', async () => {
    const { status, err } = await run(['serve', '--replay', at('none'), '--port', '0'])
    expect(status).toBe(3)
    expect(err).toContain('KP_INPUT_NOT_FOUND')
  })
})
