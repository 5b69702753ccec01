import { shown } from '../tell/shown-text.ts'
import { countEn, fewEn, fewZh, type Few } from './few-words.ts'
import type { placementMessages } from './placement.ts'
import { text } from './text.ts'

/** A reason why a node refuses a pod, by its message. */
export type Refusal = keyof typeof placementMessages

/** Nodes that refuse a pod for the same reasons. */
interface RefusingNodes {
  nodes: Few
  reasons: readonly { refusal: Refusal; sentence: string }[]
}

interface Unplaceable {
  pods: Few
  /** What is evicted and now has no place: the pod that this one replaces, and where it was. */
  replaces?: { pod: string; node?: string }
  nodes: number
  /** Those nearest to taking the pod first. */
  refusing: readonly RefusingNodes[]
  /** Nodes that refuse for yet other reasons. */
  otherNodes: number
}

/** What makes a node take the pod, by what refuses it there. */
const HELP: Partial<Record<Refusal, { en: string; zh: string }>> = {
  'placement.refused.unschedulable': {
    en: '`kubectl uncordon` it if it is to take pods again',
    zh: '若该节点应恢复接收 Pod，执行 `kubectl uncordon`',
  },
  'placement.refused.not-ready': { en: 'bring the node back', zh: '恢复该节点' },
  'placement.refused.taints': {
    en: 'free space where the taint is of DiskPressure, which then goes by itself; else have the pod tolerate the taint, or take it away',
    zh: '若为 DiskPressure 污点，释放空间后会自动消失；否则为 Pod 添加容忍，或移除污点',
  },
  'placement.refused.insufficient': {
    en: 'ask for less, move other pods away, or add a node',
    zh: '降低资源请求、迁走其他 Pod 或增加节点',
  },
  'placement.refused.too-many-pods': {
    en: 'move other pods away, or add a node',
    zh: '迁走其他 Pod 或增加节点',
  },
  'placement.refused.volume-affinity': {
    en: 'its data is on another node: make that one take it, or move the data',
    zh: '其数据在另一个节点上：让那个节点能够接收它，或迁移数据',
  },
  'placement.refused.node-selector': {
    en: 'label a node, or change what the pod asks for',
    zh: '为节点添加标签，或修改 Pod 的要求',
  },
  'placement.refused.node-affinity': {
    en: 'label a node, or change what the pod asks for',
    zh: '为节点添加标签，或修改 Pod 的要求',
  },
  'placement.refused.no-volume-to-bind': { en: 'make a volume for the claim', zh: '为该 PVC 创建卷' },
  'placement.refused.pod-anti-affinity': {
    en: 'add a node, or ask for less distance',
    zh: '增加节点，或放宽反亲和性',
  },
  'placement.refused.host-ports': { en: 'move the pod that has the port', zh: '迁走占用端口的 Pod' },
}

const sentencesOf = ({ reasons }: RefusingNodes) => reasons.map(({ sentence }) => shown(sentence, 300))

function helpOf(p: Unplaceable, language: 'en' | 'zh'): string[] {
  return [
    ...new Set((p.refusing[0]?.reasons ?? []).flatMap(({ refusal }) => HELP[refusal]?.[language] ?? [])),
  ]
}

/** What detectors say of pods that no node takes. */
export const schedulingFindings = {
  'finding.pod-fits-nowhere': text<Unplaceable>({
    en: (p) => {
      const help = helpOf(p, 'en')
      const nearest = fewEn(p.refusing[0]?.nodes ?? { named: [], count: 0 })
      const more = p.otherNodes > 0 ? ` ${countEn(p.otherNodes, 'more node')} refuse for other reasons.` : ''
      const groups = p.refusing.map((group) => `${fewEn(group.nodes)}: ${sentencesOf(group).join(' ')}`)
      return `None of ${countEn(p.nodes, 'node')} takes ${fewEn(p.pods)}${replacesEn(p)}. ${groups.join(' ')}${more}${help.length > 0 ? ` What would help on ${nearest}: ${help.join('; ')}.` : ''}`
    },
    'zh-CN': (p) => {
      const help = helpOf(p, 'zh')
      const nearest = fewZh(p.refusing[0]?.nodes ?? { named: [], count: 0 })
      const more = p.otherNodes > 0 ? `另有 ${p.otherNodes} 个节点因其他原因拒绝。` : ''
      const groups = p.refusing.map((group) => `${fewZh(group.nodes)}：${sentencesOf(group).join('')}`)
      return `${p.nodes} 个节点都无法接收 ${fewZh(p.pods)}${replacesZh(p)}。${groups.join('')}${more}${help.length > 0 ? `对 ${nearest} 可行的办法：${help.join('；')}。` : ''}`
    },
  }),
}

const replacesEn = ({ replaces }: Unplaceable) =>
  replaces
    ? ` (to replace ${replaces.pod}, which was evicted${replaces.node === undefined ? '' : ` from ${replaces.node}`})`
    : ''
const replacesZh = ({ replaces }: Unplaceable) =>
  replaces
    ? `（用于替代${replaces.node === undefined ? '' : `在 ${replaces.node} 上`}被驱逐的 ${replaces.pod}）`
    : ''
