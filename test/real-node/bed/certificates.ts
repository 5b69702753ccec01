import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { NODE_NAME } from './places.ts'
import { runProgram } from './run-program.ts'

/** Who gets a certificate, and as whom Kubernetes knows them. */
const SUBJECTS = {
  server: '/CN=kube-apiserver',
  admin: '/O=system:masters/CN=admin',
  kubelet: `/O=system:nodes/CN=system:node:${NODE_NAME}`,
  'kube-controller-manager': '/CN=system:kube-controller-manager',
  'kube-scheduler': '/CN=system:kube-scheduler',
} as const

export type Subject = keyof typeof SUBJECTS

const DAYS = '30'

/** Makes an authority of the node's own, and a certificate of it for everyone: `NAME.crt`, `NAME.key`. */
export async function makeCertificates(directory: string, address: string): Promise<void> {
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  const openssl = (...args: string[]) => runProgram('openssl', args, { cwd: directory })
  const authority = ['-subj', '/CN=real-node', '-days', DAYS, '-keyout', 'ca.key', '-out', 'ca.crt']
  await openssl('req', '-x509', '-newkey', 'rsa:2048', '-nodes', ...authority)
  await openssl('genrsa', '-out', 'service-accounts.key', '2048')
  const names = [
    'IP:127.0.0.1',
    `IP:${address}`,
    'DNS:localhost',
    `DNS:${NODE_NAME}`,
    'DNS:kubernetes.default.svc',
  ]
  writeFileSync(
    path.join(directory, 'extensions'),
    `subjectAltName=${names.join(',')}\nextendedKeyUsage=serverAuth,clientAuth\n`,
  )
  for (const [name, subject] of Object.entries(SUBJECTS)) {
    const [key, request, certificate] = [`${name}.key`, `${name}.csr`, `${name}.crt`]
    await openssl('req', '-newkey', 'rsa:2048', '-nodes', '-subj', subject, '-keyout', key, '-out', request)
    const signedBy = ['-CA', 'ca.crt', '-CAkey', 'ca.key', '-CAcreateserial', '-days', DAYS]
    await openssl('x509', '-req', '-in', request, ...signedBy, '-extfile', 'extensions', '-out', certificate)
  }
}

/** Writes a kubeconfig that holds all it needs, and is JSON, which is YAML too. */
export function writeKubeconfig(file: string, certificates: string, subject: Subject, port: number): void {
  const encoded = (name: string) => readFileSync(path.join(certificates, name)).toString('base64')
  const cluster = { server: `https://127.0.0.1:${port}`, 'certificate-authority-data': encoded('ca.crt') }
  const user = {
    'client-certificate-data': encoded(`${subject}.crt`),
    'client-key-data': encoded(`${subject}.key`),
  }
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': NODE_NAME,
    clusters: [{ name: NODE_NAME, cluster }],
    users: [{ name: subject, user }],
    contexts: [{ name: NODE_NAME, context: { cluster: NODE_NAME, user: subject } }],
  }
  writeFileSync(file, `${JSON.stringify(config, null, 2)}\n`, { mode: 0o600 })
}
