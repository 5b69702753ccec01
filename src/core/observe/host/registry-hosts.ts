import { z } from 'zod'

/** A host that a runtime asks for the images of a registry. */
export interface RegistryHost {
  /** What paths such as `/library/busybox/manifests/…` are added to: `https://registry-1.docker.io/v2`. */
  base: string
  isCertificateChecked: boolean
  /** Files of the host with authorities, PEM. */
  authorityFiles: readonly string[]
  /** A mirror is told whose images it is asked for. */
  isMirror: boolean
}

const HostEntry = z.object({
  capabilities: z.array(z.string()).optional(),
  skip_verify: z.boolean().optional(),
  ca: z.union([z.string(), z.array(z.string())]).optional(),
  override_path: z.boolean().optional(),
})
const HostsFile = HostEntry.extend({
  server: z.string().optional(),
  host: z.record(z.string(), HostEntry).optional(),
})

/** Where the images of a registry come from when nothing is configured; `docker.io` is no host itself. */
export function defaultHost(registry: string): RegistryHost {
  const host = registry === 'docker.io' ? 'registry-1.docker.io' : registry
  const isLocal = /^(?:localhost|127\.[\d.]+|\[::1\])(?::\d+)?$/.test(host)
  return {
    base: `${isLocal ? 'http' : 'https'}://${host}/v2`,
    isCertificateChecked: true,
    authorityFiles: [],
    isMirror: false,
  }
}

/**
 * The hosts by a `hosts.toml` of containerd, in the order they are asked: those that may be pulled from, then the
 * server. `folder` is that of the file, which names of authorities begin at. Undefined for what is no such file.
 */
export function hostsOfFile(registry: string, file: unknown, folder: string): RegistryHost[] | undefined {
  const parsed = HostsFile.safeParse(file)
  if (!parsed.success) return undefined
  const { server, host = {}, ...ofServer } = parsed.data
  const usual = defaultHost(registry)
  const mirrors = Object.entries(host)
    .filter(([, { capabilities }]) => capabilities?.includes('pull') ?? true)
    .flatMap(([address, entry]) => hostAt(address, entry, folder, true))
  const own = server === undefined ? [usual] : hostAt(server, ofServer, folder, false)
  return [...mirrors, ...own.filter(({ base }) => mirrors.every((mirror) => mirror.base !== base))]
}

const Endpoints = z.object({ endpoint: z.array(z.string()).optional() })
const Tls = z.object({ insecure_skip_verify: z.boolean().optional(), ca_file: z.string().optional() })
const Registry = z.object({
  config_path: z.string().optional(),
  mirrors: z.record(z.string(), Endpoints).optional(),
  configs: z.record(z.string(), z.object({ tls: Tls.optional() })).optional(),
})

/** The section on registries in containerd's own configuration, of version 1, 2 or 3; undefined where there is none. */
export function registrySection(configuration: unknown): z.output<typeof Registry> | undefined {
  const plugins = z.object({ plugins: z.record(z.string(), z.unknown()) }).safeParse(configuration)
    .data?.plugins
  for (const plugin of ['io.containerd.cri.v1.images', 'io.containerd.grpc.v1.cri', 'cri']) {
    const section = z.object({ registry: Registry }).safeParse(plugins?.[plugin]).data?.registry
    if (section) return section
  }
  return undefined
}

/** The hosts by the mirrors that containerd's own configuration names, the way that came before `hosts.toml`. */
export function hostsOfMirrors(
  registry: string,
  { mirrors = {}, configs = {} }: Pick<z.output<typeof Registry>, 'mirrors' | 'configs'>,
): RegistryHost[] {
  const endpoints = (mirrors[registry] ?? mirrors['*'])?.endpoint ?? []
  const usual = defaultHost(registry)
  const hosts = endpoints.flatMap((address) => hostAt(address, {}, '/', true))
  const all = hosts.some(({ base }) => base === usual.base) ? hosts : [...hosts, usual]
  return all.map((host) => {
    const tls = configs[host.base.split('/')[2] ?? '']?.tls
    return {
      ...host,
      isCertificateChecked: tls?.insecure_skip_verify !== true,
      authorityFiles: tls?.ca_file === undefined ? [] : [tls.ca_file],
    }
  })
}

/** Of http or https, without a user, a query or anything that could lead elsewhere. */
const ADDRESS = /^(https?:\/\/(?:[\w.-]+|\[[\da-f:]+\])(?::\d{1,5})?)((?:\/[\w.~-]+)*\/?)$/i

function hostAt(
  address: string,
  { skip_verify: isUnchecked, ca, override_path: isWhole }: z.output<typeof HostEntry>,
  folder: string,
  isMirror: boolean,
): RegistryHost[] {
  const whole = address.includes('://') ? address : `https://${address}`
  const [, origin = '', pathname = ''] = ADDRESS.exec(whole) ?? []
  if (origin === '') return []
  const path = pathname.replace(/\/+$/, '')
  const base = `${origin.toLowerCase()}${isWhole === true || path.endsWith('/v2') ? path : `${path}/v2`}`
  const files = ca === undefined ? [] : typeof ca === 'string' ? [ca] : ca
  const authorityFiles = files.map((file) => (file.startsWith('/') ? file : `${folder}/${file}`))
  return [{ base, isCertificateChecked: isUnchecked !== true, authorityFiles, isMirror }]
}
