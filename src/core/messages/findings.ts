import { formatBytes } from '../units/bytes.ts'
import { evictionSettingFindings } from './eviction-setting-findings.ts'
import { imageSettingFindings } from './image-setting-findings.ts'
import { gapMessages } from './gap-words.ts'
import { inputFindings } from './input-findings.ts'
import { text } from './text.ts'

interface CrossedThreshold {
  signal: string
  isSoft: boolean
  setting: string
  unit: 'bytes' | 'inodes'
  below: number
  available: number
}

const amount = (unit: 'bytes' | 'inodes', value: number) =>
  unit === 'bytes' ? formatBytes(value) : `${value} inodes`

/** One sentence a detector, under `finding.<id>`, and the names of the kubelet's levels. */
export const findingMessages = {
  ...evictionSettingFindings,
  ...imageSettingFindings,
  ...inputFindings,
  ...gapMessages,
  'finding.image-gc-threshold-crossed': text<{
    usedPercent: number
    highThresholdPercent: number
    bytesToFree?: number
  }>({
    en: (p) =>
      `The disk is ${p.usedPercent} % used as image garbage collection counts it (threshold ${p.highThresholdPercent} %): its next pass, at most five minutes away, deletes idle images${p.bytesToFree === undefined ? '' : ` to free ${formatBytes(p.bytesToFree)}`}.`,
    'zh-CN': (p) =>
      `按镜像垃圾回收的口径，磁盘已用 ${p.usedPercent}%（阈值 ${p.highThresholdPercent}%）：最迟五分钟内的下一轮回收将删除闲置镜像${p.bytesToFree === undefined ? '' : `，以释放 ${formatBytes(p.bytesToFree)}`}。`,
  }),
  'finding.eviction-threshold-crossed': text<CrossedThreshold>({
    en: (p) =>
      `Only ${amount(p.unit, p.available)} are available, below the ${p.isSoft ? 'soft' : 'hard'} eviction threshold ${p.signal} < ${p.setting} (${amount(p.unit, p.below)}): ${p.isSoft ? 'after its grace period' : 'within ten seconds'} the kubelet deletes every idle image, and if that is not enough it evicts pods.`,
    'zh-CN': (p) =>
      `仅剩 ${amount(p.unit, p.available)} 可用，低于${p.isSoft ? '软' : '硬'}驱逐阈值 ${p.signal} < ${p.setting}（${amount(p.unit, p.below)}）：kubelet 将${p.isSoft ? '在宽限期后' : '在十秒内'}删除所有闲置镜像，若仍不足则驱逐 Pod。`,
  }),
  'finding.manifests-path-missing': text<{ path: string }>({
    en: (p) =>
      `The kubelet looks for static pods in ${p.path}, which does not exist, and says so every second. Harmless on a worker; \`mkdir -p ${p.path}\` on the node ends it.`,
    'zh-CN': (p) =>
      `kubelet 在 ${p.path} 中查找静态 Pod，但该目录不存在，因此每秒报错一次。对工作节点无害；在节点上执行 \`mkdir -p ${p.path}\` 即可消除。`,
  }),
  'level.image-gc': text<{ setting: string }>({
    en: (p) => `image garbage collection starts (${p.setting} used)`,
    'zh-CN': (p) => `开始镜像垃圾回收（已用 ${p.setting}）`,
  }),
  'level.eviction': text<{ signal: string; setting: string; isSoft: boolean }>({
    en: (p) => `${p.isSoft ? 'soft eviction' : 'eviction'}: ${p.signal} < ${p.setting}`,
    'zh-CN': (p) => `${p.isSoft ? '软驱逐' : '驱逐'}：${p.signal} < ${p.setting}`,
  }),
}
