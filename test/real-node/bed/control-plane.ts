import path from 'node:path'
import { writeKubeconfig } from './certificates.ts'
import { INSIDE } from './places.ts'
import type { StartService } from './services.ts'

export const CERTIFICATES = path.join(INSIDE.state, 'pki')
/** The API server's port within the node's own network. */
export const API_PORT = 6443

const certificate = (name: string) => path.join(CERTIFICATES, name)

/** Starts etcd, which keeps its data in memory. */
export function startEtcd(start: StartService): void {
  const clients = 'http://127.0.0.1:2379'
  start('etcd', 'etcd', [
    `--data-dir=${INSIDE.memory}/etcd`,
    '--unsafe-no-fsync',
    `--listen-client-urls=${clients}`,
    `--advertise-client-urls=${clients}`,
    '--listen-peer-urls=http://127.0.0.1:2380',
  ])
}

/** Starts the API server, with the authorization and admission that a cluster of its time had. */
export function startApiServer(start: StartService, address: string): void {
  start('kube-apiserver', `${INSIDE.binaries}/kube-apiserver`, [
    '--etcd-servers=http://127.0.0.1:2379',
    '--bind-address=0.0.0.0',
    `--secure-port=${API_PORT}`,
    `--advertise-address=${address}`,
    '--service-cluster-ip-range=10.96.0.0/16',
    `--tls-cert-file=${certificate('server.crt')}`,
    `--tls-private-key-file=${certificate('server.key')}`,
    `--client-ca-file=${certificate('ca.crt')}`,
    `--kubelet-client-certificate=${certificate('admin.crt')}`,
    `--kubelet-client-key=${certificate('admin.key')}`,
    `--kubelet-certificate-authority=${certificate('ca.crt')}`,
    '--kubelet-preferred-address-types=InternalIP',
    '--service-account-issuer=https://kubernetes.default.svc',
    `--service-account-key-file=${certificate('service-accounts.key')}`,
    `--service-account-signing-key-file=${certificate('service-accounts.key')}`,
    '--authorization-mode=Node,RBAC',
    '--enable-admission-plugins=NodeRestriction',
    `--cert-dir=${INSIDE.memory}/kube-apiserver`,
  ])
}

/** Starts the controller manager and the scheduler. */
export function startControllers(start: StartService): void {
  const keys = [
    `--service-account-private-key-file=${certificate('service-accounts.key')}`,
    `--root-ca-file=${certificate('ca.crt')}`,
    '--use-service-account-credentials=true',
    `--flex-volume-plugin-dir=${INSIDE.memory}/volume-plugins`,
  ]
  for (const [name, args] of [
    ['kube-controller-manager', keys],
    ['kube-scheduler', []],
  ] as const) {
    const kubeconfig = certificate(`${name}.kubeconfig`)
    writeKubeconfig(kubeconfig, CERTIFICATES, name, API_PORT)
    start(name, `${INSIDE.binaries}/${name}`, [
      '--leader-elect=false',
      '--port=0',
      `--cert-dir=${INSIDE.memory}/${name}`,
      `--kubeconfig=${kubeconfig}`,
      ...args,
    ])
  }
}
