import { describe, expect, it } from 'vitest'
import { defaultHost, hostsOfFile, hostsOfMirrors, registrySection } from './registry-hosts.ts'

const bases = (hosts: readonly { base: string }[] | undefined) => hosts?.map(({ base }) => base)

describe('the hosts of a registry', () => {
  it.each([
    ['docker.io', 'https://registry-1.docker.io/v2'],
    ['lab.local:5000', 'https://lab.local:5000/v2'],
    ['localhost:5000', 'http://localhost:5000/v2'],
    ['127.0.0.1:5000', 'http://127.0.0.1:5000/v2'],
  ])('of %s, with nothing configured', (registry, base) => {
    expect(defaultHost(registry)).toMatchObject({ base, isMirror: false, isCertificateChecked: true })
  })

  it('by hosts.toml are its mirrors that may be pulled from, then the server', () => {
    const file = {
      server: 'https://docker.io',
      host: {
        'https://mirror.local:8443': { capabilities: ['pull', 'resolve'], skip_verify: true },
        'http://harbor.local/v2/hub': { override_path: true, ca: ['harbor.crt', '/etc/other.crt'] },
        'https://push.local': { capabilities: ['push'] },
        'https://me:secret@user.local': {},
        'ftp://odd.local': {},
      },
    }
    expect(hostsOfFile('docker.io', file, '/etc/containerd/certs.d/docker.io')).toEqual([
      {
        base: 'https://mirror.local:8443/v2',
        isCertificateChecked: false,
        authorityFiles: [],
        isMirror: true,
      },
      {
        base: 'http://harbor.local/v2/hub',
        isCertificateChecked: true,
        authorityFiles: ['/etc/containerd/certs.d/docker.io/harbor.crt', '/etc/other.crt'],
        isMirror: true,
      },
      { base: 'https://docker.io/v2', isCertificateChecked: true, authorityFiles: [], isMirror: false },
    ])
  })

  it('by hosts.toml without a server are the mirrors and the registry itself', () => {
    const file = { host: { 'https://mirror.local': {} } }
    expect(bases(hostsOfFile('docker.io', file, '/'))).toEqual([
      'https://mirror.local/v2',
      'https://registry-1.docker.io/v2',
    ])
    expect(bases(hostsOfFile('lab.local', {}, '/'))).toEqual(['https://lab.local/v2'])
  })

  it.each([['text'], [{ server: 5 }], [{ host: { a: 'b' } }]])('are not read from %j', (file) => {
    expect(hostsOfFile('lab.local', file, '/')).toBeUndefined()
  })

  it('by mirrors in the configuration itself are those, the registry last', () => {
    const section = registrySection({
      version: 2,
      plugins: {
        'io.containerd.grpc.v1.cri': {
          registry: {
            mirrors: { 'docker.io': { endpoint: ['http://mirror.local:5000'] } },
            configs: { 'mirror.local:5000': { tls: { insecure_skip_verify: true, ca_file: '/etc/m.crt' } } },
          },
        },
      },
    })
    expect(hostsOfMirrors('docker.io', section ?? {})).toEqual([
      {
        base: 'http://mirror.local:5000/v2',
        isCertificateChecked: false,
        authorityFiles: ['/etc/m.crt'],
        isMirror: true,
      },
      {
        base: 'https://registry-1.docker.io/v2',
        isCertificateChecked: true,
        authorityFiles: [],
        isMirror: false,
      },
    ])
    expect(bases(hostsOfMirrors('lab.local', section ?? {}))).toEqual(['https://lab.local/v2'])
    expect(bases(hostsOfMirrors('a.b', { mirrors: { '*': { endpoint: ['https://all.local'] } } }))).toEqual([
      'https://all.local/v2',
      'https://a.b/v2',
    ])
  })

  it.each([
    ['io.containerd.cri.v1.images', 3],
    ['io.containerd.grpc.v1.cri', 2],
    ['cri', 1],
  ])('are found below the plugin %s of version %i', (plugin, version) => {
    const registry = { config_path: '/etc/containerd/certs.d' }
    expect(registrySection({ version, plugins: { [plugin]: { registry } } })).toEqual(registry)
  })

  it('are not configured where there is no such section', () => {
    expect(registrySection({})).toBeUndefined()
    expect(registrySection('x')).toBeUndefined()
  })
})
