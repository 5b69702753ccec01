import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  connectToCluster,
  type ConnectedCluster,
} from '../../src/adapters/observe/kubernetes-api/kubernetes-api.ts'
import type { ApiConnection } from '../../src/adapters/observe/kubernetes-api/connection.ts'
import { systemClock } from '../../src/adapters/observe/kubernetes-api/system-clock.ts'
import { RESOURCE_NAMES } from '../../src/core/kubernetes/resources.ts'
import { objectKey } from '../../src/core/observe/object-set.ts'
import { until } from '../fake-api-server/manual-clock.ts'

/** A server that the client is tried on, and someone who may write there. */
export interface ContractSubject {
  connection: ApiConnection
  /** Makes a StorageClass of this name that nothing uses. */
  putStorageClass(name: string): Promise<void>
  removeStorageClass(name: string): Promise<void>
  close(): Promise<void>
}

/** What the client of the Kubernetes API has to do on every server. */
export function kubernetesApiContract(name: string, start: () => Promise<ContractSubject>): void {
  describe(`the Kubernetes API client on ${name}`, () => {
    let subject: ContractSubject
    let cluster: ConnectedCluster
    const marked = `kubepatrol-contract-${process.pid}`
    beforeAll(async () => {
      subject = await start()
      cluster = await connect()
    })
    afterAll(async () => {
      await subject?.removeStorageClass(marked)
      await cluster?.api.close()
      await subject?.close()
    })
    const connect = (pageSize = 500) =>
      connectToCluster(subject.connection, { clock: systemClock, random: Math.random, pageSize })

    it('says which version it is', () => {
      expect(cluster.version).toMatch(/^v1\.\d+/)
    })

    it.each(RESOURCE_NAMES)('lists %s, the same by pages of one', async (resource) => {
      const whole = await cluster.api.list(resource)
      expect(whole).toMatchObject({
        value: { unreadable: 0, resourceVersion: expect.stringMatching(/^\d+$/) },
      })
      const paged = await connect(1)
      const byOne = await paged.api.list(resource)
      await paged.api.close()
      const keys = (answer: typeof whole) => answer.value?.objects.map(({ metadata }) => objectKey(metadata))
      if (resource !== 'events') expect(keys(byOne)).toEqual(keys(whole))
      expect(byOne.gap).toBeUndefined()
    })

    it('finds at least one node, and reads its summary, configuration and metrics', async () => {
      const { value } = await cluster.api.list('nodes')
      const node = value?.objects[0]?.metadata.name ?? ''
      expect(node).not.toBe('')
      const summary = await cluster.api.nodes.summary(node)
      expect(summary.value?.node.nodeName).toBe(node)
      expect(summary.value?.node.fs?.capacityBytes).toBeGreaterThan(0)
      const { value: configuration } = await cluster.api.nodes.configz(node)
      expect(configuration?.imageGCHighThresholdPercent).toBeGreaterThan(0)
      const metrics = await cluster.api.nodes.metrics(node)
      expect(
        metrics.value?.find((sample) => sample.name === 'process_start_time_seconds')?.value,
      ).toBeGreaterThan(1e9)
    })

    it('names what a node that is not there cannot give', async () => {
      const { gap } = await cluster.api.nodes.summary('no such node/../..')
      expect(gap).toMatchObject({
        part: 'stats/summary',
        node: 'no such node/../..',
        detail: expect.stringMatching(/./),
      })
    })

    it('follows what is made, changed and removed', async () => {
      const watched = cluster.api.watch('storageclasses')
      const changes: string[] = []
      watched.onChange((change) => change && changes.push(`${change.what} ${change.object.metadata.name}`))
      await until(() => watched.state().phase === 'live')
      const listed = await cluster.api.list('storageclasses')
      expect(watched.objects()).toEqual(listed.value?.objects)
      await subject.putStorageClass(marked)
      await until(() => watched.objects().some(({ metadata }) => metadata.name === marked))
      await subject.removeStorageClass(marked)
      await until(() => watched.objects().every(({ metadata }) => metadata.name !== marked))
      watched.stop()
      const ours = changes.filter((change) => change.endsWith(marked))
      expect([ours[0], ours.at(-1)]).toEqual([`put ${marked}`, `removed ${marked}`])
    })

    it('watches every resource it lists', async () => {
      const watches = RESOURCE_NAMES.map((resource) => cluster.api.watch(resource))
      await until(() => watches.every((watched) => watched.state().phase === 'live'))
      for (const watched of watches) watched.stop()
    })
  })
}
