import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { systemClock } from '../../src/adapters/observe/kubernetes-api/system-clock.ts'
import { healthyCluster } from '../../src/apps/lab/scenarios/healthy-cluster.ts'
import { startLab, type RunningLab } from '../../src/apps/lab/start-lab.ts'
import { until } from '../fake-api-server/manual-clock.ts'
import { findKubectls } from './kubectls.ts'

const run = promisify(execFile)
const { found, left } = await findKubectls()

it.skip.each(left)('lets kubectl work on the lab: not tried with %s', () => undefined)
if (found.length > 0)
  describe.each(found)('kubectl $version on the lab', ({ program }) => {
    let lab: RunningLab
    let folder: string
    let pod: { name: string; namespace: string; node: string }
    const kubectl = async (...args: string[]) => {
      const kubeconfig = path.join(folder, 'kubeconfig')
      const all = ['--kubeconfig', kubeconfig, '--cache-dir', path.join(folder, 'cache'), ...args]
      const { stdout } = await run(program, all, { maxBuffer: 1e8 })
      return stdout
    }
    beforeAll(async () => {
      lab = await startLab(healthyCluster, { speed: 20, port: 0, clock: systemClock })
      folder = await mkdtemp(path.join(tmpdir(), 'kubepatrol-lab-test-'))
      await writeFile(path.join(folder, 'kubeconfig'), lab.kubeconfig)
      const onNode = () =>
        lab.store.list('pods').find(({ status }) => (status as { phase?: string }).phase === 'Running')
      await until(() => onNode() !== undefined)
      const { metadata, spec } = onNode() ?? { metadata: { name: '' }, spec: undefined }
      const { nodeName = '' } = (spec ?? {}) as { nodeName?: string }
      pod = { name: metadata.name, namespace: metadata.namespace ?? '', node: nodeName }
      const finalizers = ['kubernetes.io/pvc-protection', 'example.org/held']
      lab.store.create('persistentvolumeclaims', {
        metadata: { name: 'held', namespace: 'default', finalizers },
        spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
        status: { phase: 'Pending' },
      })
    })
    afterAll(async () => {
      await lab?.close()
      await rm(folder, { recursive: true, force: true })
    })

    it('shows everything, in each form', async () => {
      const table = await kubectl('get', 'nodes,pods,pvc,pv,sts,events,deploy,ds,rs,svc,ns,leases', '-A')
      expect(table).toContain(`node/${pod.node}`)
      expect(table).toMatch(/NAMESPACE +NAME +READY +STATUS +RESTARTS/)
      expect(await kubectl('get', 'nodes', '-o', 'wide')).toMatch(/INTERNAL-IP .*KERNEL-VERSION/)
      expect(await kubectl('get', 'pods', '-A', '-o', 'yaml')).toContain('nodeName: ')
      const json = JSON.parse(await kubectl('get', 'pods,nodes', '-A', '-o', 'json')) as { items: unknown[] }
      expect(json.items.length).toBe(lab.store.list('pods').length + lab.store.list('nodes').length)
      const onNode = await kubectl(
        'get',
        'pods',
        '-A',
        `--field-selector=spec.nodeName!=${pod.node}`,
        '-o',
        'wide',
      )
      expect(onNode).not.toContain(` ${pod.node} `)
      expect(await kubectl('get', 'pods', '-A', '--sort-by=.metadata.name', '--chunk-size=1')).toContain(
        pod.name,
      )
    })

    it('describes what there is', async () => {
      expect(await kubectl('describe', 'node', pod.node)).toMatch(/Allocated resources/)
      expect(await kubectl('describe', 'pod', pod.name, '-n', pod.namespace)).toContain(`Node: `)
      expect(await kubectl('describe', 'pvc', 'held')).toContain('example.org/held')
      await kubectl('describe', 'sts,pv,events,deploy,ds,rs', '-A')
      await kubectl('logs', pod.name, '-n', pod.namespace, '--tail=1')
    })

    it('follows changes as a table', async () => {
      const args = ['get', 'ns', '-w', '--request-timeout=3s']
      const following = kubectl(...args).catch((failure: { stdout: string }) => failure.stdout)
      await expect.poll(() => lab.now() > 0).toBe(true)
      lab.store.create('namespaces', { metadata: { name: 'made-meanwhile' }, status: { phase: 'Active' } })
      expect(await following).toMatch(/made-meanwhile +Active/)
    })

    it('cordons and drains a node', async () => {
      await kubectl('cordon', pod.node)
      expect(await kubectl('get', 'node', pod.node)).toContain('Ready,SchedulingDisabled')
      const forced = ['--ignore-daemonsets', '--force', '--grace-period=0', '--timeout=60s']
      expect(await kubectl('drain', pod.node, ...forced)).toContain('evicted')
      await kubectl('uncordon', pod.node)
    }, 90_000)

    it('deletes a claim that is held, and lets it go', async () => {
      await kubectl('delete', 'pvc', 'held', '--wait=false')
      expect(await kubectl('get', 'pvc', 'held')).toContain('Terminating')
      await kubectl('patch', 'pvc', 'held', '-p', '{"metadata":{"finalizers":null}}')
      await expect(kubectl('get', 'pvc', 'held')).rejects.toThrow('persistentvolumeclaims "held" not found')
      const remaining = lab.store.list('pods')[0]?.metadata
      await kubectl(
        'delete',
        'pod',
        remaining?.name ?? '',
        '-n',
        remaining?.namespace ?? '',
        '--grace-period=1',
      )
    }, 60_000)

    it('is refused what the lab does not have', async () => {
      await expect(kubectl('top', 'nodes')).rejects.toThrow('Metrics API not available')
      await expect(kubectl('get', 'unicorns')).rejects.toThrow(`doesn't have a resource type "unicorns"`)
      expect(await kubectl('auth', 'can-i', 'delete', 'pods')).toContain('yes')
    })
  })
