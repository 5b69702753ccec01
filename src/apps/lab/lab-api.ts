import { KUBELET_METRICS, readMetricLine } from '../../core/kubernetes/metrics-text.ts'
import { Configz } from '../../core/kubernetes/kubelet-configuration.ts'
import { schemaOf, type ObjectOf, type ResourceName } from '../../core/kubernetes/resources.ts'
import { Summary } from '../../core/kubernetes/summary.ts'
import type { Answer, ClusterApi } from '../../core/observe/cluster-api.ts'
import type { Gap } from '../../core/observe/gap.ts'
import type { LabObject } from './world/objects.ts'
import type { LabWorld } from './world/lab-world.ts'
import type { LabKubelet } from './world/node/lab-kubelet.ts'

/** The API of the simulated cluster that is there now, without a server in between: what is read goes through the same schemas. */
export function labApi(world: () => LabWorld): ClusterApi {
  const parsed = new WeakMap<LabObject, unknown>()

  function objectsOf<N extends ResourceName>(resource: N): ObjectOf<N>[] {
    const schema = schemaOf(resource)
    return world()
      .objects.list(resource)
      .map((object) => {
        const known = parsed.get(object) ?? schema.parse(object)
        parsed.set(object, known)
        return known as ObjectOf<N>
      })
  }

  async function ask<T>(node: string, part: string, read: (kubelet: LabKubelet) => T): Promise<Answer<T>> {
    const kubelet = world().kubelets.get(node)
    const gap: Gap = { part, node, why: 'unreachable', detail: 'there is no such node' }
    return kubelet ? { value: read(kubelet) } : { gap }
  }

  return {
    list: async (resource) => ({
      value: { objects: objectsOf(resource), resourceVersion: '1', unreadable: 0 },
    }),
    watch: (resource) => ({
      objects: () => objectsOf(resource),
      state: () => ({ phase: 'live', since: world().startsAt, unreadable: 0 }),
      onChange: () => () => undefined,
      stop: () => undefined,
    }),
    nodes: {
      summary: (node) => ask(node, 'stats/summary', ({ summary }) => Summary.parse(summary())),
      configz: (node) => ask(node, 'configz', ({ configz }) => Configz.parse(configz()).kubeletconfig),
      metrics: (node) =>
        ask(node, 'metrics', ({ metrics }) =>
          metrics()
            .split('\n')
            .flatMap((line) => readMetricLine(line, KUBELET_METRICS) ?? []),
        ),
      log: (node, _, fromByte, mostBytes) =>
        ask(node, 'logs', ({ log }) => {
          const bytes = Buffer.from(log.read(world().agenda.now()))
          const from = fromByte < 0 ? Math.max(0, bytes.length + fromByte) : fromByte
          return { bytes: bytes.subarray(from, from + mostBytes), sizeBytes: bytes.length }
        }),
    },
    close: async () => undefined,
  }
}
