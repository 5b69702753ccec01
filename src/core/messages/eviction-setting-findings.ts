import { formatBytes } from '../units/bytes.ts'
import { freeEn, freeZh, type LevelWords } from './level-words.ts'
import { names, text } from './text.ts'

interface DefaultsOff {
  /** The default thresholds that are not in force, such as `nodefs.inodesFree < 5%`. */
  thresholds: readonly string[]
  /** Whether this kubelet can be told to merge its defaults into the map. */
  canMerge: boolean
}

/** What detectors say of eviction thresholds that are set so that they do harm, or nothing. */
export const evictionSettingFindings = {
  'finding.imagefs-threshold-first': text<{
    imagefs: LevelWords
    nodefs: LevelWords
    imageGc?: LevelWords
  }>({
    en: (p) =>
      `Images and the kubelet's data share this disk, so DiskPressure starts at ${freeEn(p.imagefs)}, not at ${freeEn(p.nodefs)}: imagefs.available is met before nodefs.available.${p.imageGc ? ` Image garbage collection starts before it, below ${freeEn(p.imageGc)}.` : ''} If it is to start later, set imagefs.available to ${p.nodefs.setting} in evictionHard.`,
    'zh-CN': (p) =>
      `镜像与 kubelet 数据共用这块磁盘，因此 DiskPressure 从${freeZh(p.imagefs)}开始，而不是${freeZh(p.nodefs)}：imagefs.available 先于 nodefs.available 触发。${p.imageGc ? `镜像垃圾回收更早，在${freeZh(p.imageGc)}以下时开始。` : ''}若希望更晚触发，请在 evictionHard 中将 imagefs.available 设为 ${p.nodefs.setting}。`,
  }),
  'finding.eviction-before-image-gc': text<{
    signal: string
    isSoft: boolean
    eviction: LevelWords
    imageGc: LevelWords
    highestUsefulPercent?: number
  }>({
    en: (p) =>
      `${p.isSoft ? 'Soft eviction' : 'Eviction'} starts at ${freeEn(p.eviction)} (${p.signal}), no later than image garbage collection (below ${freeEn(p.imageGc)}): so the kubelet deletes every idle image at once, whatever imageGCLowThresholdPercent says, and evicts pods if that is not enough. Set ${p.signal} to less than ${p.imageGc.setting}${p.highestUsefulPercent === undefined ? '' : `, or imageGCHighThresholdPercent to at most ${p.highestUsefulPercent} with imageGCLowThresholdPercent below it`}.`,
    'zh-CN': (p) =>
      `${p.isSoft ? '软驱逐' : '驱逐'}从${freeZh(p.eviction)}（${p.signal}）开始，不晚于镜像垃圾回收的起点，即${freeZh(p.imageGc)}以下：因此 kubelet 会无视 imageGCLowThresholdPercent，一次删除所有闲置镜像，若仍不足则驱逐 Pod。请将 ${p.signal} 设为小于 ${p.imageGc.setting}${p.highestUsefulPercent === undefined ? '' : `，或将 imageGCHighThresholdPercent 设为不高于 ${p.highestUsefulPercent}（imageGCLowThresholdPercent 须更低）`}。`,
  }),
  'finding.hard-eviction-off': text<{ capacityBytes?: number; hasSoft: boolean }>({
    en: (p) =>
      `No hard eviction threshold for disk space is in force${p.hasSoft ? ', only a soft one with its grace period' : ''}: the disk can fill to its last byte${p.capacityBytes === undefined ? '' : ` (${formatBytes(p.capacityBytes)})`}, and then the kubelet, the container runtime and every pod that writes fail together. Set nodefs.available to 10% and imagefs.available to 15% in evictionHard.`,
    'zh-CN': (p) =>
      `没有任何生效的磁盘空间硬驱逐阈值${p.hasSoft ? '（只有带宽限期的软阈值）' : ''}：磁盘会被写到最后一个字节${p.capacityBytes === undefined ? '' : `（${formatBytes(p.capacityBytes)}）`}，届时 kubelet、容器运行时和所有写盘的 Pod 会一起失败。请在 evictionHard 中将 nodefs.available 设为 10%、imagefs.available 设为 15%。`,
  }),
  'finding.default-threshold-missing': text<DefaultsOff & { runsOut: readonly ('space' | 'inodes')[] }>({
    en: (p) =>
      `evictionHard leaves out or switches off ${names(p.thresholds, 'en')}, and no other threshold takes its place: when ${p.runsOut.join(' or ')} there runs out, no pod is evicted, and what writes there fails. A map in evictionHard replaces the defaults whole: add what is missing to it${p.canMerge ? ', or set mergeDefaultEvictionSettings: true for what is left out' : ''}.`,
    'zh-CN': (p) =>
      `evictionHard 缺少或关闭了 ${names(p.thresholds, 'zh-CN')}，且没有其他阈值代替：当该处${p.runsOut.map((what) => (what === 'space' ? '空间' : ' inode ')).join('或')}耗尽时不会驱逐任何 Pod，写入将失败。evictionHard 会整体替换默认值：请补上缺少的阈值${p.canMerge ? '，或对缺少的项设置 mergeDefaultEvictionSettings: true' : ''}。`,
  }),
  'finding.default-threshold-replaced': text<
    DefaultsOff & { signal: string; now: LevelWords; byDefault: LevelWords }
  >({
    en: (p) =>
      `evictionHard leaves out or switches off ${names(p.thresholds, 'en')}, and images share this disk: eviction starts at ${freeEn(p.now)} (${p.signal}), not at ${freeEn(p.byDefault)}. If that is not meant, add it${p.canMerge ? ', or set mergeDefaultEvictionSettings: true' : ''}.`,
    'zh-CN': (p) =>
      `evictionHard 缺少或关闭了 ${names(p.thresholds, 'zh-CN')}，且镜像共用这块磁盘：驱逐从${freeZh(p.now)}（${p.signal}）开始，而不是${freeZh(p.byDefault)}。若非本意，请补上${p.canMerge ? '，或设置 mergeDefaultEvictionSettings: true' : ''}。`,
  }),
  'finding.soft-threshold-without-grace-period': text<{ signals: readonly string[] }>({
    en: (p) =>
      `evictionSoft has ${names(p.signals, 'en')}, for which evictionSoftGracePeriod has no grace period: a kubelet refuses to start with that, so that this one would not come back from a restart. Set one there, such as 2m, for each.`,
    'zh-CN': (p) =>
      `evictionSoft 设置了 ${names(p.signals, 'zh-CN')}，但 evictionSoftGracePeriod 中没有对应的宽限期：kubelet 会因此拒绝启动，一旦重启就无法恢复。请在其中逐项设置，例如 2m。`,
  }),
  'finding.soft-threshold-not-first': text<{
    signal: string
    soft: LevelWords
    hardSignal: string
    hard: LevelWords
  }>({
    en: (p) =>
      `The soft threshold ${p.signal} (${freeEn(p.soft)}) is not above the hard one ${p.hardSignal} (${freeEn(p.hard)}), which acts first and without grace: the soft one never does. Set it above ${p.hard.setting}, or take it away.`,
    'zh-CN': (p) =>
      `软阈值 ${p.signal}（${freeZh(p.soft)}）不高于硬阈值 ${p.hardSignal}（${freeZh(p.hard)}）：硬阈值会先触发且没有宽限期，软阈值永远不会起作用。请将其设为高于 ${p.hard.setting}，或删除它。`,
  }),
  'finding.minimum-reclaim-unreachable': text<{
    signal: string
    threshold: LevelWords
    minimumReclaim: string
    size?: number
  }>({
    en: (p) =>
      `An eviction for ${p.signal} is over only at ${freeEn(p.threshold)} plus the ${p.minimumReclaim} of evictionMinimumReclaim, which together is all there is or more${sizeEn(p)}: one that begins goes on until no pod is left to evict. Set ${p.signal} in evictionMinimumReclaim to a few percent, such as 5%.`,
    'zh-CN': (p) =>
      `${p.signal} 触发的驱逐要达到${freeZh(p.threshold)}再加上 evictionMinimumReclaim 的 ${p.minimumReclaim} 才会结束，两者之和已达到或超过总量${sizeZh(p)}：驱逐一旦开始，就会持续到没有 Pod 可驱逐为止。请将 evictionMinimumReclaim 中的 ${p.signal} 设为百分之几，例如 5%。`,
  }),
  'finding.minimum-reclaim-unused': text<{ signals: readonly string[] }>({
    en: (p) =>
      `evictionMinimumReclaim has ${names(p.signals, 'en')}, for which no threshold is in force: it does nothing. Set a threshold in evictionHard, or take it away.`,
    'zh-CN': (p) =>
      `evictionMinimumReclaim 设置了 ${names(p.signals, 'zh-CN')}，但没有对应的生效阈值，因此不起作用。请在 evictionHard 中设置阈值，或删除该项。`,
  }),
  'finding.pressure-transition-too-short': text<{ period: string; passes: number; level?: LevelWords }>({
    en: (p) =>
      `With evictionPressureTransitionPeriod ${p.period}, DiskPressure and its taint end at the ${['first', 'second', 'third'][p.passes - 1] ?? 'next'} pass (one every 10 s) after the last that found too little: while what is free hovers around ${p.level ? freeEn(p.level) : 'the threshold'} they come and go, and pods are scheduled to a node that evicts them again. Set it to 5m, the default.`,
    'zh-CN': (p) =>
      `evictionPressureTransitionPeriod 为 ${p.period} 时，DiskPressure 及其污点在最后一次发现不足后的第 ${p.passes} 轮检查（每 10 秒一轮）就会消失：当剩余量在${p.level ? `“${freeZh(p.level)}”` : '阈值'}附近波动时，它们会反复出现又消失，Pod 被调度到本节点后又被驱逐。请设为默认值 5m。`,
  }),
}

const sizeEn = ({ size, threshold }: { size?: number; threshold: LevelWords }) =>
  size === undefined ? '' : ` (${threshold.unit === 'bytes' ? formatBytes(size) : `${size} inodes`})`
const sizeZh = ({ size, threshold }: { size?: number; threshold: LevelWords }) =>
  size === undefined ? '' : `（${threshold.unit === 'bytes' ? formatBytes(size) : `${size} 个 inode`}）`
