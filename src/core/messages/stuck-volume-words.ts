import { fewEn, fewZh, type Few } from './few-words.ts'
import { spanEn, spanZh } from './span-words.ts'

/** A volume in deletion, and what each of its finalizers waits for. */
export interface StuckVolume {
  volume: string
  seconds: number
  claim?: string
  attachedTo: Few
  waits: readonly { finalizer: string; waitsFor: keyof typeof WAITS }[]
}

interface Around {
  claim: string
  nodes: string
}

const WAITS = {
  'claim-to-go': {
    en: ({ claim }: Around) => `waits for ${claim || 'its claim'} to go: delete the claim first`,
    zh: ({ claim }: Around) => `等待 ${claim || '其 PVC'} 消失：请先删除该 PVC`,
  },
  'backing-volume-deletion': {
    en: () => 'waits for its provisioner to delete what backs it: look at the log of the provisioner',
    zh: () => '等待供应器删除底层存储：请查看供应器日志',
  },
  detach: {
    en: ({ nodes }: Around) => `waits to be detached from ${nodes || 'its node'}: unmount it there first`,
    zh: ({ nodes }: Around) => `等待从 ${nodes || '其节点'} 卸下：请先在那里卸载`,
  },
  'its-owner': {
    en: () => 'waits for its owner, which Kubernetes does not know',
    zh: () => '等待其所有者处理（并非 Kubernetes 自身的 finalizer）',
  },
  nothing: {
    en: () => 'waits for nothing known: look whether the controller that takes it away runs',
    zh: () => '没有已知的等待条件：请检查负责移除它的控制器是否在运行',
  },
} as const

/** What holds a volume in deletion, in English. */
export function stuckVolumeEn(p: StuckVolume): string {
  const around = { claim: p.claim ?? '', nodes: fewEn(p.attachedTo) }
  const waits = p.waits.map(({ finalizer, waitsFor }) => `${finalizer} ${WAITS[waitsFor].en(around)}`)
  return `The volume ${p.volume} has been in deletion for ${spanEn(p.seconds)}: ${waits.join('; ')}. Do not take finalizers away by hand: the claim would be Lost, storage would leak, or a device would stay attached.`
}

/** The same in Chinese. */
export function stuckVolumeZh(p: StuckVolume): string {
  const around = { claim: p.claim ?? '', nodes: fewZh(p.attachedTo) }
  const waits = p.waits.map(({ finalizer, waitsFor }) => `${finalizer} ${WAITS[waitsFor].zh(around)}`)
  return `卷 ${p.volume} 处于删除中已 ${spanZh(p.seconds)}：${waits.join('；')}。切勿手工移除 finalizer：否则 PVC 会变为 Lost、存储泄漏，或设备仍处于挂接状态。`
}
