import { text } from './text.ts'

/** Why something is missing, in words, and what to do when it is of a cluster or a node. */
export const GAP_WHY = {
  forbidden: {
    en: 'your rights do not allow it',
    zh: '权限不足',
    doEn: 'Ask for the right to list them, or patrol as another user.',
    doZh: '请申请相应的 list 权限，或换用其他用户巡检。',
  },
  'not-served': {
    en: 'the server does not serve it',
    zh: '服务器不提供该资源',
    doEn: 'An older Kubernetes may lack it; nothing is to be done then.',
    doZh: '较旧的 Kubernetes 可能没有该资源，此时无需处理。',
  },
  'not-there': {
    en: 'it is not there',
    zh: '不存在',
    doEn: 'Look whether it is elsewhere, and say where.',
    doZh: '请检查它是否在别处，并指明位置。',
  },
  unreachable: {
    en: 'nothing answers',
    zh: '无法连接',
    doEn: 'Look whether the kubelet runs, and whether the API server reaches it.',
    doZh: '请检查 kubelet 是否在运行，以及 API Server 能否访问它。',
  },
  'timed-out': {
    en: 'no answer in time',
    zh: '未及时应答',
    doEn: 'Look whether the kubelet runs, and whether the API server reaches it.',
    doZh: '请检查 kubelet 是否在运行，以及 API Server 能否访问它。',
  },
  garbled: {
    en: 'the answer cannot be understood',
    zh: '应答无法解析',
    doEn: 'Look for a proxy in between that answers in its stead.',
    doZh: '请检查中间是否有代理代为应答。',
  },
  'too-large': {
    en: 'the answer is larger than a patrol takes in',
    zh: '应答超出巡检可接受的大小',
    doEn: 'Please report this with the size of the cluster.',
    doZh: '请附上集群规模反馈此问题。',
  },
  refused: {
    en: 'the server refuses for now',
    zh: '服务器暂时拒绝',
    doEn: 'Try again later; if it stays, look at the load of the API server.',
    doZh: '请稍后重试；若持续出现，请检查 API Server 的负载。',
  },
} as const

/** What is said of a part that could not be observed. */
export const gapMessages = {
  'observe.gap': text<{ part: string; node: string | null; why: keyof typeof GAP_WHY; detail: string }>({
    en: (p) =>
      `${p.part}${p.node === null ? '' : ` of ${p.node}`} is missing: ${GAP_WHY[p.why].en} (${p.detail}). ${GAP_WHY[p.why].doEn}`,
    'zh-CN': (p) =>
      `缺少 ${p.node === null ? '' : `${p.node} 的 `}${p.part}：${GAP_WHY[p.why].zh}（${p.detail}）。${GAP_WHY[p.why].doZh}`,
  }),
  'scan.asking': text<{ answered: number; nodes: number }>({
    en: (p) => `Asking kubelets: ${p.answered} of ${p.nodes} …`,
    'zh-CN': (p) => `正在查询 kubelet：${p.answered}/${p.nodes} …`,
  }),
  'finding.observation-incomplete': text<{
    part: string
    why: keyof typeof GAP_WHY
    detail: string
    nodes: readonly string[]
    moreNodes: number
  }>({
    en: (p) => {
      const more = p.moreNodes > 0 ? ` and ${p.moreNodes} more` : ''
      const of = p.nodes.length > 0 ? ` of ${p.nodes.join(', ')}${more}` : ''
      const { en, doEn } = GAP_WHY[p.why]
      return `${p.part}${of} could not be read: ${en} (${p.detail}). What depends on it is not known. ${doEn}`
    },
    'zh-CN': (p) => {
      const more = p.moreNodes > 0 ? ` 等 ${p.nodes.length + p.moreNodes} 个节点` : ''
      const of = p.nodes.length > 0 ? `${p.nodes.join('、')}${more}的 ` : ''
      const { zh, doZh } = GAP_WHY[p.why]
      return `无法读取 ${of}${p.part}：${zh}（${p.detail}）。依赖它的内容均为未知。${doZh}`
    },
  }),
}
