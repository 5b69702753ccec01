import { formatBytes } from '../units/bytes.ts'
import { fewEn as en, fewZh as zh, type Few } from './few-words.ts'
import { text } from './text.ts'

/** A resource that a node has too little of: cpu in thousandths of a core, memory and storage in bytes, others counted. */
export interface Lack {
  resource: string
  requested: number
  free: number
}

interface Claim {
  claim: string
}
interface Volume extends Claim {
  volume: string
}
interface Classed extends Claim {
  storageClass: string
}

/** Terms of which one has to match. */
const orEn = ({ named, count }: Few) =>
  named.join(' or ') + (count > named.length ? ` or ${count - named.length} more` : '') || 'no node'
const orZh = ({ named, count }: Few) =>
  named.join(' 或 ') + (count > named.length ? ` 等 ${count} 组条件之一` : '') || '任何节点都不满足的条件'

const BYTES = /^(?:memory|ephemeral-storage|hugepages-.*)$/
const amount = (resource: string, value: number) =>
  resource === 'cpu' ? `${value}m` : BYTES.test(resource) ? formatBytes(value) : String(value)
const lackEn = ({ resource, requested, free }: Lack) =>
  `${resource} (asks for ${amount(resource, requested)}, ${amount(resource, free)} free)`
const lackZh = ({ resource, requested, free }: Lack) =>
  `${resource}（请求 ${amount(resource, requested)}，剩余 ${amount(resource, free)}）`
const lacks = (list: readonly Lack[], count: number, write: (lack: Lack) => string): Few => ({
  named: list.map(write),
  count,
})

/** Why a pod cannot run on a node, under `placement.refused.…`; what could not be decided, under `placement.unknown.…`. */
export const placementMessages = {
  'placement.refused.unschedulable': text({
    en: () => 'The node is cordoned (unschedulable).',
    'zh-CN': () => '节点已被 cordon（不可调度）。',
  }),
  'placement.refused.not-ready': text<{ taints: Few }>({
    en: (p) => `The node is not ready: ${en(p.taints)}.`,
    'zh-CN': (p) => `节点未就绪：${zh(p.taints)}。`,
  }),
  'placement.refused.taints': text<{ taints: Few }>({
    en: (p) =>
      `The pod does not tolerate ${p.taints.count === 1 ? 'the taint' : 'the taints'} ${en(p.taints)}.`,
    'zh-CN': (p) => `Pod 不容忍污点 ${zh(p.taints)}。`,
  }),
  'placement.refused.node-name': text<{ nodeName: string }>({
    en: (p) => `The pod is assigned to the node ${p.nodeName}.`,
    'zh-CN': (p) => `Pod 已指定到节点 ${p.nodeName}。`,
  }),
  'placement.refused.static-pod': text<{ nodeName: string }>({
    en: (p) => `A static pod: it runs from a file of the node ${p.nodeName}, and only there.`,
    'zh-CN': (p) => `静态 Pod：由节点 ${p.nodeName} 上的文件运行，只能在该节点上运行。`,
  }),
  'placement.refused.scheduling-gates': text<{ gates: Few }>({
    en: (p) => `The pod is held back by scheduling gates: ${en(p.gates)}.`,
    'zh-CN': (p) => `Pod 被调度门控（scheduling gates）阻止：${zh(p.gates)}。`,
  }),
  'placement.refused.node-selector': text<{ labels: Few }>({
    en: (p) => `The node lacks labels that nodeSelector asks for: ${en(p.labels)}.`,
    'zh-CN': (p) => `节点缺少 nodeSelector 要求的标签：${zh(p.labels)}。`,
  }),
  'placement.refused.node-affinity': text<{ terms: Few }>({
    en: (p) => `The pod's node affinity asks for ${orEn(p.terms)}.`,
    'zh-CN': (p) => `Pod 的节点亲和性要求 ${orZh(p.terms)}。`,
  }),
  'placement.refused.volume-affinity': text<Volume & { terms: Few }>({
    en: (p) => `The volume ${p.volume} of claim ${p.claim} can be used only where ${orEn(p.terms)}.`,
    'zh-CN': (p) => `PVC ${p.claim} 的卷 ${p.volume} 只能在满足 ${orZh(p.terms)} 的节点上使用。`,
  }),
  'placement.refused.volume-missing': text<Volume>({
    en: (p) => `The claim ${p.claim} is bound to the volume ${p.volume}, which does not exist.`,
    'zh-CN': (p) => `PVC ${p.claim} 绑定的卷 ${p.volume} 不存在。`,
  }),
  'placement.refused.claim-missing': text<Claim>({
    en: (p) => `The claim ${p.claim} does not exist.`,
    'zh-CN': (p) => `PVC ${p.claim} 不存在。`,
  }),
  'placement.refused.claim-lost': text<Volume>({
    en: (p) => `The claim ${p.claim} has lost its volume ${p.volume}.`,
    'zh-CN': (p) => `PVC ${p.claim} 已丢失其卷 ${p.volume}。`,
  }),
  'placement.refused.claim-being-deleted': text<Claim>({
    en: (p) => `The claim ${p.claim} is being deleted.`,
    'zh-CN': (p) => `PVC ${p.claim} 正在被删除。`,
  }),
  'placement.refused.claim-of-another-pod': text<Claim>({
    en: (p) => `The claim ${p.claim} is named like the pod's own but was not made for it.`,
    'zh-CN': (p) => `PVC ${p.claim} 与该 Pod 的临时卷同名，但并非为其创建。`,
  }),
  'placement.refused.claim-unbound': text<Claim>({
    en: (p) => `The claim ${p.claim} is not bound to a volume.`,
    'zh-CN': (p) => `PVC ${p.claim} 尚未绑定卷。`,
  }),
  'placement.refused.claim-elsewhere': text<Claim & { nodeName: string }>({
    en: (p) => `The volume of claim ${p.claim} is being made for the node ${p.nodeName}.`,
    'zh-CN': (p) => `PVC ${p.claim} 的卷正在为节点 ${p.nodeName} 创建。`,
  }),
  'placement.refused.no-volume-to-bind': text<Classed>({
    en: (p) =>
      `No free volume of class ${p.storageClass} on this node fits the claim ${p.claim}, and the class makes none.`,
    'zh-CN': (p) =>
      `该节点上没有适合 PVC ${p.claim} 的 ${p.storageClass} 类空闲卷，且该存储类不会自动创建卷。`,
  }),
  'placement.refused.class-topology': text<Classed>({
    en: (p) => `The class ${p.storageClass} of claim ${p.claim} makes no volumes for this node.`,
    'zh-CN': (p) => `PVC ${p.claim} 的存储类 ${p.storageClass} 不为该节点创建卷。`,
  }),
  'placement.refused.too-many-pods': text<{ allocatable: number }>({
    en: (p) => `The node has all the ${p.allocatable} pods it may have.`,
    'zh-CN': (p) => `节点上的 Pod 数已达上限 ${p.allocatable}。`,
  }),
  'placement.refused.insufficient': text<{ lacks: readonly Lack[]; count: number }>({
    en: (p) => `Too little is free of ${en(lacks(p.lacks, p.count, lackEn))}.`,
    'zh-CN': (p) => `资源不足：${zh(lacks(p.lacks, p.count, lackZh))}。`,
  }),
  'placement.refused.host-ports': text<{ ports: Few }>({
    en: (p) => `Another pod there has the host port ${en(p.ports)}.`,
    'zh-CN': (p) => `主机端口 ${zh(p.ports)} 已被该节点上的其他 Pod 占用。`,
  }),
  'placement.refused.pod-affinity': text({
    en: () => 'No pod that the pod has to be near (pod affinity) is there.',
    'zh-CN': () => '该处没有此 Pod 的 Pod 亲和性所要求的 Pod。',
  }),
  'placement.refused.pod-anti-affinity': text<{ pod: string; topologyKey: string }>({
    en: (p) => `The pod must not be in the same ${p.topologyKey} as ${p.pod} (pod anti-affinity).`,
    'zh-CN': (p) => `Pod 反亲和性不允许此 Pod 与 ${p.pod} 处于同一 ${p.topologyKey}。`,
  }),
  'placement.refused.topology-label': text<{ topologyKey: string }>({
    en: (p) => `The node lacks the label ${p.topologyKey}, by which the pod has to be placed.`,
    'zh-CN': (p) => `节点缺少标签 ${p.topologyKey}，而此 Pod 必须按该标签调度。`,
  }),
  'placement.unknown.allocatable': text({
    en: () => 'Not evaluated: the node does not say what it has to give.',
    'zh-CN': () => '未评估：节点未给出可分配资源。',
  }),
  'placement.unknown.quantity': text<{ resources: Few }>({
    en: (p) => `Not evaluated: a quantity of ${en(p.resources)} cannot be read.`,
    'zh-CN': (p) => `未评估：无法解析 ${zh(p.resources)} 的数量。`,
  }),
  'placement.unknown.pods': text({
    en: () => 'Not evaluated: which pods are on the node is not known.',
    'zh-CN': () => '未评估：不知道节点上有哪些 Pod。',
  }),
  'placement.unknown.claim': text<Claim>({
    en: (p) => `Not evaluated: the state of claim ${p.claim} is not known.`,
    'zh-CN': (p) => `未评估：不知道 PVC ${p.claim} 的状态。`,
  }),
  'placement.unknown.claim-awaited': text<Claim>({
    en: (p) => `Not evaluated: the pod's own claim ${p.claim} has yet to be made.`,
    'zh-CN': (p) => `未评估：此 Pod 的临时卷 PVC ${p.claim} 尚未创建。`,
  }),
  'placement.unknown.volume': text<Volume>({
    en: (p) => `Not evaluated: where the volume ${p.volume} of claim ${p.claim} can be used is not known.`,
    'zh-CN': (p) => `未评估：不知道 PVC ${p.claim} 的卷 ${p.volume} 可在哪些节点上使用。`,
  }),
  'placement.unknown.binding-mode': text<Classed>({
    en: (p) =>
      `Not evaluated: whether the class ${p.storageClass} of claim ${p.claim} waits for its first consumer.`,
    'zh-CN': (p) => `未评估：不知道 PVC ${p.claim} 的存储类 ${p.storageClass} 是否等待首个使用者再绑定。`,
  }),
  'placement.unknown.pod-affinity': text({
    en: () => 'Not evaluated: a pod affinity that selects namespaces by their labels.',
    'zh-CN': () => '未评估：按标签选择命名空间的 Pod 亲和性或反亲和性。',
  }),
  'placement.unknown.topology-spread': text<{ topologyKeys: Few }>({
    en: (p) => `Not evaluated: topology spread over ${en(p.topologyKeys)}.`,
    'zh-CN': (p) => `未评估：按 ${zh(p.topologyKeys)} 的拓扑分布约束。`,
  }),
  'placement.unknown.resource-claims': text<{ resourceClaims: Few }>({
    en: (p) => `Not evaluated: devices for the resource claims ${en(p.resourceClaims)}.`,
    'zh-CN': (p) => `未评估：资源声明（ResourceClaim）${zh(p.resourceClaims)} 所需的设备。`,
  }),
  'placement.unknown.scheduler': text<{ schedulerName: string }>({
    en: (p) => `Not evaluated: the pod is placed by a scheduler of its own, ${p.schedulerName}.`,
    'zh-CN': (p) => `未评估：此 Pod 由专用调度器 ${p.schedulerName} 调度。`,
  }),
}
