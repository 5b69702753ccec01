import { describe, expect, it } from 'vitest'
import type { HostFiles } from '../../adapters/observe/host/host-files.ts'
import { registryHosts } from './registry-settings.ts'

const files = (held: Record<string, string>): HostFiles => ({
  path: (ofHost) => Buffer.from(ofHost),
  real: (ofHost) => Promise.resolve(ofHost),
  read: (file) =>
    held[file] === undefined ? Promise.reject(new Error('ENOENT')) : Promise.resolve(Buffer.from(held[file])),
  mounts: () => Promise.resolve([]),
  kubelets: () => Promise.resolve([]),
})
const PEM = '-----BEGIN CERTIFICATE-----\nx\n-----END CERTIFICATE-----\n'
const CONFIG =
  '[plugins."io.containerd.grpc.v1.cri".registry]\nconfig_path = "/etc/containerd/certs.d:/etc/docker/certs.d"\n'
const bases = async (held: Record<string, string>, registry: string) =>
  (await registryHosts(files(held), registry)).map(({ base }) => base)

describe('the registries of a node', () => {
  it('are themselves where nothing is configured', async () => {
    expect(await bases({}, 'docker.io')).toEqual(['https://registry-1.docker.io/v2'])
    expect(await bases({ '/etc/containerd/config.toml': 'no [toml' }, 'a.b')).toEqual(['https://a.b/v2'])
  })

  it.each(['lab.local:5000', 'lab.local_5000_', '_default'])(
    'have their hosts in the folder %s',
    async (folder) => {
      const held = {
        '/etc/containerd/config.toml': CONFIG,
        [`/etc/docker/certs.d/${folder}/hosts.toml`]: '[host."https://mirror.local"]\nca = "ca.crt"\n',
        [`/etc/docker/certs.d/${folder}/ca.crt`]: PEM,
      }
      expect(await registryHosts(files(held), 'lab.local:5000')).toMatchObject([
        { base: 'https://mirror.local/v2', authorities: [PEM], isMirror: true },
        { base: 'https://lab.local:5000/v2', authorities: [] },
      ])
    },
  )

  it('have mirrors in the configuration itself', async () => {
    const config = '[plugins.cri.registry.mirrors."docker.io"]\nendpoint = ["http://mirror.local:5000"]\n'
    expect(await bases({ '/etc/containerd/config.toml': config }, 'docker.io')).toEqual([
      'http://mirror.local:5000/v2',
      'https://registry-1.docker.io/v2',
    ])
  })
})
