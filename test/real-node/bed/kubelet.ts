import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { writeKubeconfig } from './certificates.ts'
import { API_PORT, CERTIFICATES } from './control-plane.ts'
import { INSIDE, NODE_NAME } from './places.ts'
import type { Service, StartService } from './services.ts'

/** Fields of KubeletConfiguration. */
export type KubeletSettings = Readonly<Record<string, unknown>>

/** The modules whose decisions a recording should tell in full. */
const TALKATIVE = [
  ['image_gc_manager', 5],
  ['eviction_manager', 5],
  ['helpers', 5],
  ['kuberuntime_gc', 5],
  ['container_gc', 5],
  ['pod_container_deletor', 5],
  ['image_manager', 4],
] as const

/** Settings that keep a run short, or that the test bed needs. */
const configuration = (cgroup: string): KubeletSettings => ({
  apiVersion: 'kubelet.config.k8s.io/v1beta1',
  kind: 'KubeletConfiguration',
  staticPodPath: `${INSIDE.disk}/manifests`,
  volumePluginDir: `${INSIDE.kubelet}/volume-plugins`,
  resolvConf: path.join(INSIDE.state, 'resolv.conf'),
  tlsCertFile: path.join(CERTIFICATES, 'kubelet.crt'),
  tlsPrivateKeyFile: path.join(CERTIFICATES, 'kubelet.key'),
  authentication: {
    x509: { clientCAFile: path.join(CERTIFICATES, 'ca.crt') },
    webhook: { enabled: true },
    anonymous: { enabled: false },
  },
  authorization: { mode: 'Webhook' },
  clusterDNS: ['10.96.0.10'],
  cgroupDriver: 'cgroupfs',
  cgroupRoot: `/${cgroup}`,
  enforceNodeAllocatable: [],
  failSwapOn: false,
  makeIPTablesUtilChains: false,
  evictionPressureTransitionPeriod: '30s',
  imageMinimumGCAge: '10s',
  containerLogMaxSize: '100Mi',
})

/** Starts the kubelet, its settings on top of the test bed's own. */
export function startKubelet(
  start: StartService,
  { address, cgroup, settings }: { address: string; cgroup: string; settings: KubeletSettings },
): Service {
  writeFileSync(path.join(INSIDE.state, 'resolv.conf'), 'nameserver 127.0.0.1\n')
  const kubeconfig = path.join(CERTIFICATES, 'kubelet.kubeconfig')
  writeKubeconfig(kubeconfig, CERTIFICATES, 'kubelet', API_PORT)
  const file = path.join(INSIDE.state, 'kubelet.json')
  writeFileSync(file, JSON.stringify({ ...configuration(cgroup), ...settings }, null, 2))
  return start('kubelet', `${INSIDE.binaries}/kubelet`, [
    `--config=${file}`,
    `--kubeconfig=${kubeconfig}`,
    `--root-dir=${INSIDE.kubelet}`,
    '--container-runtime=remote',
    `--container-runtime-endpoint=unix://${INSIDE.runtimeSocket}`,
    `--hostname-override=${NODE_NAME}`,
    `--node-ip=${address}`,
    '--v=2',
    `--vmodule=${TALKATIVE.map(([module, level]) => `${module}=${level}`).join(',')}`,
  ])
}
