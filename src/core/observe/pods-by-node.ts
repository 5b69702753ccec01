import type { Pod } from '../kubernetes/pod.ts'

/** The pods that are on a node, by its name. */
export function podsByNode(pods: readonly Pod[]): ReadonlyMap<string, readonly Pod[]> {
  const byNode = new Map<string, Pod[]>()
  for (const pod of pods) {
    const { nodeName } = pod.spec
    if (nodeName === undefined) continue
    const there = byNode.get(nodeName)
    if (there) there.push(pod)
    else byNode.set(nodeName, [pod])
  }
  return byNode
}
