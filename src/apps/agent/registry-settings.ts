import type { HostFiles } from '../../adapters/observe/host/host-files.ts'
import type { TrustedHost } from '../../adapters/observe/registry-probe/registry-probe.ts'
import {
  defaultHost,
  hostsOfFile,
  hostsOfMirrors,
  registrySection,
  type RegistryHost,
} from '../../core/observe/host/registry-hosts.ts'

const MOST_BYTES = 1024 * 1024
const CONFIGURATION = '/etc/containerd/config.toml'

/**
 * The hosts that this node's containerd asks for the images of a registry, by its files: `hosts.toml` of the registry,
 * else mirrors in its own configuration, else the registry itself. Another runtime's settings are not read.
 */
export async function registryHosts(host: HostFiles, registry: string): Promise<TrustedHost[]> {
  const section = registrySection(await toml(host, CONFIGURATION))
  const folders = section?.config_path?.split(':').filter((folder) => folder.startsWith('/')) ?? []
  const hosts =
    (await hostsInFolders(host, folders, registry)) ??
    (section === undefined ? [defaultHost(registry)] : hostsOfMirrors(registry, section))
  return Promise.all(hosts.map((one) => trusted(host, one)))
}

async function hostsInFolders(
  host: HostFiles,
  folders: readonly string[],
  registry: string,
): Promise<RegistryHost[] | undefined> {
  for (const folder of folders) {
    for (const name of [registry, registry.replace(/:(\d+)$/, '_$1_'), '_default']) {
      const file = await toml(host, `${folder}/${name}/hosts.toml`)
      const hosts = file === undefined ? undefined : hostsOfFile(registry, file, `${folder}/${name}`)
      if (hosts) return hosts
    }
  }
  return undefined
}

async function trusted(host: HostFiles, { authorityFiles, ...rest }: RegistryHost): Promise<TrustedHost> {
  const texts = await Promise.all(authorityFiles.map((file) => text(host, file)))
  return { ...rest, authorities: texts.filter((pem) => pem?.includes('-----BEGIN ') === true) as string[] }
}

async function toml(host: HostFiles, file: string): Promise<unknown> {
  const content = await text(host, file)
  if (content === undefined) return undefined
  // Few nodes have such a file, and only the agent reads it.
  const { parse } = await import('smol-toml')
  try {
    return parse(content)
  } catch {
    return undefined
  }
}

function text(host: HostFiles, file: string): Promise<string | undefined> {
  return host.read(file, MOST_BYTES).then(String, () => undefined)
}
