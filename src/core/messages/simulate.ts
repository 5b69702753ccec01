import { formatBytes } from '../units/bytes.ts'
import { names, text } from './text.ts'

interface Usage {
  usagePercent: number
  highThresholdPercent: number
  lowThresholdPercent: number
}

interface Limit {
  pod: string
  kind: 'empty-dir' | 'pod' | 'container'
  volume?: string
  container?: string
  limitBytes: number
  usedBytes: number
  graceSeconds: number
}

interface Ranked {
  signal: string
  resource: 'ephemeral-storage' | 'inodes'
  /** Null for a pod without figures. */
  used: number | null
  requestBytes: number
  priority: number
  isTied: boolean
  graceSeconds: number
}

const amount = (value: number, unit: 'bytes' | 'inodes') =>
  unit === 'bytes' ? formatBytes(value) : value.toLocaleString('en')

const bytes = (value: number) => `${formatBytes(value)} (${value} B)`
const rangeEn = ({ min, max }: { min: number; max: number }) => (min === max ? `${min}` : `${min} to ${max}`)
const rangeZh = ({ min, max }: { min: number; max: number }) => (min === max ? `${min}` : `${min} 到 ${max}`)

/** What a simulated kubelet does, and why. */
export const simulateMessages = {
  'simulate.nothing': text({
    en: () => 'The kubelet does nothing about its disks in this time.',
    'zh-CN': () => '在此期间 kubelet 不会对磁盘采取任何动作。',
  }),
  'simulate.kind.image-gc': text({ en: () => 'Image collection', 'zh-CN': () => '镜像回收' }),
  'simulate.kind.image-gc-failed': text({
    en: () => 'Image collection, falling short',
    'zh-CN': () => '镜像回收（未达目标）',
  }),
  'simulate.kind.reclaim-images': text({
    en: () => 'Deletion of unused images, under pressure',
    'zh-CN': () => '压力下删除未使用的镜像',
  }),
  'simulate.kind.reclaim-containers': text({
    en: () => 'Removal of dead containers, under pressure',
    'zh-CN': () => '压力下删除已停止的容器',
  }),
  'simulate.kind.container-gc': text({ en: () => 'Container collection', 'zh-CN': () => '容器回收' }),
  'simulate.kind.evict-pod': text({ en: () => 'Eviction', 'zh-CN': () => '驱逐 Pod' }),
  'simulate.kind.reject-pod': text({ en: () => 'Pod refused', 'zh-CN': () => '拒绝 Pod' }),
  'simulate.kind.pressure': text({ en: () => 'DiskPressure begins', 'zh-CN': () => 'DiskPressure 开始' }),
  'simulate.kind.pressure-cleared': text({
    en: () => 'DiskPressure ends',
    'zh-CN': () => 'DiskPressure 结束',
  }),
  'simulate.again': text<{ times: number; until: string }>({
    en: (p) =>
      p.times === 1
        ? 'Tried once more, with nothing to take.'
        : `Tried ${p.times} times more until ${p.until}, with nothing to take.`,
    'zh-CN': (p) =>
      p.times === 1
        ? '又尝试了一次，没有可删除的对象。'
        : `到 ${p.until} 为止又尝试了 ${p.times} 次，没有可删除的对象。`,
  }),
  'simulate.one': text<{ name: string }>({
    en: (p) => `As described in ${p.name}:`,
    'zh-CN': (p) => `按 ${p.name} 的描述：`,
  }),
  'simulate.other': text<{ name: string }>({
    en: (p) => `With the changes in ${p.name}:`,
    'zh-CN': (p) => `应用 ${p.name} 中的更改之后：`,
  }),
  'simulate.compare.one': text({ en: () => 'as described', 'zh-CN': () => '按描述' }),
  'simulate.compare.other': text({ en: () => 'with the changes', 'zh-CN': () => '应用更改后' }),
  'simulate.compare.never': text({ en: () => 'never', 'zh-CN': () => '不会' }),
  'simulate.compare.image-gc': text({ en: () => 'first image collection', 'zh-CN': () => '首次镜像回收' }),
  'simulate.compare.pressure': text({ en: () => 'first DiskPressure', 'zh-CN': () => '首次 DiskPressure' }),
  'simulate.compare.eviction': text({ en: () => 'first eviction', 'zh-CN': () => '首次驱逐' }),
  'simulate.compare.images': text({ en: () => 'images deleted', 'zh-CN': () => '删除镜像数' }),
  'simulate.compare.pods': text({ en: () => 'pods evicted', 'zh-CN': () => '驱逐 Pod 数' }),
  'simulate.compare.freed': text({
    en: () => 'freed, as the kubelet counts',
    'zh-CN': () => '按 kubelet 计算释放',
  }),
  'simulate.victims': text<{ victims: readonly string[] }>({
    en: (p) => `Takes ${names(p.victims, 'en', 20)}.`,
    'zh-CN': (p) => `对象：${names(p.victims, 'zh-CN', 20)}。`,
  }),
  'simulate.victim-set': text<{ victims: readonly string[]; min: number; max: number }>({
    en: (p) => `Takes ${rangeEn(p)} of these, whose order is undefined: ${names(p.victims, 'en', 20)}.`,
    'zh-CN': (p) => `从以下对象中取 ${rangeZh(p)} 个（其顺序未定义）：${names(p.victims, 'zh-CN', 20)}。`,
  }),
  'simulate.no-victims': text({
    en: () => 'Takes nothing: there is nothing that may go.',
    'zh-CN': () => '没有可删除的对象。',
  }),
  'simulate.freed': text<{ wantedBytes?: number; min: number; max: number }>({
    en: (p) =>
      `Frees ${p.min === p.max ? bytes(p.min) : `${bytes(p.min)} to ${bytes(p.max)}`}${p.wantedBytes === undefined ? '' : ` of ${bytes(p.wantedBytes)} wanted`}, as the kubelet counts.`,
    'zh-CN': (p) =>
      `按 kubelet 的计算，${p.wantedBytes === undefined ? '' : `需要释放 ${bytes(p.wantedBytes)}，`}释放 ${p.min === p.max ? bytes(p.min) : `${bytes(p.min)} 至 ${bytes(p.max)}`}。`,
  }),
  'simulate.why.image-gc': text<Usage>({
    en: (p) =>
      `The image filesystem is ${p.usagePercent} % used, at or over the high threshold of ${p.highThresholdPercent} %: images go, longest unused first, down to ${p.lowThresholdPercent} %.`,
    'zh-CN': (p) =>
      `镜像文件系统使用率为 ${p.usagePercent}%，已达到高阈值 ${p.highThresholdPercent}%：按最久未使用的顺序删除镜像，直到降至 ${p.lowThresholdPercent}%。`,
  }),
  'simulate.why.image-gc-failed': text<Usage>({
    en: (p) =>
      `The image filesystem is ${p.usagePercent} % used, at or over the high threshold of ${p.highThresholdPercent} %, but the images that may go free less than is wanted to get down to ${p.lowThresholdPercent} %.`,
    'zh-CN': (p) =>
      `镜像文件系统使用率为 ${p.usagePercent}%，已达到高阈值 ${p.highThresholdPercent}%，但可删除的镜像释放的空间不足以降至 ${p.lowThresholdPercent}%。`,
  }),
  'simulate.why.maximum-age': text({
    en: () => 'Unused for longer than the maximum age; how full the disk is does not matter.',
    'zh-CN': () => '未使用时间超过最大保留时间，与磁盘使用率无关。',
  }),
  'simulate.why.reclaim-images': text({
    en: () =>
      'The eviction manager deletes every unused image that is old enough, before it kills a pod; the image thresholds do not matter.',
    'zh-CN': () => '驱逐管理器在终止 Pod 之前删除所有满足最小保留时间的未使用镜像，不受镜像阈值限制。',
  }),
  'simulate.why.reclaim-containers': text({
    en: () => 'The eviction manager removes dead containers first.',
    'zh-CN': () => '驱逐管理器首先删除已停止的容器。',
  }),
  'simulate.why.container-gc': text({
    en: () => 'Dead containers of pods that are gone, or older than the newest of their name.',
    'zh-CN': () => '所属 Pod 已不存在的停止容器，或同名容器中较旧的停止容器。',
  }),
  'simulate.why.pressure': text<{
    signal: string
    quantity: string
    available: number
    unit: 'bytes' | 'inodes'
  }>({
    en: (p) =>
      `${p.signal} is below its threshold of ${p.quantity}: ${amount(p.available, p.unit)} are available.`,
    'zh-CN': (p) => `${p.signal} 低于阈值 ${p.quantity}：可用 ${amount(p.available, p.unit)}。`,
  }),
  'simulate.why.pressure-cleared': text({
    en: () => 'No threshold has been met for the whole transition period.',
    'zh-CN': () => '在整个过渡期内未再触及任何阈值。',
  }),
  'simulate.why.evict-pod': text<Ranked>({
    en: (p) =>
      `Reclaiming was not enough for ${p.signal}. ${p.isTied ? 'These rank first alike' : 'It ranks first'}: ${usageEn(p)}, priority ${p.priority}. ${graceEn(p.graceSeconds)}`,
    'zh-CN': (p) =>
      `回收后 ${p.signal} 仍然不足。${p.isTied ? '这些 Pod 并列最前' : '该 Pod 排在最前'}：${usageZh(p)}，优先级 ${p.priority}。${graceZh(p.graceSeconds)}`,
  }),
  'simulate.why.local-limit': text<Limit>({
    en: (p) =>
      `${limitedEn(p)} uses ${formatBytes(p.usedBytes)}, more than its limit of ${formatBytes(p.limitBytes)}; how full the disk is does not matter. ${graceEn(p.graceSeconds)}`,
    'zh-CN': (p) =>
      `${limitedZh(p)}使用了 ${formatBytes(p.usedBytes)}，超过其限制 ${formatBytes(p.limitBytes)}，与磁盘使用率无关。${graceZh(p.graceSeconds)}`,
  }),
  'simulate.why.rejected': text({
    en: () => 'Bound to the node while it has DiskPressure; only critical pods are admitted then.',
    'zh-CN': () => '在节点处于 DiskPressure 期间被调度到该节点；此时只接纳关键 Pod。',
  }),
  'simulate.spared.in-use': text({
    en: () => 'A container, running or not, is made from it.',
    'zh-CN': () => '有容器（无论是否在运行）使用该镜像。',
  }),
  'simulate.spared.pinned': text({
    en: () => 'The runtime has pinned it.',
    'zh-CN': () => '运行时已将其固定（pinned）。',
  }),
  'simulate.spared.used-too-recently': text({
    en: () => 'It was in use at the very instant of the pass.',
    'zh-CN': () => '在本轮检查的时刻仍在使用。',
  }),
  'simulate.spared.too-young': text({
    en: () => 'It was first seen less than imageMinimumGCAge ago.',
    'zh-CN': () => '首次发现至今未满 imageMinimumGCAge。',
  }),
}

function limitedEn(p: Limit): string {
  if (p.kind === 'empty-dir') return `The emptyDir volume ${p.volume ?? ''}`
  return p.kind === 'container' ? `The container ${p.container ?? ''}` : `The pod ${p.pod}`
}

function limitedZh(p: Limit): string {
  if (p.kind === 'empty-dir') return `emptyDir 卷 ${p.volume ?? ''} `
  return p.kind === 'container' ? `容器 ${p.container ?? ''} ` : `Pod ${p.pod} `
}

function usageEn({ used, resource, requestBytes }: Ranked): string {
  if (used === null) return 'the kubelet has no figures of it'
  if (resource === 'inodes') return `${used} inodes used`
  return `${formatBytes(used)} used, ${formatBytes(requestBytes)} requested`
}

function usageZh({ used, resource, requestBytes }: Ranked): string {
  if (used === null) return 'kubelet 没有其使用数据'
  if (resource === 'inodes') return `已用 ${used} 个 inode`
  return `已用 ${formatBytes(used)}，请求 ${formatBytes(requestBytes)}`
}

function graceEn(seconds: number): string {
  return seconds === 0 ? 'It is killed at once.' : `It gets ${seconds} s to end.`
}

function graceZh(seconds: number): string {
  return seconds === 0 ? '立即终止。' : `给予 ${seconds} 秒终止时间。`
}
