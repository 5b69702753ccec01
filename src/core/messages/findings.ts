import { countEn } from './few-words.ts'
import { evictionSettingFindings } from './eviction-setting-findings.ts'
import { imageSettingFindings } from './image-setting-findings.ts'
import { agentMessages } from './agent-words.ts'
import { gapMessages } from './gap-words.ts'
import { inputFindings } from './input-findings.ts'
import { claimFindings } from './claim-findings.ts'
import { schedulingFindings } from './scheduling-findings.ts'
import { imageFindings } from './image-findings.ts'
import { preventionFindings } from './prevention-findings.ts'
import { nodeFindings } from './node-findings.ts'
import { shellWord } from './shell-word.ts'
import { text } from './text.ts'
import { thresholdFindings } from './threshold-findings.ts'

/** One sentence a detector, under `finding.<id>`, and the names of the kubelet's levels. */
export const findingMessages = {
  ...evictionSettingFindings,
  ...imageSettingFindings,
  ...inputFindings,
  ...gapMessages,
  ...agentMessages,
  ...thresholdFindings,
  ...nodeFindings,
  ...preventionFindings,
  ...imageFindings,
  ...schedulingFindings,
  ...claimFindings,
  'finding.manifests-path-missing': text<{ path: string }>({
    en: (p) =>
      `The kubelet looks for static pods in ${p.path}, which does not exist, and says so every second. Harmless on a worker; \`mkdir -p ${shellWord(p.path)}\` on the node ends it.`,
    'zh-CN': (p) =>
      `kubelet 在 ${p.path} 中查找静态 Pod，但该目录不存在，因此每秒报错一次。对工作节点无害；在节点上执行 \`mkdir -p ${shellWord(p.path)}\` 即可消除。`,
  }),
  'finding.more-of-the-same': text<{ count: number; reason: string }>({
    en: (p) =>
      `${countEn(p.count, 'more object is', 'more objects are')} found to be like that (${p.reason}), and not listed.`,
    'zh-CN': (p) => `另有 ${p.count} 个对象也是如此（${p.reason}），未逐一列出。`,
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
