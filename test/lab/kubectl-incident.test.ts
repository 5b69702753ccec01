import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { airGappedDiskFull } from '../../src/apps/lab/scenarios/air-gapped-disk-full.ts'
import { startLab, type RunningLab } from '../../src/apps/lab/start-lab.ts'
import { manualClock } from '../fake-api-server/manual-clock.ts'
import { findKubectls } from './kubectls.ts'

const { found, left } = await findKubectls()
/** The claim hangs in Terminating, and the pod that wants it waits. */
const INTO_IT_MS = 2_300_000

/** What kubectl is asked, and what an administrator reads then. */
const SHOWN: readonly [command: string, ...wanted: RegExp[]][] = [
  ['get nodes -o wide', /k8work2 +Ready +<none> +24h +v1\.14\.2 +192\.168\.0\.13 +<none> +CentOS/],
  ['get pods -n log -o wide', /es-1 +1\/1 +Running +0 +\d+m +10\.244\.1\.\d+ +k8work1/, /0\/1 +Evicted/],
  ['get pods -n kube-system -o wide', /kube-proxy-\w+ +1\/1 +Running +0 +\d+m +192\.168\.0\.12 /],
  [
    'get pvc -n log',
    /^NAME +STATUS +VOLUME +CAPACITY +ACCESS MODES +STORAGECLASS +AGE$/m,
    /data-es-0 +Terminating +pv-es-0 +350Gi +RWO +local/,
  ],
  [
    'get pv,sts -A',
    /pv-es-0 +350Gi +RWO +Retain +Bound +log\/data-es-0 +local/,
    /statefulset\.apps\/es +1\/2/,
  ],
  ['get pods -n log -o yaml', /reason: Evicted/, /hostIP: 192\.168\.0\.12/],
  ['get pods -n log -l app=kibana,pod-template-hash -o name', /^(pod\/kibana-6d5f7c9b84-\w+\s){2}$/],
  ['get ns', /kube-node-lease +Active/],
  ['get priorityclasses', /system-node-critical +2000001000 +false/],
  [
    'get events -n log --sort-by=.lastTimestamp',
    /Evicted +pod\/es-0 +The node was low on resource/,
    /FailedMount +pod\/es-0 .*PVC is being deleted/,
  ],
  [
    'describe pvc data-es-0 -n log',
    /^Status: +Terminating \(lasts .*\)$/m,
    /^Finalizers: +\[kubernetes\.io\/pvc-protection\]$/m,
    /^(?:Used|Mounted) By: +es-0$/m,
  ],
  ['describe pv pv-es-0', /kubernetes\.io\/hostname in \[k8work2\]/, /Path: +\/data\/es-k8work2/],
  ['describe sts es -n log', /Update Strategy: +RollingUpdate\n +Partition: +0/, /RecreatingFailedPod/],
  ['describe pod es-1 -n log', /\/data from data \(rw\)/, /Scheduled[^]*Pulled[^]*Created[^]*Started/],
  ['describe node k8work2', /HolderIdentity: +k8work2/, /PodCIDR: +10\.244\.2\.0\/24/, /FreeDiskSpaceFailed/],
  ['logs es-1 -n log --tail=2', /^(\[.*\]\[(?:DEBUG|WARN )\]\[.*\] \[es-1\] .*\n){2}$/],
  ['logs es-1 -n log --since=1s --timestamps', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z \[/m],
  ['logs -n log -l app=kibana --tail=1', /^\{"type":"response","@timestamp":"/],
  ['api-resources --api-group=apps', /statefulsets +sts +apps\/v1 +true +StatefulSet/],
  ['version -o json', /"gitVersion": "v1\.14\.2"/],
  ['get --raw /api/v1/nodes/k8work2/proxy/stats/summary', /"nodeName":"k8work2"/],
  ['auth can-i --list', /\*\.\* +\[\] +\[\] +\[\*\]/],
]

/** What kubectl is refused, in the words of a real server. */
const REFUSED: readonly [command: string, wanted: RegExp][] = [
  ['top nodes', /^error: Metrics API not available$/m],
  ['top pods -A', /^error: Metrics API not available$/m],
  ['logs es-0 -n log', /\(BadRequest\): container "es" in pod "es-0" is waiting to start: ContainerCreating/],
  [
    'logs es-1 -n log --previous',
    /\(BadRequest\): previous terminated container "es" in pod "es-1" not found/,
  ],
  ['logs es-1 -n log -c nothing', /container nothing is not valid for pod es-1/],
  ['get pod none -n log', /^Error from server \(NotFound\): pods "none" not found$/m],
  ['get pods -A --field-selector=spec.unknown=1', /field label not supported: spec\.unknown/],
  ['get pods -A -l a=b=c', /(?:unable to parse|invalid|expected)/],
  ['explain pods', /couldn't find resource for "\/v1, Kind=Pod"/],
]

it.skip.each(left)('shows the incident to kubectl: not tried with %s', () => undefined)
if (found.length > 0)
  describe.each(found)('the incident, looked at with kubectl $version', ({ program }) => {
    let lab: RunningLab
    let folder: string
    const kubectl = async (command: string) => {
      const where = [
        '--kubeconfig',
        path.join(folder, 'kubeconfig'),
        '--cache-dir',
        path.join(folder, 'cache'),
      ]
      const { stdout } = await promisify(execFile)(program, [...where, ...command.split(' ')], {
        maxBuffer: 1e8,
      })
      return stdout
    }
    beforeAll(async () => {
      const clock = manualClock(Math.floor(Date.now() / 1000) * 1000 - INTO_IT_MS)
      lab = await startLab(airGappedDiskFull, { speed: 1, port: 0, clock })
      clock.pass(INTO_IT_MS)
      folder = await mkdtemp(path.join(tmpdir(), 'kubepatrol-lab-test-'))
      await writeFile(path.join(folder, 'kubeconfig'), lab.kubeconfig)
    })
    afterAll(async () => {
      await lab?.close()
      await rm(folder, { recursive: true, force: true })
    })

    it.each(SHOWN)('%s', async (command, ...wanted) => {
      const said = await kubectl(command)
      for (const one of wanted) expect(said).toMatch(one)
      expect(said).not.toMatch(/<invalid>|Failed to get/)
    })

    it.each(REFUSED)('%s is refused', async (command, wanted) => {
      await expect(kubectl(command)).rejects.toThrow(wanted)
    })
  })
