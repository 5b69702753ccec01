import { createHash } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { registryProbe, type TrustedHost } from '../../src/adapters/observe/registry-probe/registry-probe.ts'
import type { ImageRegistries } from '../../src/core/observe/image-registries.ts'

/** A registry to ask. */
export interface StartedRegistry {
  /** `http://127.0.0.1:…`. */
  url: string
  /** Puts a manifest in: what it holds, by its digest. */
  push(repository: string, manifest: string): Promise<string>
  close(): Promise<void>
}

/** The host of a registry as nothing configured makes it. */
export const hostAt = (url: string): TrustedHost => ({
  base: `${url}/v2`,
  isCertificateChecked: true,
  authorities: [],
  isMirror: false,
})

export const digestOf = (manifest: string) => `sha256:${createHash('sha256').update(manifest).digest('hex')}`

/** An image index of nothing: the smallest thing that a registry keeps by its digest. */
export const INDEX = JSON.stringify({
  schemaVersion: 2,
  mediaType: 'application/vnd.oci.image.index.v1+json',
  manifests: [],
})

/** What holds of every registry. */
export function imageRegistriesContract(name: string, start: () => Promise<StartedRegistry>) {
  describe(`${name}, asked whether it has an image`, () => {
    let registry: StartedRegistry
    let registries: ImageRegistries
    beforeEach(async () => {
      registry = await start()
      registries = registryProbe(() => Promise.resolve([hostAt(registry.url)]))
    })
    afterEach(async () => {
      await registries.close()
      await registry.close()
    })
    const ask = (repository: string, digest: string) =>
      registries.ask({ registry: new URL(registry.url).host, repository, digest })

    it('says yes of what it has', async () => {
      const digest = await registry.push('team/app', INDEX)
      expect(await ask('team/app', digest)).toEqual({
        state: 'yes',
        why: 'found',
        host: new URL(registry.url).host,
      })
    })

    it('says no of another digest, and of another repository', async () => {
      const digest = await registry.push('team/app', INDEX)
      expect(await ask('team/app', `sha256:${'0'.repeat(64)}`)).toMatchObject({ state: 'no', why: 'missing' })
      expect(await ask('team/other', digest)).toMatchObject({ state: 'no', why: 'missing' })
    })

    it('is not known to have anything once it is gone', async () => {
      const digest = await registry.push('team/app', INDEX)
      await registry.close()
      expect(await ask('team/app', digest)).toMatchObject({ state: 'unknown', why: 'unreachable' })
    })
  })
}
