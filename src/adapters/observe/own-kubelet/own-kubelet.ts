import { Configz } from '../../../core/kubernetes/kubelet-configuration.ts'
import { readMetricLine } from '../../../core/kubernetes/metrics-text.ts'
import { Summary } from '../../../core/kubernetes/summary.ts'
import type { Answer, NodeProxy } from '../../../core/observe/cluster-api.ts'
import type { Duration } from '../../../core/units/duration.ts'
import { getFromKubelet, KubeletFailure, type KubeletEndpoint } from './kubelet-request.ts'

/** What a kubelet says to somebody on its own node. */
export interface OwnKubelet extends Pick<NodeProxy, 'summary' | 'configz'> {
  /** Such as `v1.20.2`. */
  version(node: string): Promise<Answer<string>>
}

const BUILD_INFO = new Set(['kubernetes_build_info'])

/** Asks a kubelet itself, without the API server between. */
export function ownKubelet(endpoint: () => Promise<KubeletEndpoint>, timeMs: Duration = 10_000): OwnKubelet {
  async function ask<T>(
    part: string,
    node: string,
    read: (at: KubeletEndpoint) => Promise<T>,
  ): Promise<Answer<T>> {
    try {
      return { value: await read(await endpoint()) }
    } catch (failure) {
      const { why, message } =
        failure instanceof KubeletFailure ? failure : new KubeletFailure('garbled', String(failure))
      return { gap: { part, node, why, detail: message } }
    }
  }
  return {
    summary: (node) =>
      ask('stats/summary', node, async (at) =>
        Summary.parse(JSON.parse(await getFromKubelet(at, '/stats/summary', timeMs))),
      ),
    configz: (node) =>
      ask('configz', node, async (at) => {
        const { kubeletconfig } = Configz.parse(JSON.parse(await getFromKubelet(at, '/configz', timeMs)))
        return kubeletconfig
      }),
    version: (node) =>
      ask('metrics', node, async (at) => {
        const lines = (await getFromKubelet(at, '/metrics', timeMs)).split('\n')
        const told = lines
          .map((line) => readMetricLine(line, BUILD_INFO))
          .find((sample) => sample !== undefined)
        const { git_version: dotted, gitVersion } = told?.labels ?? {}
        const version = dotted ?? gitVersion
        if (version === undefined) throw new KubeletFailure('garbled', 'its metrics do not say its version')
        return version
      }),
  }
}
