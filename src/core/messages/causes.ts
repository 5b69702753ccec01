import { formatBytes } from '../units/bytes.ts'
import { fellEn, fellZh, type FallWords } from './fall-words.ts'
import { names, text } from './text.ts'

/** Pods, images and paths that a cause is about. */
export interface CauseWords {
  node?: string
  pods: readonly string[]
  images: readonly string[]
  claims?: readonly string[]
  path?: string
  registry?: string
  count: number
  /** Whether every claim is in deletion, or every one missing, by what is stated of them. */
  claimState?: 'deleted' | 'missing'
  /** The evicted pod of which the lines say that it used the most. */
  largest?: { pod: string; bytes: number }
}

const NO_LINE_EN = 'No line says what filled it; on the node, `du -xh -d 3 / | sort -h | tail -n 20` tells.'
const NO_LINE_ZH =
  '没有任何日志说明是什么写满了磁盘；可在节点上执行 `du -xh -d 3 / | sort -h | tail -n 20` 查明。'

const elseEn = NO_LINE_EN.replace('what filled it', 'what else filled it')
const elseZh = NO_LINE_ZH.replace('是什么写满了磁盘', '还有什么占用了磁盘')

/** What the kubelet counted of the evicted pod that used the most, where a line says so. */
const largestEn = (p: CauseWords) =>
  p.largest === undefined
    ? NO_LINE_EN
    : `${p.largest.pod}, which was evicted, used ${formatBytes(p.largest.bytes)} of what the kubelet counts; ${elseEn.charAt(0).toLowerCase()}${elseEn.slice(1)}`
const largestZh = (p: CauseWords) =>
  p.largest === undefined
    ? NO_LINE_ZH
    : `被驱逐的 ${p.largest.pod} 在 kubelet 的统计中占用了 ${formatBytes(p.largest.bytes)}；${elseZh}`

const atEn = (p: CauseWords) => p.node ?? 'the node'
const atZh = (p: CauseWords) => (p.node === undefined ? '节点' : `节点 ${p.node} `)
const podsEn = (p: CauseWords) => (p.pods.length > 0 ? names(p.pods, 'en') : 'pods')
const podsZh = (p: CauseWords) => (p.pods.length > 0 ? names(p.pods, 'zh-CN') : 'Pod')
const imagesEn = (p: CauseWords) => (p.images.length > 0 ? names(p.images, 'en') : 'images')
const imagesZh = (p: CauseWords) => (p.images.length > 0 ? names(p.images, 'zh-CN') : '镜像')

/** What a size lies between; without an end where nothing bounds it. */
export interface SizeRange {
  from: number
  to: number | null
}

const rangeEn = ({ from, to }: SizeRange) =>
  to === null ? `at least ${formatBytes(from)}` : between(formatBytes(from), formatBytes(to), ' to ')
const rangeZh = ({ from, to }: SizeRange) =>
  to === null ? `至少 ${formatBytes(from)}` : between(formatBytes(from), formatBytes(to), ' 至 ')
const between = (from: string, to: string, word: string) => (from === to ? from : `${from}${word}${to}`)

/** The sentence of a cause, under `cause.<id>`, with variants by what is known. */
export const causeMessages = {
  'cause.disk-filled.fell': text<FallWords>({ en: fellEn, 'zh-CN': fellZh }),
  'cause.disk-filled.was-short': text<{
    node: string
    unit: 'bytes' | 'inodes'
    isOfImages: boolean
    available: number
    below: number
  }>({
    en: (p) =>
      `The ${p.isOfImages ? 'image filesystem' : 'disk'} of ${p.node} was short when it was first looked at: ${amountEn(p.unit, p.available)} available, and its kubelet acts below ${amountEn(p.unit, p.below)}. What filled it was not seen; on the node, \`du -xh -d 3 / | sort -h | tail -n 20\` tells.`,
    'zh-CN': (p) =>
      `首次查看时 ${p.node} 的${p.isOfImages ? '镜像文件系统' : '磁盘'}已经不足：可用 ${amountZh(p.unit, p.available)}，低于 ${amountZh(p.unit, p.below)} 时 kubelet 会采取行动。未能看到是什么占满了它；可在节点上执行 \`du -xh -d 3 / | sort -h | tail -n 20\` 查看。`,
  }),
  'cause.disk-filled.fell.because': text<{ countedAt: string; unattributedBytes?: number }>({
    en: (p) =>
      `Reckoned from the filesystem's readings${p.unattributedBytes === undefined ? '' : `: bytes in use, less images, their content, container logs, writable layers and counted volumes as the kubelet counted them at ${p.countedAt}`}.`,
    'zh-CN': (p) =>
      `依据文件系统读数推算${p.unattributedBytes === undefined ? '' : `：已用字节减去 kubelet 在 ${p.countedAt} 统计的镜像及其内容、容器日志、可写层和已计入的卷`}。`,
  }),
  'cause.disk-filled.usage': text<{
    usedPercent: number
    highThresholdPercent: number
    lowThresholdPercent: number
    bytesToFree: number
    capacity: SizeRange | null
    available: SizeRange | null
  }>({
    en: (p) =>
      `The node's disk filled: the image filesystem is ${p.usedPercent} % used (threshold ${p.highThresholdPercent} %), ${formatBytes(p.bytesToFree)} above the low threshold of ${p.lowThresholdPercent} %${p.capacity === null || p.available === null ? '' : `, so it holds ${rangeEn(p.capacity)}, of which ${rangeEn(p.available)} can still be written`}. ${NO_LINE_EN}`,
    'zh-CN': (p) =>
      `节点磁盘被写满：镜像文件系统已用 ${p.usedPercent}%（阈值 ${p.highThresholdPercent}%），比低阈值 ${p.lowThresholdPercent}% 多出 ${formatBytes(p.bytesToFree)}${p.capacity === null || p.available === null ? '' : `，由此推算其容量为 ${rangeZh(p.capacity)}，其中尚可写入 ${rangeZh(p.available)}`}。${NO_LINE_ZH}`,
  }),
  'cause.disk-filled.threshold': text<CauseWords>({
    en: (p) =>
      `The disk of ${atEn(p)} filled until an eviction threshold of its kubelet was met. ${largestEn(p)}`,
    'zh-CN': (p) => `${atZh(p)}的磁盘被写满，达到了 kubelet 的驱逐阈值。${largestZh(p)}`,
  }),
  'cause.disk-filled.collection': text<CauseWords>({
    en: (p) => `The disk of ${atEn(p)} filled over the threshold of image garbage collection. ${NO_LINE_EN}`,
    'zh-CN': (p) => `${atZh(p)}的磁盘使用率超过了镜像垃圾回收的阈值。${NO_LINE_ZH}`,
  }),
  'cause.disk-filled.no-space': text<CauseWords>({
    en: (p) => `The disk of ${atEn(p)} is full: a write failed for want of space. ${NO_LINE_EN}`,
    'zh-CN': (p) => `${atZh(p)}的磁盘已满：写入因空间不足而失败。${NO_LINE_ZH}`,
  }),
  'cause.inodes-filled': text<CauseWords>({
    en: (p) =>
      `${p.node ?? 'The node'} ran out of inodes: too many files. \`df -i\` and \`du --inodes -x -d 3 / | sort -n | tail\` on the node tell where.`,
    'zh-CN': (p) =>
      `${atZh(p)}的 inode 耗尽：文件过多。可在节点上执行 \`df -i\` 和 \`du --inodes -x -d 3 / | sort -n | tail\` 查明位置。`,
  }),
  'cause.local-limit-exceeded': text<CauseWords>({
    en: (p) => `${podsEn(p)} used more local storage than its own limit allows.`,
    'zh-CN': (p) => `${podsZh(p)} 使用的本地存储超出其自身的限制。`,
  }),
  'cause.image-lost': text<CauseWords>({
    en: (p) => `The kubelet deleted images that are asked for later: ${imagesEn(p)}.`,
    'zh-CN': (p) => `kubelet 删除了之后仍被需要的镜像：${imagesZh(p)}。`,
  }),
  'cause.image-lost.gone': text<CauseWords>({
    en: (p) =>
      `Images that were on ${atEn(p)} are no longer there, and are asked for: ${imagesEn(p)}. Who removed them was not seen.`,
    'zh-CN': (p) =>
      `曾在${p.node === undefined ? '节点' : `节点 ${p.node} `}上的镜像已不在，而现在仍被需要：${imagesZh(p)}。未能看到是谁删除了它们。`,
  }),
  'cause.registry-unreachable': text<CauseWords>({
    en: (p) =>
      `${p.registry ?? 'A registry'} cannot be reached from ${atEn(p)}, so ${imagesEn(p)} cannot be pulled.`,
    'zh-CN': (p) =>
      `${atZh(p)}无法访问${p.registry === undefined ? '镜像仓库' : ` ${p.registry}`}，因此无法拉取 ${imagesZh(p)}。`,
  }),
  'cause.image-not-found': text<CauseWords>({
    en: (p) => `The registry has no such image: ${imagesEn(p)}.`,
    'zh-CN': (p) => `镜像仓库中不存在该镜像：${imagesZh(p)}。`,
  }),
  'cause.registry-denied': text<CauseWords>({
    en: (p) => `The registry denies ${imagesEn(p)}: credentials are missing or wrong.`,
    'zh-CN': (p) => `镜像仓库拒绝访问 ${imagesZh(p)}：缺少凭据或凭据错误。`,
  }),
  'cause.orphaned-pod-directory': text<CauseWords>({
    en: (p) =>
      `${p.count === 1 ? 'A pod that is gone' : `${p.count} pods that are gone`} left a directory with volumes on ${atEn(p)}, which the kubelet will not remove.`,
    'zh-CN': (p) => `${p.count} 个已不存在的 Pod 在${atZh(p)}上留下了带有卷的目录，kubelet 不会自行清理。`,
  }),
  'cause.claim-blocked': text<CauseWords>({
    en: (p) =>
      `${p.claims?.length ? `The claim ${names(p.claims, 'en')}` : 'A PersistentVolumeClaim'} is ${p.claimState === 'deleted' ? 'being deleted' : p.claimState === 'missing' ? 'missing' : 'missing or being deleted'}${p.pods.length > 0 ? `, so ${names(p.pods, 'en')} cannot start` : ''}.`,
    'zh-CN': (p) =>
      `PersistentVolumeClaim ${p.claims?.length ? `${names(p.claims, 'zh-CN')} ` : ''}${p.claimState === 'deleted' ? '正在删除' : p.claimState === 'missing' ? '不存在' : '不存在或正在删除'}${p.pods.length > 0 ? `，因此 ${names(p.pods, 'zh-CN')} 无法启动` : ''}。`,
  }),
  'cause.volume-unavailable': text<CauseWords>({
    en: (p) =>
      `A volume of ${podsEn(p)} cannot be mounted${p.path === undefined ? '' : `: ${p.path} does not exist on ${atEn(p)}`}.`,
    'zh-CN': (p) =>
      `${podsZh(p)} 的卷无法挂载${p.path === undefined ? '' : `：${atZh(p)}上不存在 ${p.path}`}。`,
  }),
  'cause.filesystem-damaged': text<CauseWords>({
    en: (p) => `A filesystem of ${atEn(p)} is damaged or was made read-only.`,
    'zh-CN': (p) => `${atZh(p)}的文件系统损坏，或已变为只读。`,
  }),
  'cause.runtime-failed': text<CauseWords>({
    en: (p) => `The container runtime of ${atEn(p)} does not answer.`,
    'zh-CN': (p) => `${atZh(p)}的容器运行时无响应。`,
  }),
  'cause.etcd-space': text<CauseWords>({
    en: () => 'etcd is over its space quota and refuses writes.',
    'zh-CN': () => 'etcd 超出空间配额，拒绝写入。',
  }),
}

function amountEn(unit: 'bytes' | 'inodes', value: number): string {
  return unit === 'bytes' ? formatBytes(value) : `${value.toLocaleString('en')} inodes`
}

function amountZh(unit: 'bytes' | 'inodes', value: number): string {
  return unit === 'bytes' ? formatBytes(value) : `${value.toLocaleString('en')} 个 inode`
}
