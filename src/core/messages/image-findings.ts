import { formatBytes } from '../units/bytes.ts'
import { countEn, fewEn, fewZh, type Few } from './few-words.ts'
import { text } from './text.ts'

/** Why an image cannot be had. */
export type PullFailure = keyof typeof WHY
/** What keeps the directory of a pod that is gone. */
export type OrphanHold = keyof typeof HOLDS
/** What is seen on the node to hold directories of pods that are gone. */
export interface OrphanHolders {
  mounts: Few
  processes: Few
  data: Few
}

interface FailingPull {
  why: PullFailure
  registry: string
  images: Few
  pods: Few
  nodes: Few
  said?: string
}

/** Such as ` Seen on the node: mounted at /a; data in /b.` */
export function holdersEn({ mounts, processes, data }: OrphanHolders): string {
  const seen = [
    ...(mounts.count > 0 ? [`mounted at ${fewEn(mounts)}`] : []),
    ...(processes.count > 0 ? [`in use by ${fewEn(processes)}`] : []),
    ...(data.count > 0 ? [`data in ${fewEn(data)}`] : []),
  ]
  return ` Seen on the node: ${seen.length > 0 ? seen.join('; ') : 'no mount, no process, no data in a volume'}.`
}

export function holdersZh({ mounts, processes, data }: OrphanHolders): string {
  const seen = [
    ...(mounts.count > 0 ? [`挂载于 ${fewZh(mounts)}`] : []),
    ...(processes.count > 0 ? [`被进程 ${fewZh(processes)} 占用`] : []),
    ...(data.count > 0 ? [`${fewZh(data)} 中有数据`] : []),
  ]
  return `节点上所见：${seen.length > 0 ? seen.join('；') : '没有挂载、没有进程占用、卷中没有数据'}。`
}

const LOAD_EN = 'load the image by hand (`ctr -n k8s.io images import`, or `docker load`)'
const LOAD_ZH = '手动导入镜像（`ctr -n k8s.io images import` 或 `docker load`）'
const WHY = {
  network: {
    en: (p: FailingPull) =>
      `${p.registry} does not answer. Make it reachable from ${p.nodes.count === 1 ? 'that node' : 'those nodes'}, or ${LOAD_EN}`,
    zh: (p: FailingPull) => `${p.registry} 无响应。请使其可从这些节点访问，或${LOAD_ZH}`,
  },
  auth: {
    en: () => 'the registry refuses it for want of rights. Check imagePullSecrets and the name',
    zh: () => '镜像仓库因权限拒绝。请检查 imagePullSecrets 与镜像名称',
  },
  notfound: {
    en: () => `the registry does not have it. Check name and tag, or ${LOAD_EN}`,
    zh: () => `镜像仓库中没有它。请检查名称与标签，或${LOAD_ZH}`,
  },
  'no-space': {
    en: () => 'the disk has no space for it. Free space there first',
    zh: () => '磁盘空间不足以存放它。请先释放该节点的空间',
  },
  never: {
    en: () => `imagePullPolicy is Never, and it is not on the node. There, ${LOAD_EN}`,
    zh: () => `imagePullPolicy 为 Never，而节点上没有该镜像。请在该节点上${LOAD_ZH}`,
  },
  invalid: {
    en: () => 'it is no name of an image. Correct it in the workload',
    zh: () => '它不是有效的镜像名称。请在工作负载中更正',
  },
  other: {
    en: (p: FailingPull) => `"${p.said ?? ''}". See \`kubectl describe pod\` for its events`,
    zh: (p: FailingPull) => `“${p.said ?? ''}”。请用 \`kubectl describe pod\` 查看其事件`,
  },
} as const

const HOLDS = {
  refuses: {
    en: 'this kubelet removes nothing while directories of volumes are left, mounted or not',
    zh: '该版本的 kubelet 在卷目录仍存在时（无论是否挂载）不会删除任何内容',
  },
  file: {
    en: 'a file is left below volumes/, often the vol_data.json of a CSI volume',
    zh: 'volumes/ 下仍有文件，常见的是 CSI 卷的 vol_data.json',
  },
  'not-empty': {
    en: 'a directory of a volume is not empty: that may be data, or a mount that the kubelet does not see',
    zh: '某个卷目录非空：可能是数据，也可能是 kubelet 看不到的挂载',
  },
  mounted: { en: 'something is still mounted there', zh: '其中仍有挂载' },
  unknown: { en: 'what holds it is not known', zh: '尚不清楚是什么占用了它' },
} as const

/** What registries said of images that they are not known to have, as numbers of images. */
interface AskedRegistries {
  missing: number
  /** Loaded by hand: only a tag is known, which may be other bits by now. */
  withoutDigest: number
  unanswered: number
}

function lossEn(asked: AskedRegistries | undefined): string {
  if (asked === undefined)
    return 'Whether a registry can give them back is not known here, so count them as lost'
  const { missing, withoutDigest, unanswered } = asked
  if (withoutDigest + unanswered === 0) return 'No registry of this node has them any more'
  const why = [
    ...(missing > 0 ? [`${missing} not there`] : []),
    ...(withoutDigest > 0 ? [`${withoutDigest} without a digest to ask for`] : []),
    ...(unanswered > 0 ? [`${unanswered} without an answer`] : []),
  ]
  return `Registries are not known to have them (${why.join(', ')}), so count them as lost`
}

function lossZh(asked: AskedRegistries | undefined): string {
  if (asked === undefined) return '此处不知道镜像仓库能否找回它们，应视为会丢失'
  const { missing, withoutDigest, unanswered } = asked
  if (withoutDigest + unanswered === 0) return '本节点的镜像仓库中已没有这些镜像'
  const why = [
    ...(missing > 0 ? [`${missing} 个已不存在`] : []),
    ...(withoutDigest > 0 ? [`${withoutDigest} 个没有可供查询的摘要`] : []),
    ...(unanswered > 0 ? [`${unanswered} 个没有得到应答`] : []),
  ]
  return `无法确认镜像仓库中有这些镜像（${why.join('，')}），应视为会丢失`
}

/** What detectors say of images, and of what pods left on a disk. */
export const imageFindings = {
  'finding.image-pull-failing': text<FailingPull>({
    en: (p) =>
      `${fewEn(p.images)} cannot be pulled for ${countEn(p.pods.count, 'pod')} (${fewEn(p.pods)}) on ${fewEn(p.nodes)}: ${WHY[p.why].en(p)}.`,
    'zh-CN': (p) =>
      `${fewZh(p.nodes)} 上的 ${p.pods.count} 个 Pod（${fewZh(p.pods)}）无法拉取 ${fewZh(p.images)}：${WHY[p.why].zh(p)}。`,
  }),
  'finding.container-cannot-be-created': text<{
    pods: Few
    nodes: Few
    image: string
    said?: string
    isFull: boolean
  }>({
    en: (p) =>
      `The runtime cannot create a container of ${p.image} for ${countEn(p.pods.count, 'pod')} (${fewEn(p.pods)}) on ${fewEn(p.nodes)}${p.said === undefined ? '' : `: "${p.said}"`}. ${p.isFull ? 'Free space there first.' : 'Where it names a missing layer or file, the image there is damaged: pull or load it again.'}`,
    'zh-CN': (p) =>
      `${fewZh(p.nodes)} 上的容器运行时无法为 ${p.pods.count} 个 Pod（${fewZh(p.pods)}）创建 ${p.image} 的容器${p.said === undefined ? '' : `：“${p.said}”`}。${p.isFull ? '请先释放该节点的空间。' : '若提示缺少镜像层或文件，说明该处镜像已损坏：请重新拉取或导入。'}`,
  }),
  'finding.image-missing-on-node': text<{ pod: string; node: string; images: Few; isNeverPulled: boolean }>({
    en: (p) =>
      `${p.pod} runs on ${p.node}, but ${fewEn(p.images)} is no longer among the images there, and ${p.isNeverPulled ? 'imagePullPolicy Never pulls none' : 'its registry does not answer'}: it would not survive a restart. Load the image again there before anything restarts it.`,
    'zh-CN': (p) =>
      `${p.pod} 在 ${p.node} 上运行，但 ${fewZh(p.images)} 已不在该节点的镜像之中，且${p.isNeverPulled ? 'imagePullPolicy 为 Never 不会拉取' : '其镜像仓库无响应'}：一旦重启便无法恢复。请在其重启之前重新导入该镜像。`,
  }),
  'finding.pull-policy-always-without-registry': text<{ registry: string; pods: Few; nodes: Few }>({
    en: (p) =>
      `${p.registry} does not answer ${fewEn(p.nodes)}, and ${countEn(p.pods.count, 'pod runs', 'pods run')} there with imagePullPolicy Always (${fewEn(p.pods)}): a restart fails, though the image is on the node. Set imagePullPolicy to IfNotPresent, or make the registry reachable.`,
    'zh-CN': (p) =>
      `${p.registry} 对 ${fewZh(p.nodes)} 无响应，而那里有 ${p.pods.count} 个 Pod 使用 imagePullPolicy: Always（${fewZh(p.pods)}）：即使镜像就在节点上，重启也会失败。请将 imagePullPolicy 设为 IfNotPresent，或恢复镜像仓库的访问。`,
  }),
  'finding.unpullable-image-at-risk': text<{
    holds?: 'kubelet-data' | 'images'
    isCrossed: boolean
    images: Few
    reportedBytes?: number
    available: number
    below: number
    /** How many of the images registries say they have not, were not asked for, or gave no answer about. */
    asked?: AskedRegistries
  }>({
    en: (p) =>
      `${countEn(p.images.count, 'idle image')}${p.reportedBytes === undefined ? '' : ` of ${formatBytes(p.reportedBytes)}`} may be deleted ${p.isCrossed ? 'at any moment' : `once ${formatBytes(p.available - p.below)} less are available`}, in an order that only the kubelet knows: ${fewEn(p.images)}. ${lossEn(p.asked)}: export those that you need (\`ctr -n k8s.io images export\`, or \`docker save\`), or free space first.`,
    'zh-CN': (p) =>
      `${p.images.count} 个闲置镜像${p.reportedBytes === undefined ? '' : `（共 ${formatBytes(p.reportedBytes)}）`}${p.isCrossed ? '随时可能' : `在可用空间再减少 ${formatBytes(p.available - p.below)} 后可能`}被删除，其顺序只有 kubelet 知道：${fewZh(p.images)}。${lossZh(p.asked)}：请导出需要的镜像（\`ctr -n k8s.io images export\` 或 \`docker save\`），或先释放空间。`,
  }),
  'finding.orphaned-pod-directory': text<{
    uids: Few
    path?: string
    hold: OrphanHold
    /** Absent where nobody on the node looked. */
    holders?: OrphanHolders
  }>({
    en: (p) =>
      `The kubelet cannot remove the directory of ${countEn(p.uids.count, 'pod that is', 'pods that are')} gone (${fewEn(p.uids)})${p.path === undefined ? '' : `, for instance ${p.path}`}: ${HOLDS[p.hold].en}.${p.holders ? holdersEn(p.holders) : ''} Do not delete it recursively: data of a volume may be mounted below. First see that nothing is (\`grep -F UID /proc/*/mountinfo\` and \`crictl pods\`), unmount what is, then remove empty directories with \`rmdir\`.`,
    'zh-CN': (p) =>
      `kubelet 无法删除 ${p.uids.count} 个已消失 Pod 的目录（${fewZh(p.uids)}）${p.path === undefined ? '' : `，例如 ${p.path}`}：${HOLDS[p.hold].zh}。${p.holders ? holdersZh(p.holders) : ''}切勿递归删除：其中可能仍挂载着卷的数据。请先用 \`grep -F UID /proc/*/mountinfo\` 与 \`crictl pods\` 确认没有挂载，卸载仍挂载的内容，再用 \`rmdir\` 删除空目录。`,
  }),
}
