import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { NodeDocument } from '../../../src/http/contract.ts'
import { createAll } from '../../deploy/create-manifests.ts'
import { manifest, manifests, podsOf } from '../../deploy/manifests.ts'
import { NODE_NAME } from '../bed/places.ts'
import { buildProductImage, PRODUCT_IMAGE } from '../bed/product-image.ts'
import { until } from '../bed/until.ts'
import { bringUpLive, type LiveNode } from './live-node.ts'

/** By which the node reaches its API server: without a kube-proxy nobody answers at its Service. */
const API_SERVER = { KUBERNETES_SERVICE_HOST: '10.99.0.1', KUBERNETES_SERVICE_PORT: '6443' }

const folder = mkdtempSync(path.join(tmpdir(), 'kubepatrol-deploy-'))
const objects = manifests()
const controller = manifest('Deployment', 'kubepatrol', objects)
const agent = manifest('DaemonSet', 'kubepatrol-agent', objects)
let node: LiveNode

beforeAll(async () => {
  execFileSync(process.execPath, ['-e', "import('./scripts/installed.mjs').then((it) => it.build())"])
  node = await bringUpLive('deploy', '--size', '2Gi')
  const archive = path.join(folder, 'kubepatrol.tar')
  await buildProductImage(archive)
  await node.ctr('images', 'import', archive)
})
afterAll(async () => {
  await node?.down()
  rmSync(folder, { recursive: true })
})

interface Pod {
  metadata: { name: string }
  status: { podIP?: string; containerStatuses?: { ready: boolean; restartCount: number }[] }
}

/** The one pod of an application, once it is ready. */
const readyPod = (application: string) =>
  until(`the pod of ${application}`, 60, async () => {
    const selector = encodeURIComponent(`app.kubernetes.io/name=${application}`)
    const asked = `/api/v1/namespaces/kubepatrol/pods?labelSelector=${selector}`
    const { items } = await node.get<{ items: Pod[] }>(asked)
    return items.find(({ status }) => status.containerStatuses?.[0]?.ready)
  })

/** The process of the controller's pod, as this machine sees it. */
function controllerProcess(): string {
  const found = readdirSync('/proc').find((pid) => {
    if (!/^\d+$/.test(pid)) return false
    try {
      const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8')
      return (
        words.includes('--address-file=') && readFileSync(`/proc/${pid}/cgroup`, 'utf8').includes(node.name)
      )
    } catch {
      return false
    }
  })
  if (found === undefined) throw new Error('the controller does not run')
  return found
}

/** What the page says of the node, asked as `kubectl port-forward` does: from within its pod. */
function page(): NodeDocument {
  const pid = controllerProcess()
  const address = new URL(readFileSync(`/proc/${pid}/root/run/kubepatrol/address`, 'utf8').trim())
  const script = `fetch('${new URL(`/api/v1/nodes/${NODE_NAME}`, address).href}', { headers: { Authorization: 'Bearer ${address.hash.replace('#token=', '')}' } })
    .then(async (answer) => process.stdout.write(await answer.text()))`
  const { stdout, stderr } = spawnSync(
    'nsenter',
    ['--target', pid, '--net', process.execPath, '-e', script],
    {
      encoding: 'utf8',
    },
  )
  if (stdout === '') throw new Error(stderr)
  return JSON.parse(stdout) as NodeDocument
}

describe('the manifests on a real node', () => {
  it('are taken by its API server, and nothing of them is lost', async () => {
    const others = objects.filter((one) => one !== controller && one !== agent)
    const answers = await createAll(node.ask, others)
    expect(answers).toMatchObject(others.map((answer) => ({ status: 201, answer })))
    const tried = await createAll(node.ask, [controller, agent], '?dryRun=All')
    expect(tried).toMatchObject([controller, agent].map((answer) => ({ status: 201, answer })))
  })

  it('run the controller, once it has its certificate', async () => {
    execFileSync('sh', ['deploy/make-certificate.sh', folder], { stdio: 'pipe' })
    const read = (name: string) => readFileSync(path.join(folder, name), 'utf8')
    const metadata = (name: string) => ({ name, namespace: 'kubepatrol' })
    const own = structuredClone(controller)
    podsOf(own).spec.containers[0].env = Object.entries(API_SERVER).map(([name, value]) => ({ name, value }))
    const created = await createAll(node.ask, [
      {
        apiVersion: 'v1',
        kind: 'Secret',
        metadata: metadata('kubepatrol-certificate'),
        stringData: { 'tls.crt': read('tls.crt'), 'tls.key': read('tls.key') },
      },
      {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: metadata('kubepatrol-authority'),
        data: { 'ca.crt': read('ca.crt') },
      },
      own,
    ])
    expect(created.map(({ status }) => status)).toEqual([201, 201, 201])
    await readyPod('kubepatrol')
    expect(page().name).toBe(NODE_NAME)
  })

  it('run the agent, whose rounds reach the controller', async () => {
    const { status } = await readyPod('kubepatrol')
    const own = structuredClone(agent)
    // Nobody resolves names on this node.
    const hostnames = ['kubepatrol.kubepatrol.svc']
    podsOf(own).spec.hostAliases = [{ ip: status.podIP ?? '', hostnames }]
    expect(await createAll(node.ask, [own])).toMatchObject([{ status: 201 }])
    await readyPod('kubepatrol-agent')
    const seen = await until('a round of the agent with every part of it', 90, () => {
      const now = page()
      return now.agent?.state === 'heard' && now.consumers[0]?.isWalked ? now : undefined
    })
    const byAgent = seen.parts.filter(({ by }) => by === 'agent').map(({ part }) => part)
    expect(new Set(byAgent)).toEqual(
      new Set(['space', 'usage', 'settings', 'images', 'containers', 'bytes', 'orphans']),
    )
    const [disk] = seen.consumers
    const layers = disk?.consumers.find(({ kind }) => kind === 'image-layers')
    expect(layers?.consumers.map(({ label }) => label)).toContain(PRODUCT_IMAGE)
  })

  it('print no secret into the logs of pods, and do not restart', async () => {
    for (const application of ['kubepatrol', 'kubepatrol-agent']) {
      const { metadata, status } = await readyPod(application)
      const log = await node.get<string>(`/api/v1/namespaces/kubepatrol/pods/${metadata.name}/log`)
      expect(log).not.toBe('')
      expect(log).not.toContain('token=')
      expect(log).not.toContain('KP_')
      expect(status.containerStatuses?.[0]?.restartCount).toBe(0)
    }
  })

  it.each([
    ['kubepatrol-agent', 'get', 'nodes', 'stats', true],
    ['kubepatrol-agent', 'get', 'nodes', 'proxy', false],
    ['kubepatrol-agent', 'list', 'pods', '', false],
    ['kubepatrol', 'list', 'pods', '', true],
    ['kubepatrol', 'get', 'nodes', 'proxy', false],
    ['kubepatrol', 'list', 'secrets', '', false],
  ])('let %s %s %s/%s: %5$s', async (account, verb, resource, subresource, allowed) => {
    const review = {
      apiVersion: 'authorization.k8s.io/v1',
      kind: 'SubjectAccessReview',
      metadata: { name: '' },
      spec: {
        user: `system:serviceaccount:kubepatrol:${account}`,
        resourceAttributes: { verb, resource, subresource },
      },
    }
    const [answered] = await createAll(node.ask, [review])
    expect(answered?.answer).toMatchObject({ status: { allowed } })
  })
})
