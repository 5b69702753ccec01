import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer as createTcpServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { registryProbe } from '../../src/adapters/observe/registry-probe/registry-probe.ts'
import type { ImageRegistries } from '../../src/core/observe/image-registries.ts'
import { digestOf, hostAt, imageRegistriesContract, INDEX, type StartedRegistry } from './image-registries.ts'

/** Debian's package of that name. */
const PROGRAM = 'docker-registry'

type Answer = (request: IncomingMessage, response: ServerResponse) => boolean

/** Keeps manifests by repository and digest; `intercept` answers first. */
async function fakeRegistry(intercept: Answer = () => false): Promise<StartedRegistry & { asked: string[] }> {
  const kept = new Map<string, string>()
  const asked: string[] = []
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url} ${request.headers.authorization ?? ''}`.trim())
    if (intercept(request, response)) return
    const manifest = kept.get(new URL(request.url ?? '', 'http://x').pathname)
    if (manifest === undefined) return void response.writeHead(404).end('{"errors":[]}')
    response.writeHead(200, { 'docker-content-digest': digestOf(manifest) }).end(manifest)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    asked,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    push(repository, manifest) {
      kept.set(`/v2/${repository}/manifests/${digestOf(manifest)}`, manifest)
      return Promise.resolve(digestOf(manifest))
    },
    async close() {
      server.closeAllConnections()
      if (server.listening) await new Promise((resolve) => server.close(resolve))
    },
  }
}

async function freePort(): Promise<number> {
  const server = createTcpServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

/** Debian's registry, with its data in a folder of its own. */
async function realRegistry(): Promise<StartedRegistry> {
  const folder = await mkdtemp(path.join(tmpdir(), 'kubepatrol-registry-'))
  const port = await freePort()
  const file = path.join(folder, 'config.yml')
  await writeFile(
    file,
    `version: 0.1\nlog: {level: error}\nstorage: {filesystem: {rootdirectory: ${folder}/data}}\nhttp: {addr: "127.0.0.1:${port}"}\n`,
  )
  const child = spawn(PROGRAM, ['serve', file], { stdio: 'ignore' })
  const url = `http://127.0.0.1:${port}`
  await expect
    .poll(
      () =>
        fetch(`${url}/v2/`).then(
          ({ status }) => status,
          () => 0,
        ),
      { timeout: 20_000 },
    )
    .toBe(200)
  return {
    url,
    async push(repository, manifest) {
      const digest = digestOf(manifest)
      const headers = { 'content-type': 'application/vnd.oci.image.index.v1+json' }
      const answer = await fetch(`${url}/v2/${repository}/manifests/${digest}`, {
        method: 'PUT',
        headers,
        body: manifest,
      })
      expect(answer.status).toBe(201)
      return digest
    },
    async close() {
      if (child.exitCode === null && child.signalCode === null) {
        child.kill('SIGKILL')
        await once(child, 'exit')
      }
      await rm(folder, { recursive: true, force: true })
    },
  }
}

imageRegistriesContract('a fake registry', () => fakeRegistry())

const isInstalled = spawnSync(PROGRAM, ['--version']).status === 0
describe.skipIf(!isInstalled)(
  isInstalled ? 'installed' : 'docker-registry is not installed: the contract is not run on it',
  { timeout: 30_000 },
  () => imageRegistriesContract('the registry of Debian', realRegistry),
)

describe('a registry that', () => {
  const open: { close(): Promise<void> }[] = []
  afterEach(async () => {
    for (const each of open.splice(0)) await each.close()
  })
  async function registry(intercept?: Answer) {
    const started = await fakeRegistry(intercept)
    open.push(started)
    return started
  }
  const probe = (...urls: string[]): ImageRegistries => {
    const registries = registryProbe(() => Promise.resolve(urls.map(hostAt)))
    open.unshift(registries)
    return registries
  }
  const reference = { registry: 'docker.io', repository: 'library/app', digest: digestOf(INDEX) }

  it.each<[string, Answer, string]>([
    [
      'is a sign-in page',
      (_, response) => !!response.writeHead(200, { 'content-type': 'text/html' }).end('<html>'),
      'garbled',
    ],
    [
      'has something else by that digest',
      (_, response) =>
        !!response.writeHead(200, { 'docker-content-digest': `sha256:${'1'.repeat(64)}` }).end(),
      'garbled',
    ],
    [
      'wants a name and a password',
      (_, response) => !!response.writeHead(401, { 'www-authenticate': 'Basic realm="x"' }).end(),
      'sign-in',
    ],
    [
      'sends us for a token elsewhere',
      (_, response) =>
        !!response
          .writeHead(401, { 'www-authenticate': 'Bearer realm="http://169.254.169.254/token"' })
          .end(),
      'sign-in',
    ],
    ['forbids it', (_, response) => !!response.writeHead(403).end(), 'sign-in'],
    ['is asked too often', (_, response) => !!response.writeHead(429).end(), 'refused'],
    ['is broken', (_, response) => !!response.writeHead(503).end(), 'refused'],
    [
      'sends us to an address',
      (_, response) => !!response.writeHead(307, { location: 'http://169.254.169.254/' }).end(),
      'garbled',
    ],
    [
      'sends us around in circles',
      (request, response) => !!response.writeHead(307, { location: request.url ?? '' }).end(),
      'garbled',
    ],
    [
      'never ends',
      (request, response) => {
        response.writeHead(200)
        if (request.method === 'HEAD') response.end()
        else response.end(Buffer.alloc(5 * 1024 * 1024))
        return true
      },
      'garbled',
    ],
    ['hangs up', (_, response) => !!response.destroy(), 'unreachable'],
  ])('%s leaves it unknown', async (_, answer, why) => {
    const { url } = await registry(answer)
    expect(await probe(url).ask(reference)).toMatchObject({ state: 'unknown', why })
  })

  it('states no digest is believed by the manifest itself', async () => {
    const { url } = await registry((_, response) => !!response.writeHead(200).end(INDEX))
    expect(await probe(url).ask(reference)).toMatchObject({ state: 'yes' })
  })

  it('knows no HEAD is asked for the whole', async () => {
    const { url } = await registry((request, response) => {
      if (request.method === 'HEAD') response.writeHead(405).end()
      else response.writeHead(200).end(INDEX)
      return true
    })
    expect(await probe(url).ask(reference)).toMatchObject({ state: 'yes' })
  })

  it('gives a token to anybody is shown it, and nobody else', async () => {
    const { url, asked, push } = await registry((request, response) => {
      if (request.url?.startsWith('/token')) {
        response.end('{"token":"for-anybody"}')
        return true
      }
      if (request.headers.authorization !== undefined) return false
      const realm = `http://${request.headers.host}/token`
      response
        .writeHead(401, {
          'www-authenticate': `Bearer realm="${realm}",service="s",scope="registry:catalog:*"`,
        })
        .end()
      return true
    })
    await push(reference.repository, INDEX)
    expect(await probe(url).ask(reference)).toMatchObject({ state: 'yes' })
    const manifest = `/v2/library/app/manifests/${reference.digest}`
    expect(asked).toEqual([
      `HEAD ${manifest}`,
      'GET /token?service=s&scope=repository%3Alibrary%2Fapp%3Apull',
      `HEAD ${manifest} Bearer for-anybody`,
    ])
  })

  it('has it is enough, whatever the others say', async () => {
    const [empty, full] = [await registry(), await registry()]
    await full.push(reference.repository, INDEX)
    expect(await probe(empty.url, full.url).ask(reference)).toMatchObject({ state: 'yes' })
    expect(await probe(full.url, empty.url).ask(reference)).toMatchObject({ state: 'yes' })
  })

  it('has it not is not enough where another cannot be asked', async () => {
    const empty = await registry()
    const broken = await registry((_, response) => !!response.writeHead(500).end())
    expect(await probe(broken.url, empty.url).ask(reference)).toMatchObject({
      state: 'unknown',
      why: 'refused',
    })
    expect(await probe(empty.url, empty.url).ask(reference)).toMatchObject({ state: 'no', why: 'missing' })
  })

  it('is a mirror is told whose image it is', async () => {
    const { url, asked } = await registry()
    const mirror = registryProbe(() => Promise.resolve([{ ...hostAt(url), isMirror: true }]))
    open.unshift(mirror)
    await mirror.ask(reference)
    expect(asked).toEqual([`HEAD /v2/library/app/manifests/${reference.digest}?ns=docker.io`])
  })
})
