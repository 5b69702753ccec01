import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

let folder: string
let config: string
let server: Server
const bodies: string[] = []

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'kubepatrol-notify-'))
  config = path.join(folder, 'kubepatrol.yaml')
  bodies.length = 0
  server = createServer((request, response) => {
    let body = ''
    request.on('data', (piece: Buffer) => (body += piece.toString()))
    request.on('end', () => {
      bodies.push(body)
      response.writeHead(request.url === '/no' ? 403 : 200).end('whisper')
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const channels = [
    { type: 'webhook', name: 'good', url: `${url}/yes` },
    { type: 'webhook', name: 'bad', url: `${url}/no`, secret: { env: 'SECRET' } },
  ]
  await writeFile(config, JSON.stringify({ channels }))
})
afterEach(async () => {
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
  await rm(folder, { recursive: true })
})

function notify(...args: readonly string[]): Promise<{ status: number; stdout: string; stderr: string }> {
  const program = path.resolve('dist/kubepatrol.js')
  const env = { ...process.env, SECRET: 'whisper', LC_ALL: 'C' }
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      [program, 'notify', 'test', ...args],
      { env },
      (_, stdout, stderr) => {
        resolve({ status: child.exitCode ?? -1, stdout, stderr })
      },
    )
  })
}

describe('kubepatrol notify test', () => {
  it('says of each channel how it went, and fails when one did', async () => {
    const { status, stdout } = await notify('--config', config)
    expect(status).toBe(3)
    expect(stdout).toMatch(/^good \(webhook\): delivered in \d+ ms$/m)
    expect(stdout).toMatch(/^bad \(webhook\): not delivered\.\n {2}KP_CHANNEL_REFUSED: .*HTTP 403/m)
    expect(stdout).not.toContain('whisper')
    expect(bodies.map((body) => (JSON.parse(body) as { kind: string }).kind)).toEqual(['test', 'test'])
  })

  it('tries only the one that is named, in Chinese when asked', async () => {
    const { status, stdout } = await notify('good', '--config', config, '--lang', 'zh-CN')
    expect({ status, stdout: stdout.replace(/\d+/, 'N') }).toEqual({
      status: 0,
      stdout: 'good（webhook）：已送达，用时 N 毫秒\n',
    })
    expect(bodies).toHaveLength(1)
  })

  it('says which channels there are when it does not know one', async () => {
    const { status, stderr } = await notify('none', '--config', config)
    expect(status).toBe(2)
    expect(stderr).toContain(
      'KP_CHANNEL_UNKNOWN: There is no channel "none". The configuration has: good, bad.',
    )
  })

  it('says what is wrong with a configuration', async () => {
    await writeFile(config, 'channels: [{type: slack}]')
    const { status, stderr } = await notify('--config', config)
    expect(status).toBe(2)
    expect(stderr).toContain('KP_CONFIG_INVALID')
  })
})
