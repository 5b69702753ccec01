import { freeEn, freeZh, type LevelWords } from './level-words.ts'
import { names, text } from './text.ts'

interface UnprotectedPauseImage {
  why: 'no-pin' | 'other-image'
  kubeletVersion: string
  runtime?: string
  /** What the kubelet's flag names. */
  flag?: string
  /** What is on the node. */
  images: readonly string[]
}

/** What detectors say of the settings of image garbage collection, and of the pause image. */
export const imageSettingFindings = {
  'finding.image-gc-thresholds-reversed': text<{
    low: number
    high: number
    suggestedHigh: number
    suggestedLow: number
  }>({
    en: (p) =>
      `imageGCLowThresholdPercent ${p.low} is not below imageGCHighThresholdPercent ${p.high}: a kubelet refuses to start with that, so that this one would not come back from a restart; until less than ${100 - p.low} % is free, a collection removes a single image. Set imageGCHighThresholdPercent to ${p.suggestedHigh} and imageGCLowThresholdPercent to ${p.suggestedLow}.`,
    'zh-CN': (p) =>
      `imageGCLowThresholdPercent（${p.low}）不低于 imageGCHighThresholdPercent（${p.high}）：kubelet 会因此拒绝启动，一旦重启就无法恢复；在剩余空间低于 ${100 - p.low}% 之前，每轮回收只删除一个镜像。请将 imageGCHighThresholdPercent 设为 ${p.suggestedHigh}、imageGCLowThresholdPercent 设为 ${p.suggestedLow}。`,
  }),
  'finding.image-gc-off': text<{
    eviction?: LevelWords & { signal: string }
    maximumAge?: string
    maximumAgeActs: boolean
  }>({
    en: (p) =>
      `Image garbage collection by disk usage is off (imageGCHighThresholdPercent 100): ${p.maximumAge === undefined ? '' : p.maximumAgeActs ? `beside images unused for longer than imageMaximumGCAge ${p.maximumAge}, ` : `with it imageMaximumGCAge ${p.maximumAge}, which does nothing in this version; `}${p.eviction ? `idle images stay until an eviction deletes all of them at once, at ${freeEn(p.eviction)} (${p.eviction.signal})` : 'idle images stay, for no eviction deletes them either'}. If that is not meant, set imageGCHighThresholdPercent to 85.`,
    'zh-CN': (p) =>
      `按磁盘用量的镜像垃圾回收已关闭（imageGCHighThresholdPercent 为 100）：${p.maximumAge === undefined ? '' : p.maximumAgeActs ? `除闲置超过 imageMaximumGCAge ${p.maximumAge} 的镜像外，` : `imageMaximumGCAge ${p.maximumAge} 在该版本中也因此无效；`}${p.eviction ? `闲置镜像会一直保留，直到驱逐在${freeZh(p.eviction)}（${p.eviction.signal}）时一次全部删除` : '闲置镜像会一直保留，驱逐也不会删除它们'}。若非本意，请将 imageGCHighThresholdPercent 设为 85。`,
  }),
  'finding.image-gc-frees-little': text<{
    starts: LevelWords
    stops: LevelWords
    low: number
    suggestedLow: number
  }>({
    en: (p) =>
      `Image garbage collection starts below ${freeEn(p.starts)} and stops at ${freeEn(p.stops)}: it frees next to nothing, and soon starts again. Set imageGCLowThresholdPercent to ${p.suggestedLow} instead of ${p.low}.`,
    'zh-CN': (p) =>
      `镜像垃圾回收在${freeZh(p.starts)}以下时开始，到${freeZh(p.stops)}就停止：几乎不释放空间，很快又会重新开始。请将 imageGCLowThresholdPercent 从 ${p.low} 改为 ${p.suggestedLow}。`,
  }),
  'finding.pause-image-unprotected': text<UnprotectedPauseImage>({
    en: (p) =>
      p.why === 'no-pin'
        ? `Nothing keeps the pause image${p.images.length > 0 ? ` (${names(p.images, 'en', 3)})` : ''} from being deleted as idle: kubelet ${p.kubeletVersion} relies on a pin that ${p.runtime} does not set, and without this image no pod can start. Upgrade containerd to 1.6.22, 1.7.3 or later.`
        : `Kubelet ${p.kubeletVersion} keeps only the pause image that its flag names, ${p.flag}, but ${names(p.images, 'en', 3)} is what is on this node: it can be deleted as idle, and without it no pod can start. Set --pod-infra-container-image to the runtime's pause image.`,
    'zh-CN': (p) =>
      p.why === 'no-pin'
        ? `没有任何机制防止 pause 镜像${p.images.length > 0 ? `（${names(p.images, 'zh-CN', 3)}）` : ''}被当作闲置镜像删除：kubelet ${p.kubeletVersion} 依赖运行时的 pinned 标记，而 ${p.runtime} 不会设置该标记；没有它任何 Pod 都无法启动。请将 containerd 升级到 1.6.22、1.7.3 或更高版本。`
        : `kubelet ${p.kubeletVersion} 只保护其参数指定的 pause 镜像 ${p.flag}，而本节点上的是 ${names(p.images, 'zh-CN', 3)}：它可能被当作闲置镜像删除，没有它任何 Pod 都无法启动。请将 --pod-infra-container-image 设为运行时的 pause 镜像。`,
  }),
  'finding.pause-image-protection-unknown': text<{
    kubeletVersion: string
    /** What the kubelet's flag names, where that is known. */
    flag?: string
    images: readonly string[]
  }>({
    en: (p) =>
      `Kubelet ${p.kubeletVersion} keeps only the pause image that --pod-infra-container-image names, ${p.flag === undefined ? 'and that flag is not known here' : `${p.flag}, and whether the runtime uses that one is not known here`}${p.images.length > 0 ? ` (on this node: ${names(p.images, 'en', 3)})` : ''}: any other is deleted as idle. Compare \`ps -o args= -C kubelet\` with \`crictl info | grep -i sandboxImage\` on the node, and set the flag to what the runtime uses.`,
    'zh-CN': (p) =>
      `kubelet ${p.kubeletVersion} 只保护 --pod-infra-container-image 指定的 pause 镜像，${p.flag === undefined ? '而此处不知道该参数' : `即 ${p.flag}，而此处不知道运行时用的是否是它`}${p.images.length > 0 ? `（本节点上有 ${names(p.images, 'zh-CN', 3)}）` : ''}：其他 pause 镜像会被当作闲置镜像删除。请在节点上对比 \`ps -o args= -C kubelet\` 与 \`crictl info | grep -i sandboxImage\`，并将该参数设为运行时所用的镜像。`,
  }),
}
