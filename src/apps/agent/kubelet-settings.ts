import type { HostFiles } from '../../adapters/observe/host/host-files.ts'
import type { BytePath } from '../../core/observe/host/byte-path.ts'
import type { KubeletProcess } from '../../core/observe/host/kubelet-command-line.ts'

/** What a kubelet's process and its configuration file say of it. */
export interface KubeletPlaces {
  process?: KubeletProcess
  /** The configuration file as it is; undefined where there is none. */
  file: Readonly<Record<string, unknown>> | undefined
  rootDirectory: string
  runtimeSocket: string
  port: number
  /** The certificate it serves with, PEM. */
  servingCertificate?: string
}

const MOST_BYTES = 1024 * 1024
const SOCKETS = [
  '/run/containerd/containerd.sock',
  '/run/crio/crio.sock',
  '/run/k3s/containerd/containerd.sock',
]

/** Finds the kubelet of the host and what it was told. What cannot be found has the kubelet's own default. */
export async function findKubelet(host: HostFiles): Promise<KubeletPlaces> {
  const [process] = await host.kubelets().catch(() => [])
  const flag = (name: string) => process?.flags.get(name)
  const file = await configurationFile(host, flag('config'))
  const told = (name: string, key: string) =>
    flag(name) ?? (typeof file?.[key] === 'string' ? file[key] : undefined)
  const certificates = flag('cert-dir') ?? `${flag('root-dir') ?? '/var/lib/kubelet'}/pki`
  const servingCertificate = await firstOf(host, [
    told('tls-cert-file', 'tlsCertFile'),
    `${certificates}/kubelet-server-current.pem`,
    `${certificates}/kubelet.crt`,
  ])
  const endpoint = told('container-runtime-endpoint', 'containerRuntimeEndpoint')?.replace(/^unix:\/\//, '')
  return {
    ...(process && { process }),
    file,
    rootDirectory: await realOr(host, flag('root-dir') ?? '/var/lib/kubelet'),
    runtimeSocket: await realOr(host, endpoint ?? (await firstSocket(host))),
    port: Number(flag('port') ?? file?.['port'] ?? 10_250) || 10_250,
    ...(servingCertificate === undefined ? {} : { servingCertificate }),
  }
}

/** Where a path leads on the host; in a circle of links it stays where it is. */
export function realOr(host: HostFiles, path: BytePath): Promise<BytePath> {
  return host.real(path).catch(() => path)
}

async function configurationFile(host: HostFiles, file: string | undefined) {
  if (file === undefined) return undefined
  const text = await host.read(file, MOST_BYTES).then(String, () => undefined)
  if (text === undefined) return undefined
  try {
    return JSON.parse(text) as Record<string, unknown>
  } catch {
    // Most are YAML; only then is its parser loaded.
    const { parse } = await import('yaml')
    try {
      return parse(text, { maxAliasCount: 0 }) as Record<string, unknown>
    } catch {
      return undefined
    }
  }
}

async function firstOf(host: HostFiles, files: readonly (string | undefined)[]): Promise<string | undefined> {
  for (const file of files) {
    const pem =
      file === undefined ? undefined : await host.read(file, MOST_BYTES).then(String, () => undefined)
    // A file may hold key and certificates; the first certificate is the one that is served.
    const certificate = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/.exec(pem ?? '')?.[0]
    if (certificate !== undefined) return certificate
  }
  return undefined
}

async function firstSocket(host: HostFiles): Promise<string> {
  const { stat } = await import('node:fs/promises')
  for (const socket of SOCKETS) {
    const found = await stat(host.path(await realOr(host, socket))).catch(() => undefined)
    if (found?.isSocket()) return socket
  }
  return SOCKETS[0] as string
}
