import { expect, it } from 'vitest'
import type { ContainerRuntime } from '../../src/core/observe/container-runtime.ts'

/** What every container runtime that is asked gives, the fake and the real. */
export function containerRuntimeContract(runtime: () => ContainerRuntime): void {
  it('says what it is', async () => {
    const { value } = await runtime().identity()
    expect(value?.name).toMatch(/\w/)
    expect(value?.version).toMatch(/\d/)
  })

  it('lists images, each with an id, a name and a size', async () => {
    const { value = [] } = await runtime().images()
    expect(value.length).toBeGreaterThan(0)
    for (const { id, names, reportedBytes } of value) {
      expect(id).toMatch(/^sha256:[0-9a-f]{64}$/)
      expect(names.length).toBeGreaterThan(0)
      expect(reportedBytes).toBeGreaterThan(0)
    }
  })

  it('lists containers that belong to sandboxes it lists', async () => {
    const containers = (await runtime().containers()).value
    const sandboxes = (await runtime().sandboxes()).value
    const ids = sandboxes?.map(({ id }) => id)
    expect(containers).toBeDefined()
    for (const { name, sandboxId, createdAt } of containers ?? []) {
      expect(name).toMatch(/\w/)
      expect(ids).toContain(sandboxId)
      expect(createdAt).toBeGreaterThan(Date.UTC(2020, 0))
    }
    for (const { uid, namespace, name } of sandboxes ?? []) {
      expect([uid, namespace, name].every((text) => text !== '')).toBe(true)
    }
  })

  it('says how much its filesystem of images holds', async () => {
    // A runtime that has just started has not counted yet.
    await expect.poll(async () => (await runtime().filesystems()).value, { timeout: 30_000 }).toHaveLength(1)
    const [filesystem] = (await runtime().filesystems()).value ?? []
    expect(filesystem?.mountPoint).toMatch(/^\//)
    expect(filesystem?.usedBytes).toBeGreaterThan(0)
  })

  it('says how much containers wrote, of containers that it lists', async () => {
    const ids = (await runtime().containers()).value?.map(({ id }) => id)
    const { value } = await runtime().writableLayers()
    expect(value).toBeDefined()
    for (const { containerId } of value ?? []) expect(ids).toContain(containerId)
  })
}
