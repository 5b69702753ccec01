import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hostFiles } from './host-files.ts'
import { pathInRoot } from './path-in-root.ts'

const links = (known: Record<string, string>) => (at: string) => Promise.resolve(known[at])

describe('a path in the root of a host', () => {
  it.each([
    ['/run/containerd.sock', {}, '/run/containerd.sock'],
    ['/var/run/containerd.sock', { '/var/run': '/run' }, '/run/containerd.sock'],
    ['/var/lib/kubelet/', { '/var/lib/kubelet': '../../data/kubelet' }, '/data/kubelet'],
    ['/var/lib/kubelet', { '/var/lib/kubelet': '/data', '/data': '/mnt/disk' }, '/mnt/disk'],
    ['/a/b', { '/a': '../../../etc' }, '/etc/b'],
    ['/a/../../../b', {}, '/b'],
    ['/a/..', { '/a': '/x/y' }, '/x'],
    ['/dangling/below', { '/dangling': '/nowhere' }, '/nowhere/below'],
    ['//a/./b//', {}, '/a/b'],
    ['/', {}, '/'],
  ])('%s is where its links lead', async (given, known, real) => {
    expect(await pathInRoot(given, links(known))).toBe(real)
  })

  it.each([{ '/a': '/a' }, { '/a': 'b', '/b': 'a' }, { '/a': 'a/a' }])(
    'says so of a circle: %o',
    async (known) => {
      await expect(pathInRoot('/a', links(known))).rejects.toMatchObject({ code: 'ELOOP' })
    },
  )

  it('has no link and no way up in it, whatever links there are', async () => {
    const name = fc.constantFrom('a', 'b', '..', '.', '')
    const anyPath = fc.array(name, { maxLength: 6 }).map((names) => names.join('/'))
    const target = fc.oneof(
      anyPath,
      anyPath.map((to) => `/${to}`),
    )
    await fc.assert(
      fc.asyncProperty(anyPath, fc.dictionary(anyPath, target), async (given, known) => {
        const linkAt = links(Object.fromEntries(Object.entries(known).map(([at, to]) => [`/${at}`, to])))
        const real = await pathInRoot(given, linkAt).catch((failure: Error & { code?: string }) => {
          expect(failure.code).toBe('ELOOP')
        })
        if (real === undefined || real === '/') return
        expect(real).toMatch(/^(?:\/(?!\.{1,2}(?:\/|$))[^/]+)+$/)
        const parts = real.split('/').slice(1)
        for (const depth of parts.keys())
          expect(await linkAt(`/${parts.slice(0, depth + 1).join('/')}`)).toBeUndefined()
      }),
    )
  })
})

describe('the files of a host', () => {
  let folder = ''
  beforeAll(() => {
    folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'kubepatrol-host-')))
    mkdirSync(path.join(folder, 'host/data/kubelet'), { recursive: true })
    mkdirSync(path.join(folder, 'host/var/lib'), { recursive: true })
    symlinkSync('/data/kubelet', path.join(folder, 'host/var/lib/kubelet'))
    symlinkSync('../../data', path.join(folder, 'host/var/relative'))
    symlinkSync('/etc/hostname', path.join(folder, 'host/var/hostname'))
    symlinkSync(`${'../'.repeat(40)}etc/hostname`, path.join(folder, 'host/var/climbing'))
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  it('are where the links of the host lead in it', async () => {
    const host = hostFiles(path.join(folder, 'host'))
    expect(await host.real('/var/lib/kubelet')).toBe('/data/kubelet')
    expect(await host.real('/var/relative/kubelet')).toBe('/data/kubelet')
    expect(await hostFiles('/').real(path.join(folder, 'host/var/relative'))).toBe(path.join(folder, 'data'))
  })

  it.each(['/var/hostname', '/var/climbing'])('are never those of another root: %s', async (link) => {
    const host = hostFiles(path.join(folder, 'host'))
    await expect(host.read(link, 100)).rejects.toMatchObject({ code: 'ENOENT' })
  })
})
