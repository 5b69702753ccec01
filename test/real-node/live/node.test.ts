import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { Agent, get } from 'node:https'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { Configz } from '../../../src/core/kubernetes/kubelet-configuration.ts'
import { Summary } from '../../../src/core/kubernetes/summary.ts'
import { KUBERNETES, NODE_NAME, placesOf } from '../bed/places.ts'
import { until } from '../bed/until.ts'
import { NOTHING, testBed } from './test-bed.ts'

const bed = testBed()
const name = `test-${process.pid}`
afterAll(() => bed.remove())

describe('a node that is up', () => {
  let ask: (path: string) => Promise<unknown>
  beforeAll(async () => {
    const { status, output } = await bed.run('up', '--name', name, '--size', '1Gi')
    expect(output).toMatch(/^export KUBEPATROL_TEST_KUBECONFIG=/m)
    expect(status).toBe(0)
    ask = asker(/^export KUBECONFIG=(.*)$/m.exec(output)?.[1] ?? '')
  })
  afterAll(async () => {
    await bed.run('down', '--name', name)
  })

  it('is the one node of its cluster, and ready', async () => {
    const { items } = (await ask('/api/v1/nodes')) as { items: Node[] }
    expect(items.map(({ metadata }) => metadata.name)).toEqual([NODE_NAME])
    const [node] = items
    expect(node?.status.nodeInfo.kubeletVersion).toBe(`v${KUBERNETES.version}`)
    expect(node?.status.conditions).toContainEqual(expect.objectContaining({ type: 'Ready', status: 'True' }))
  })

  it('has the disk it was asked for', async () => {
    const proxy = `/api/v1/nodes/${NODE_NAME}/proxy`
    const { node } = Summary.parse(await ask(`${proxy}/stats/summary`))
    expect(node.fs?.capacityBytes).toBeGreaterThan(0.85 * 2 ** 30)
    expect(node.fs?.capacityBytes).toBeLessThan(2 ** 30)
  })

  it('tells its configuration', async () => {
    const { kubeletconfig } = Configz.parse(await ask(`/api/v1/nodes/${NODE_NAME}/proxy/configz`))
    expect(kubeletconfig).toMatchObject({ imageMinimumGCAge: '10s', evictionPressureTransitionPeriod: '30s' })
  })

  it('refuses a second node of its name', async () => {
    const { status, output } = await bed.run('up', '--name', name)
    expect(output).toContain('is up already')
    expect(status).toBe(1)
  })

  it('leaves nothing when it is taken down', async () => {
    const state = bed.state(name)
    expect(bed.traces(name, state)).toMatchObject({ guardian: true, disks: [expect.any(String)] })
    expect((await bed.run('down', '--name', name)).status).toBe(0)
    expect(bed.traces(name, state)).toEqual(NOTHING)
    await expect(ask('/api/v1/nodes')).rejects.toThrow('ECONNREFUSED')
  })
})

describe('a node whose start goes wrong', () => {
  afterEach(async () => {
    await bed.run('down', '--name', name)
  })

  it('leaves nothing when one of its programs fails, and says which', async () => {
    const cache = mkdtempSync(path.join(tmpdir(), 'real-node-cache-'))
    try {
      breakServer(cache, 'kube-apiserver')
      const { status, output } = await bed.run('up', '--name', name, '--cache', cache)
      expect(output).toContain('kube-apiserver ended with 7')
      expect(output).toContain('out of order')
      expect(status).toBe(1)
      expect(bed.traces(name, undefined)).toEqual(NOTHING)
    } finally {
      rmSync(cache, { recursive: true })
    }
  })

  it('leaves nothing when who started it is killed', async () => {
    const { child, said, ended } = bed.start('up', '--name', name)
    await said(/starting etcd/)
    const state = bed.state(name)
    child.kill('SIGKILL')
    await ended
    await until('all of it to go', 60, () => {
      expect(bed.traces(name, state)).toEqual(NOTHING)
      return true
    })
  })

  it('leaves no process and no disk when its guardian is killed, and the next `down` the rest', async () => {
    const { said, ended } = bed.start('up', '--name', name)
    await said(/starting etcd/)
    const state = bed.state(name)
    process.kill(state?.guardian.pid ?? Number.NaN, 'SIGKILL')
    expect((await ended).status).toBe(1)
    await until('its processes to end', 20, () => {
      expect(bed.traces(name, state)).toMatchObject({ processes: [], guardian: false, disks: [], mounts: [] })
      return true
    })
    expect((await bed.run('down', '--name', name)).status).toBe(0)
    expect(bed.traces(name, state)).toEqual(NOTHING)
  })
})

interface Node {
  metadata: { name: string }
  status: { nodeInfo: { kubeletVersion: string }; conditions: object[] }
}

/** Asks the API server that a kubeconfig names, with the certificate that it holds. */
function asker(kubeconfig: string) {
  const { clusters, users } = JSON.parse(readFileSync(kubeconfig, 'utf8')) as {
    clusters: { cluster: { server: string; 'certificate-authority-data': string } }[]
    users: { user: { 'client-certificate-data': string; 'client-key-data': string } }[]
  }
  const decoded = (text = '') => Buffer.from(text, 'base64')
  const agent = new Agent({
    ca: decoded(clusters[0]?.cluster['certificate-authority-data']),
    cert: decoded(users[0]?.user['client-certificate-data']),
    key: decoded(users[0]?.user['client-key-data']),
  })
  return (asked: string) =>
    new Promise<unknown>((resolve, reject) => {
      get(`${clusters[0]?.cluster.server}${asked}`, { agent }, (response) => {
        let text = ''
        response.setEncoding('utf8').on('data', (piece: string) => (text += piece))
        response.once('end', () => resolve(JSON.parse(text)))
      }).once('error', reject)
    })
}

/** A cache as it is, but with a server that ends at once. */
function breakServer(cache: string, broken: string): void {
  const whole = placesOf()
  const { binaries, images } = placesOf(cache)
  symlinkSync(whole.images, images)
  mkdirSync(binaries)
  for (const server of KUBERNETES.servers) {
    const file = path.join(binaries, server)
    if (server === broken) writeFileSync(file, '#!/bin/sh\necho out of order\nexit 7\n')
    else symlinkSync(path.join(whole.binaries, server), file)
    if (server === broken) chmodSync(file, 0o755)
  }
}
