import { isAtLeast, type KubeletVersion } from '../../../../core/kubelet/kubelet-version.ts'
import type { Lack } from '../../../../core/messages/placement.ts'
import type { Message } from '../../../../core/messages/message.ts'
import type { Placement } from '../../../../core/placement/place-pod.ts'

/** What the scheduler says of a pod that fits nowhere, in the words of its version (semantics §9). */
export function nowhereText(placements: readonly Placement[], version: KubeletVersion): string {
  const whole = placements.flatMap(({ reasons: [reason] }) => (reason ? (ofNoNode(reason) ?? []) : []))[0]
  if (whole !== undefined) return whole
  const counts = new Map<string, number>()
  for (const { reasons } of placements) {
    for (const text of reasons[0] ? ofNode(reasons[0], version) : [])
      counts.set(text, (counts.get(text) ?? 0) + 1)
  }
  const told = [...counts].map(([text, count]) => `${count} ${text}`).toSorted()
  return `0/${placements.length} nodes are available: ${told.join(', ')}.`
}

/** What holds for every node is said of none. */
function ofNoNode({ key, params }: Message): string | undefined {
  const name = ((params as { claim?: string } | null)?.claim ?? '').split('/').at(-1) ?? ''
  switch (key) {
    case 'placement.refused.claim-missing':
      return `persistentvolumeclaim "${name}" not found`
    case 'placement.refused.claim-being-deleted':
      return `persistentvolumeclaim "${name}" is being deleted`
    case 'placement.refused.claim-unbound':
      return 'pod has unbound immediate PersistentVolumeClaims'
    default:
      return undefined
  }
}

function ofNode({ key, params }: Message, version: KubeletVersion): string[] {
  switch (key) {
    case 'placement.refused.unschedulable':
      return ['node(s) were unschedulable']
    case 'placement.refused.taints':
    case 'placement.refused.not-ready': {
      const [first = ''] = (params as { taints: { named: readonly string[] } }).taints.named
      const [taintKey = '', value = ''] = first.replace(/:[^:]*$/, '').split('=')
      const taint = `{${taintKey}: ${value}}`
      return [
        isAtLeast(version, 24)
          ? `node(s) had untolerated taint ${taint}`
          : isAtLeast(version, 17)
            ? `node(s) had taint ${taint}, that the pod didn't tolerate`
            : `node(s) had taints that the pod didn't tolerate`,
      ]
    }
    case 'placement.refused.volume-affinity':
      return ['node(s) had volume node affinity conflict']
    case 'placement.refused.no-volume-to-bind':
    case 'placement.refused.claim-elsewhere':
      return ["node(s) didn't find available persistent volumes to bind"]
    case 'placement.refused.node-selector':
    case 'placement.refused.node-affinity':
      return [
        isAtLeast(version, 20)
          ? "node(s) didn't match Pod's node affinity"
          : "node(s) didn't match node selector",
      ]
    case 'placement.refused.insufficient':
      return (params as { lacks: readonly Lack[] }).lacks.map(({ resource }) => `Insufficient ${resource}`)
    case 'placement.refused.too-many-pods':
      return ['Too many pods']
    case 'placement.refused.host-ports':
      return ["node(s) didn't have free ports for the requested pod ports"]
    default:
      return ["node(s) didn't match pod affinity rules"]
  }
}
