import { formatBytes } from '../units/bytes.ts'
import { names } from './text.ts'

/** What the facts of one link say, gathered for a sentence. */
export interface FactWords {
  /** How often it happened, as far as one can tell lines that repeat from things that do. */
  count: number
  pods: readonly string[]
  images: readonly string[]
  resource?: string
  path?: string
  volume?: string
  claim?: string
  registry?: string
  usedPercent?: number
  highThresholdPercent?: number
  lowThresholdPercent?: number
  bytes?: number
  freedBytes?: number
  /** Pods and images of node-level reclaim. */
  removed?: number
  tooYoung?: number
  minimumAgeSeconds?: number
  /** How long disk pressure lasted when it ended. */
  lastedSeconds?: number
  /** Images that the eviction manager had removed, and those that periodic collection did; absent where it is not known. */
  removedBeforeEviction?: number
  removedByCollection?: number
  /** Log and use of the first evicted pod, as the kubelet counts them. */
  usageBytes?: number
  logBytes?: number
  rankedFirst?: boolean
  hasUncountedVolume?: boolean
  idleOnlyAfterEviction?: readonly string[]
  sandboxImages?: readonly string[]
}

/** Names in a sentence, or what to say when there are none. */
export const en = (list: readonly string[], none: string) => (list.length > 0 ? names(list, 'en') : none)
export const zh = (list: readonly string[], none: string) => (list.length > 0 ? names(list, 'zh-CN') : none)

/** Who was evicted, and why them. */
export function evictedEn(p: FactWords): string {
  const sentence = `${en(p.pods, 'A pod')} ${p.pods.length > 1 ? 'were' : 'was'} evicted`
  if (p.usageBytes === undefined) return `${sentence}${p.rankedFirst ? ', ranked first by the kubelet' : ''}.`
  const log = p.logBytes !== undefined && p.logBytes > p.usageBytes / 2
  return `${sentence}${p.rankedFirst ? ', ranked first' : ''} for ${formatBytes(p.usageBytes)} of ${log ? 'container log' : 'logs and writable layers'}${p.hasUncountedVolume ? '; what its volume holds never counts' : ''}.`
}

export function evictedZh(p: FactWords): string {
  const sentence = `${zh(p.pods, '一个 Pod')} 被驱逐`
  if (p.usageBytes === undefined) return `${sentence}${p.rankedFirst ? '，在 kubelet 的排序中列第一' : ''}。`
  const log = p.logBytes !== undefined && p.logBytes > p.usageBytes / 2
  return `${sentence}${p.rankedFirst ? '，排序第一' : ''}，原因是其${log ? '容器日志' : '日志与可写层'}占用 ${formatBytes(p.usageBytes)}${p.hasUncountedVolume ? '；其卷中的数据从不计入' : ''}。`
}

/** What came of trying to delete idle images first. */
export function reclaimEn(p: FactWords): string {
  const start = 'Before evicting, the kubelet tried to delete every idle image'
  if (p.removed === undefined) return `${start}.`
  if (p.removed > 0) return `${start}: ${p.removed} ${p.removed === 1 ? 'was' : 'were'} removed.`
  if (p.tooYoung === undefined) return `${start}, and removed nothing.`
  return `${start}, and removed nothing: all ${p.tooYoung} idle images were too young (first seen less than ${p.minimumAgeSeconds} s ago).`
}

export function reclaimZh(p: FactWords): string {
  const start = '驱逐之前，kubelet 先尝试删除所有闲置镜像'
  if (p.removed === undefined) return `${start}。`
  if (p.removed > 0) return `${start}：删除了 ${p.removed} 个。`
  if (p.tooYoung === undefined) return `${start}，但一个也没有删除。`
  return `${start}，但一个也没有删除：${p.tooYoung} 个闲置镜像都太新（发现时间不足 ${p.minimumAgeSeconds} 秒）。`
}

/** Whether images went before an eviction, all that are idle, or by periodic collection, until enough is free. */
function originEn({
  removedBeforeEviction: evicting = 0,
  removedByCollection: collecting = 0,
}: FactWords): string {
  if (evicting > 0 && collecting > 0)
    return ` (${evicting} before evicting, ${collecting} by periodic collection)`
  return evicting > 0 ? ' before evicting' : collecting > 0 ? ' by periodic collection' : ''
}

function originZh({
  removedBeforeEviction: evicting = 0,
  removedByCollection: collecting = 0,
}: FactWords): string {
  if (evicting > 0 && collecting > 0) return `（驱逐之前 ${evicting} 个，定期回收 ${collecting} 个）`
  return evicting > 0 ? '在驱逐之前' : collecting > 0 ? '通过定期回收' : ''
}

/** Which images were removed, and what is special about them. */
export function removedEn(p: FactWords): string {
  const which = p.images.length > 1 ? `${p.images.length} images` : p.count > 1 ? 'images' : 'an image'
  return `The kubelet removed ${which}${originEn(p)}: ${en(p.images, 'of unknown name')}.${specialEn(p)}`
}

export function removedZh(p: FactWords): string {
  return `kubelet ${originZh(p)}删除了${p.images.length > 0 ? ` ${p.images.length} 个` : ''}镜像：${zh(p.images, '名称未知')}。${specialZh(p)}`
}

/** Which images were on the node and are there no longer. */
export function goneEn(p: FactWords): string {
  const which = p.images.length === 1 ? 'An image is' : `${p.images.length} images are`
  return `${which} no longer on the node: ${en(p.images, 'of unknown name')}.${specialEn(p)}`
}

export function goneZh(p: FactWords): string {
  return `${p.images.length} 个镜像已不在节点上：${zh(p.images, '名称未知')}。${specialZh(p)}`
}

function specialEn({ sandboxImages = [], idleOnlyAfterEviction = [] }: FactWords): string {
  const pause = ` ${names(sandboxImages, 'en')} is the pause image, without which no pod can start.`
  const why =
    idleOnlyAfterEviction.length > 1 ? 'were idle only because their pods' : 'was idle only because its pod'
  const idle = ` ${names(idleOnlyAfterEviction, 'en')} ${why} had just been evicted.`
  return (sandboxImages.length > 0 ? pause : '') + (idleOnlyAfterEviction.length > 0 ? idle : '')
}

function specialZh({ sandboxImages = [], idleOnlyAfterEviction = [] }: FactWords): string {
  const pause = `${names(sandboxImages, 'zh-CN')} 是 pause 镜像，没有它任何 Pod 都无法启动。`
  const idle = `${names(idleOnlyAfterEviction, 'zh-CN')} 只是因为其 Pod 刚被驱逐才变为闲置。`
  return (sandboxImages.length > 0 ? pause : '') + (idleOnlyAfterEviction.length > 0 ? idle : '')
}
