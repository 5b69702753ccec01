import { fewEn, fewZh, type Few } from './few-words.ts'
import { shellWord } from './shell-word.ts'
import { spanEn, spanZh } from './span-words.ts'

/** A claim in deletion, and who holds it. */
export interface StuckClaim {
  namespace: string
  claim: string
  seconds: number
  /** Pods that have not ended, by `namespace/name`; absent with `ended` where pods are not known. */
  running?: Few
  /** Pods that have ended, whose objects alone hold it. */
  ended?: Few
  /** Finalizers that stand for something else than pods. */
  otherFinalizers: Few
  /** Nodes that its volume is attached to. */
  attachedTo: Few
  /** Where the data goes with the claim. */
  deletedVolume?: string
  /** A StatefulSet that makes no pod until the claim is gone. */
  blocks?: { set: string; pod: string }
  /** The JSON patch that takes away the finalizer of pod protection, where nothing else holds the claim. */
  lastPatch?: string
}

/** What holds a claim and what releases it, in order, in English. */
export function stuckClaimEn(p: StuckClaim): string {
  const name = `${p.namespace}/${p.claim}`
  const holders = [
    ...(p.running?.count ? [`${p.running.count === 1 ? 'the pod' : 'the pods'} ${fewEn(p.running)}`] : []),
    ...(p.ended?.count
      ? [
          `${p.ended.count === 1 ? 'the object of the ended pod' : 'the objects of the ended pods'} ${fewEn(p.ended)}`,
        ]
      : []),
    ...(p.otherFinalizers.count ? [`the finalizer ${fewEn(p.otherFinalizers)}`] : []),
  ]
  const steps = [
    ...(p.deletedVolume === undefined
      ? []
      : [`back up its data, for the volume ${p.deletedVolume} (reclaim policy Delete) goes with it`]),
    ...(p.running?.count ? ['scale down what still uses it, and wait until its pods are gone'] : []),
    ...(p.ended?.count
      ? [
          `delete what is left of the ended pods: \`kubectl -n ${shellWord(p.namespace)} delete pod ${podNames(p.ended)}\``,
        ]
      : []),
    ...(p.otherFinalizers.count
      ? ['let the owner of that finalizer finish; without it, what the finalizer stands for is skipped']
      : []),
    ...(p.running === undefined ? ['see which pods name it, in any phase: `kubectl describe pvc`'] : []),
    ...(p.lastPatch === undefined
      ? []
      : [
          `nothing holds it any more: see whether kube-controller-manager runs, which takes its finalizer away; else take away that one: \`kubectl -n ${shellWord(p.namespace)} patch pvc ${shellWord(p.claim)} --type=json -p '${p.lastPatch}'\``,
        ]),
  ]
  return [
    `The claim ${name} has been in deletion for ${spanEn(p.seconds)}${holders.length > 0 ? `, held by ${holders.join(', and by ')}` : ''}.`,
    ...(p.attachedTo.count > 0 ? [`Its volume is attached to ${fewEn(p.attachedTo)}.`] : []),
    ...(p.blocks ? [`Until it is gone, the StatefulSet ${p.blocks.set} cannot make ${p.blocks.pod}.`] : []),
    `To release it: ${steps.map((step, index) => (steps.length > 1 ? `(${index + 1}) ${step}` : step)).join('; ')}.`,
    'Do not set its finalizers to null: that skips every check at once.',
  ].join(' ')
}

/** The same in Chinese. */
export function stuckClaimZh(p: StuckClaim): string {
  const name = `${p.namespace}/${p.claim}`
  const holders = [
    ...(p.running?.count ? [`Pod ${fewZh(p.running)}`] : []),
    ...(p.ended?.count ? [`已结束的 Pod ${fewZh(p.ended)} 的对象`] : []),
    ...(p.otherFinalizers.count ? [`finalizer ${fewZh(p.otherFinalizers)}`] : []),
  ]
  const steps = [
    ...(p.deletedVolume === undefined
      ? []
      : [`备份数据，因为卷 ${p.deletedVolume} 的回收策略为 Delete，会随之删除`]),
    ...(p.running?.count ? ['缩容仍在使用它的工作负载，并等待其 Pod 消失'] : []),
    ...(p.ended?.count
      ? [`删除已结束的 Pod 对象：\`kubectl -n ${shellWord(p.namespace)} delete pod ${podNames(p.ended)}\``]
      : []),
    ...(p.otherFinalizers.count ? ['让该 finalizer 的所有者完成清理；强行移除会跳过它所代表的工作'] : []),
    ...(p.running === undefined ? ['查明有哪些 Pod（任何阶段）引用它：`kubectl describe pvc`'] : []),
    ...(p.lastPatch === undefined
      ? []
      : [
          `已没有任何对象占用它：请检查负责移除 finalizer 的 kube-controller-manager 是否在运行；否则只移除这一个：\`kubectl -n ${shellWord(p.namespace)} patch pvc ${shellWord(p.claim)} --type=json -p '${p.lastPatch}'\``,
        ]),
  ]
  return [
    `PVC ${name} 处于删除中已 ${spanZh(p.seconds)}${holders.length > 0 ? `，被 ${holders.join('，以及 ')} 占用` : ''}。`,
    ...(p.attachedTo.count > 0 ? [`其卷仍挂接在 ${fewZh(p.attachedTo)} 上。`] : []),
    ...(p.blocks ? [`在它消失之前，StatefulSet ${p.blocks.set} 无法创建 ${p.blocks.pod}。`] : []),
    `释放步骤：${steps.map((step, index) => (steps.length > 1 ? `(${index + 1}) ${step}` : step)).join('；')}。`,
    '切勿将 finalizers 设为 null：那会一次跳过所有检查。',
  ].join('')
}

function podNames({ named }: Few): string {
  return named.map((name) => shellWord(name.slice(name.indexOf('/') + 1))).join(' ')
}
