import { countEn, fewEn, fewZh, type Few } from './few-words.ts'
import { shellWord } from './shell-word.ts'
import { spanEn, spanZh } from './span-words.ts'
import { stuckClaimEn, stuckClaimZh, type StuckClaim } from './stuck-claim-words.ts'
import { stuckVolumeEn, stuckVolumeZh, type StuckVolume } from './stuck-volume-words.ts'
import { text } from './text.ts'

interface Claim {
  namespace: string
  claim: string
}
type LostClaim = Claim & {
  volume: string
  why: 'lost' | 'missing' | 'of-another' | 'released' | 'failed'
  other?: string
}

interface FailingAttachment {
  node: string
  attacher: string
  does: 'attach' | 'detach'
  volumes: Few
  said?: string
  /** Of a detachment that says no error but takes long. */
  seconds?: number
}

const WHY_EN: Readonly<Record<LostClaim['why'], (p: LostClaim) => string>> = {
  lost: (p) => `has lost its volume ${p.volume}`,
  missing: (p) => `is bound to the volume ${p.volume}, which does not exist`,
  'of-another': (p) => `is bound to the volume ${p.volume}, which belongs to ${p.other ?? 'another claim'}`,
  released: (p) => `is bound to the volume ${p.volume}, which is Released: it waits for no claim any more`,
  failed: (p) => `is bound to the volume ${p.volume}, which has Failed to be reclaimed`,
}
const WHY_ZH: Readonly<Record<LostClaim['why'], (p: LostClaim) => string>> = {
  lost: (p) => `已丢失其卷 ${p.volume}`,
  missing: (p) => `绑定的卷 ${p.volume} 不存在`,
  'of-another': (p) => `绑定的卷 ${p.volume} 属于 ${p.other ?? '另一个 PVC'}`,
  released: (p) => `绑定的卷 ${p.volume} 处于 Released 状态，不再属于任何 PVC`,
  failed: (p) => `绑定的卷 ${p.volume} 回收失败（Failed）`,
}

/** What detectors say of claims, their volumes, and attachments of those. */
export const claimFindings = {
  'finding.claim-stuck-terminating': text<StuckClaim>({ en: stuckClaimEn, 'zh-CN': stuckClaimZh }),
  'finding.volume-stuck-terminating': text<StuckVolume>({ en: stuckVolumeEn, 'zh-CN': stuckVolumeZh }),
  'finding.claim-points-at-nothing': text<LostClaim>({
    en: (p) =>
      `The claim ${p.namespace}/${p.claim} ${WHY_EN[p.why](p)}: no pod can start with it, and it stays so until it is made anew. Before you delete it, find where the data is (path or disk of ${p.volume}); then make the volume anew for it with a claimRef to ${p.namespace}/${p.claim} without uid, delete the claim, and let it be made anew.`,
    'zh-CN': (p) =>
      `PVC ${p.namespace}/${p.claim} ${WHY_ZH[p.why](p)}：任何 Pod 都无法使用它启动，且在重建之前不会恢复。删除它之前，请先查明数据所在（${p.volume} 的路径或磁盘）；然后重建该卷，其 claimRef 指向 ${p.namespace}/${p.claim} 且不含 uid，再删除该 PVC 并让它重新创建。`,
  }),
  'finding.claim-waits-for-released-volume': text<Claim & { volume: string }>({
    en: (p) =>
      `The claim ${p.namespace}/${p.claim} waits for a volume, while ${p.volume}, which a claim of that name had before, is Released: its data is still there, but it keeps the UID of the old claim and binds to no other. If that data is wanted, let it go: \`kubectl patch pv ${shellWord(p.volume)} --type=json -p '[{"op":"remove","path":"/spec/claimRef/uid"}]'\`; if not, delete the volume and clean what is on its disk.`,
    'zh-CN': (p) =>
      `PVC ${p.namespace}/${p.claim} 正在等待卷，而曾属于同名 PVC 的卷 ${p.volume} 处于 Released 状态：数据仍在，但它保留着旧 PVC 的 UID，不会绑定到其他 PVC。若需要其中的数据，请解除旧绑定：\`kubectl patch pv ${shellWord(p.volume)} --type=json -p '[{"op":"remove","path":"/spec/claimRef/uid"}]'\`；否则请删除该卷并清理其磁盘内容。`,
  }),
  'finding.pod-waits-for-missing-claim': text<{ pods: Few; claims: Few; namespace: string; set?: string }>({
    en: (p) =>
      `${p.pods.count === 1 ? 'The pod' : 'The pods'} ${fewEn(p.pods)} cannot be scheduled: ${p.claims.count === 1 ? 'the claim' : 'the claims'} ${fewEn(p.claims)} ${p.claims.count === 1 ? 'does' : 'do'} not exist. ${p.set === undefined ? 'Create what is missing; if a claim was deleted, look first whether its volume is Released and still has the data.' : `The StatefulSet ${p.set} makes a claim together with its pod: \`kubectl -n ${shellWord(p.namespace)} delete pod ${p.pods.named.map(barePod).map(shellWord).join(' ')}\` has both made anew. A new claim gets a new volume, so look first whether the old one is Released and still has the data.`}`,
    'zh-CN': (p) =>
      `Pod ${fewZh(p.pods)} 无法调度：PVC ${fewZh(p.claims)} 不存在。${p.set === undefined ? '请创建缺少的 PVC；若 PVC 曾被删除，请先查看其卷是否处于 Released 状态且仍保留数据。' : `StatefulSet ${p.set} 会在创建 Pod 时一并创建 PVC：执行 \`kubectl -n ${shellWord(p.namespace)} delete pod ${p.pods.named.map(barePod).map(shellWord).join(' ')}\` 即可让两者重新创建。新的 PVC 会得到新的卷，请先查看旧卷是否处于 Released 状态且仍保留数据。`}`,
  }),
  'finding.volume-attachment-failing': text<FailingAttachment>({
    en: (p) => {
      const which = `${countEn(p.volumes.count, 'volume')} (${fewEn(p.volumes)})`
      const said = p.said === undefined ? '' : `: "${p.said}"`
      return p.does === 'attach'
        ? `${p.attacher} cannot attach ${which} to ${p.node}${said}. Pods that need it wait. If it is still attached to another node, that one has to let go of it first: see \`kubectl get volumeattachments\`.`
        : `${p.attacher} does not detach ${which} from ${p.node}${p.seconds === undefined ? '' : ` (asked to ${spanEn(p.seconds)} ago)`}${said}. Pods that need it elsewhere wait. See that nothing on ${p.node} uses it and that its kubelet runs; only a node that is surely down may be marked with the taint node.kubernetes.io/out-of-service. Do not delete the attachment by hand while it may be mounted: two nodes would write to it.`
    },
    'zh-CN': (p) => {
      const which = `${p.volumes.count} 个卷（${fewZh(p.volumes)}）`
      const said = p.said === undefined ? '' : `：“${p.said}”`
      return p.does === 'attach'
        ? `${p.attacher} 无法将 ${which} 挂接到 ${p.node}${said}。需要它的 Pod 会一直等待。若它仍挂接在其他节点上，必须先从那里卸下：请查看 \`kubectl get volumeattachments\`。`
        : `${p.attacher} 未能将 ${which} 从 ${p.node} 卸下${p.seconds === undefined ? '' : `（${spanZh(p.seconds)}前已请求）`}${said}。其他节点上需要它的 Pod 会一直等待。请确认 ${p.node} 上没有进程使用它且 kubelet 在运行；只有确定已宕机的节点才可添加污点 node.kubernetes.io/out-of-service。可能仍处于挂载状态时，切勿手工删除 VolumeAttachment：否则两个节点会同时写入。`
    },
  }),
}

const barePod = (name: string) => name.slice(name.indexOf('/') + 1)
