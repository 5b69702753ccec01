import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { loadConnection } from '../../src/adapters/observe/kubernetes-api/kubeconfig/load-connection.ts'
import { connectToCluster } from '../../src/adapters/observe/kubernetes-api/kubernetes-api.ts'
import { systemClock } from '../../src/adapters/observe/kubernetes-api/system-clock.ts'
import type { KubepatrolError } from '../../src/core/errors/kubepatrol-error.ts'
import { startFakeApiServer, type FakeApiServer } from '../fake-api-server/fake-api-server.ts'
import { kubeconfigText } from '../../src/apps/lab/api/kubeconfig-text.ts'
import { startHttpProxy, startSocksProxy, type LoopbackProxy } from '../fake-api-server/loopback-proxy.ts'
import { populate } from '../fake-api-server/small-cluster.ts'

/** A name that only the proxy finds: what gets there went through it. */
const API = 'api.example'

let server: FakeApiServer
let folder: string
let proxies: LoopbackProxy[]
beforeEach(async () => {
  server = await startFakeApiServer({ hosts: [API, 'localhost'] })
  populate(server)
  folder = await mkdtemp(path.join(tmpdir(), 'kubepatrol-proxy-'))
  proxies = []
})
afterEach(async () => {
  for (const proxy of proxies) await proxy.close()
  await server.close()
  await rm(folder, { recursive: true })
})

const apiPort = () => Number(new URL(server.url).port)
async function started(proxy: Promise<LoopbackProxy>): Promise<LoopbackProxy> {
  const running = await proxy
  proxies.push(running)
  return running
}
const ownTls = () => server.authority.issue({ commonName: 'proxy', hosts: ['127.0.0.1'] })

/** Lists nodes as a kubeconfig and an environment say. @returns their names, or why there are none */
async function nodes({
  url = `https://${API}:6443`,
  proxyUrl,
  env = {},
}: {
  url?: string
  proxyUrl?: string
  env?: Record<string, string>
}) {
  const file = path.join(folder, 'config')
  const { authority, token } = server
  const config = JSON.parse(kubeconfigText({ url, authority, token })) as {
    clusters: [{ cluster: Record<string, string> }]
  }
  if (proxyUrl !== undefined) config.clusters[0].cluster['proxy-url'] = proxyUrl
  await writeFile(file, JSON.stringify(config))
  const world = { env, home: folder, hasTerminal: false, clock: systemClock }
  const { connection } = await loadConnection({ kubeconfig: file }, world)
  const connected = await connectToCluster(connection, { clock: systemClock, random: () => 0 }).catch(
    (failure: KubepatrolError) => failure,
  )
  if (connected instanceof Error) return `${connected.code}: ${connected.describe('en')}`
  const { value } = await connected.api.list('nodes')
  await connected.api.close()
  return value?.objects.map(({ metadata }) => metadata.name)
}
const BOTH = ['node-0', 'node-1']

describe('a proxy in between', () => {
  it('is that of the environment', async () => {
    const proxy = await started(startHttpProxy(apiPort()))
    expect(await nodes({ env: { HTTPS_PROXY: `127.0.0.1:${proxy.port}` } })).toEqual(BOTH)
    expect(new Set(proxy.asked)).toEqual(new Set([`${API}:6443`]))
  })

  it('is that of the kubeconfig before that of the environment', async () => {
    const proxy = await started(startHttpProxy(apiPort()))
    const proxyUrl = `http://127.0.0.1:${proxy.port}`
    expect(await nodes({ proxyUrl, env: { HTTPS_PROXY: 'http://127.0.0.1:1', NO_PROXY: '*' } })).toEqual(BOTH)
  })

  it.each([
    ['a user and a password', 'user:word%21%20%E5%AD%97', 'user:word! 字'],
    ['a user alone', 'user', 'user:'],
    ['what is no percent sign of an escape', '100%:50%', '100%:50%'],
  ])('is shown %s', async (_, inUrl, credentials) => {
    const proxy = await started(startHttpProxy(apiPort(), { credentials }))
    expect(await nodes({ proxyUrl: `http://${inUrl}@127.0.0.1:${proxy.port}` })).toEqual(BOTH)
  })

  it('says so when it refuses, and keeps what it was shown', async () => {
    const proxy = await started(startHttpProxy(apiPort(), { credentials: 'user:right' }))
    const said = await nodes({ proxyUrl: `http://user:hidden-word@127.0.0.1:${proxy.port}` })
    expect(said).toMatch(/^KP_API_UNREACHABLE: .*the proxy answers with HTTP 407/)
    expect(said).not.toContain('hidden-word')
  })

  it('is reached over TLS, if the authority of the cluster or a public one knows it', async () => {
    const proxy = await started(startHttpProxy(apiPort(), { tls: ownTls(), credentials: 'a:b' }))
    expect(await nodes({ proxyUrl: `https://a:b@127.0.0.1:${proxy.port}` })).toEqual(BOTH)
    const stranger = await startFakeApiServer()
    const tls = stranger.authority.issue({ commonName: 'proxy', hosts: ['127.0.0.1'] })
    await stranger.close()
    const unknown = await started(startHttpProxy(apiPort(), { tls }))
    expect(await nodes({ proxyUrl: `https://127.0.0.1:${unknown.port}` })).toMatch(/^KP_API_UNTRUSTED: /)
    expect(unknown.asked).toEqual([])
  })

  it('may speak SOCKS, and looks the name up itself', async () => {
    const proxy = await started(startSocksProxy(apiPort()))
    expect(await nodes({ proxyUrl: `socks5://127.0.0.1:${proxy.port}` })).toEqual(BOTH)
    expect(proxy.asked).toContain(`${API}:6443`)
  })

  it('is passed by on this machine', async () => {
    const proxy = await started(startHttpProxy(apiPort()))
    const env = { HTTPS_PROXY: `127.0.0.1:${proxy.port}` }
    expect(await nodes({ url: `https://localhost:${apiPort()}`, env })).toEqual(BOTH)
    expect(proxy.asked).toEqual([])
  })
})
