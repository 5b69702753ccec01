import { formatAboutBytes, formatBytes } from '../units/bytes.ts'
import { names, text } from './text.ts'

type Certainty = 'certain' | 'possible'

const rateEn = (bytes: number) => `${formatAboutBytes(Math.abs(bytes))}/s`
const willEn = (certainty: Certainty, will: string, may: string) => (certainty === 'certain' ? will : may)

/** What a forecast says. */
export const forecastMessages = {
  'forecast.title': text<{ node: string; at: string; hours: number }>({
    en: (p) => `${p.node}, seen from ${p.at}, for the next ${p.hours} h`,
    'zh-CN': (p) => `${p.node}，自 ${p.at} 起未来 ${p.hours} 小时`,
  }),
  'forecast.used': text<{ availableBytes: number; capacityBytes: number }>({
    en: (p) => `${formatBytes(p.availableBytes)} of ${formatBytes(p.capacityBytes)} are available.`,
    'zh-CN': (p) => `可用 ${formatBytes(p.availableBytes)}，总容量 ${formatBytes(p.capacityBytes)}。`,
  }),
  'forecast.growing': text<{ low: number; middle: number; high: number }>({
    en: (p) =>
      p.high <= 0
        ? 'Use does not grow.'
        : `Use grows by about ${rateEn(p.middle)} (${rateEn(Math.max(p.low, 0))} to ${rateEn(p.high)}).`,
    'zh-CN': (p) =>
      p.high <= 0
        ? '使用量没有增长。'
        : `使用量约以 ${rateEn(p.middle)} 增长（${rateEn(Math.max(p.low, 0))} 至 ${rateEn(p.high)}）。`,
  }),
  'forecast.consumer': text<{ name: string; bytesPerSecond: number }>({
    en: (p) => `${p.name}: ${rateEn(p.bytesPerSecond)}`,
    'zh-CN': (p) => `${p.name}：${rateEn(p.bytesPerSecond)}`,
  }),
  'forecast.consumer-logs': text<{ pod: string }>({
    en: (p) => `logs of ${p.pod}`,
    'zh-CN': (p) => `${p.pod} 的日志`,
  }),
  'forecast.consumer-writable-layer': text<{ pod: string }>({
    en: (p) => `writable layers of ${p.pod}`,
    'zh-CN': (p) => `${p.pod} 的可写层`,
  }),
  'forecast.consumer-volumes': text<{ pod: string }>({
    en: (p) => `emptyDir volumes of ${p.pod}`,
    'zh-CN': (p) => `${p.pod} 的 emptyDir 卷`,
  }),
  'forecast.consumer-uncounted': text({
    en: () => 'what the kubelet counts for no pod (volumes on the node, images, the host)',
    'zh-CN': () => 'kubelet 未计入任何 Pod 的数据（节点上的卷、镜像、主机文件）',
  }),
  'forecast.level-image-gc': text<{ setting: string }>({
    en: (p) => `Image collection starts (${p.setting} used)`,
    'zh-CN': (p) => `开始镜像回收（已用 ${p.setting}）`,
  }),
  'forecast.level-hard': text<{ signal: string; setting: string }>({
    en: (p) => `Eviction starts (${p.signal} below ${p.setting})`,
    'zh-CN': (p) => `开始驱逐（${p.signal} 低于 ${p.setting}）`,
  }),
  'forecast.level-soft': text<{ signal: string; setting: string }>({
    en: (p) => `Soft threshold met (${p.signal} below ${p.setting})`,
    'zh-CN': (p) => `触及软阈值（${p.signal} 低于 ${p.setting}）`,
  }),
  'forecast.level-full': text({
    en: () => 'Disk full: writes fail',
    'zh-CN': () => '磁盘已满：写入失败',
  }),
  'forecast.level-inodes-full': text({
    en: () => 'Inodes used up: no file can be made',
    'zh-CN': () => 'inode 用尽：无法再创建文件',
  }),
  'forecast.level': text<{ level: string; when: string }>({
    en: (p) => `${p.level}: ${p.when}`,
    'zh-CN': (p) => `${p.level}：${p.when}`,
  }),
  'forecast.never': text<{ hours: number }>({
    en: (p) => `not within ${p.hours} h`,
    'zh-CN': (p) => `${p.hours} 小时内不会`,
  }),
  'forecast.now': text({ en: () => 'now', 'zh-CN': () => '现在' }),
  'forecast.between': text<{ first: string; last: string; middle: string }>({
    en: (p) => `${p.middle} (between ${p.first} and ${p.last})`,
    'zh-CN': (p) => `${p.middle}（${p.first} 至 ${p.last} 之间）`,
  }),
  'forecast.open-ended': text<{ first: string; middle: string; hours: number }>({
    en: ({ first, middle, hours }) =>
      first === middle
        ? `${first} at the earliest, perhaps not within ${hours} h`
        : `${middle} (not before ${first}, perhaps not within ${hours} h)`,
    'zh-CN': ({ first, middle, hours }) =>
      first === middle
        ? `最早 ${first}，也可能 ${hours} 小时内不会`
        : `${middle}（不早于 ${first}，也可能 ${hours} 小时内不会）`,
  }),
  'forecast.perhaps': text<{ first: string; hours: number }>({
    en: (p) => `perhaps, from ${p.first}; more likely not within ${p.hours} h`,
    'zh-CN': (p) => `可能，最早 ${p.first}；更可能 ${p.hours} 小时内不会`,
  }),
  'forecast.levels': text({ en: () => 'Levels', 'zh-CN': () => '阈值' }),
  'forecast.growth': text({ en: () => 'Who grows', 'zh-CN': () => '增长来源' }),
  'forecast.actions': text({ en: () => 'What the kubelet will do', 'zh-CN': () => 'kubelet 将采取的动作' }),
  'forecast.no-actions': text({
    en: () => 'Nothing about its disks in this time.',
    'zh-CN': () => '在此期间不会对磁盘采取任何动作。',
  }),
  'forecast.consequences': text({ en: () => 'What follows', 'zh-CN': () => '后果' }),
  'forecast.gaps': text({ en: () => 'Not known', 'zh-CN': () => '未知' }),
  'forecast.no-pod-can-start': text<{ image: string; certainty: Certainty }>({
    en: (p) =>
      `No pod can start on this node any more ${willEn(p.certainty, 'once', 'if')} its pause image ${p.image} is deleted, unless a registry has it. Pin it, or keep a copy at hand.`,
    'zh-CN': (p) =>
      `${p.certainty === 'certain' ? '' : '如果'}pause 镜像 ${p.image} 被删除${p.certainty === 'certain' ? '后' : ''}，除非镜像仓库中有该镜像，否则此节点上任何 Pod 都无法再启动。请将其固定（pin）或备份。`,
  }),
  'forecast.pod-cannot-restart': text<{ pod: string; image: string; certainty: Certainty }>({
    en: (p) =>
      `${p.pod} ${willEn(p.certainty, 'cannot', 'perhaps cannot')} start again here: its image ${p.image} is deleted, and nothing tells that a registry has it.`,
    'zh-CN': (p) =>
      `${p.pod} ${p.certainty === 'certain' ? '' : '可能'}无法在此节点重新启动：其镜像 ${p.image} 被删除，且无法确认镜像仓库中是否存在。`,
  }),
  'forecast.images-lost': text<{ images: readonly string[]; certainty: Certainty }>({
    en: (p) =>
      `Also ${willEn(p.certainty, 'deleted', 'perhaps deleted')}: ${names(p.images, 'en')}. Nothing tells that a registry has ${p.images.length === 1 ? 'it' : 'them'}.`,
    'zh-CN': (p) =>
      `${p.certainty === 'certain' ? '还将' : '还可能'}删除：${names(p.images, 'zh-CN')}。无法确认镜像仓库中是否存在。`,
  }),
  'forecast.claim-bound': text<{ pod: string; claim: string; path: string }>({
    en: (p) =>
      `${p.pod} can run on no other node: its claim ${p.claim} is on this node's disk (${p.path}). Evicting it frees nothing of that.`,
    'zh-CN': (p) =>
      `${p.pod} 无法在其他节点运行：其声明 ${p.claim} 位于此节点的磁盘上（${p.path}）。驱逐它不会释放其中的数据。`,
  }),
  'forecast.fits-nowhere-else': text<{ pod: string; certainty: Certainty; others: number }>({
    en: (p) =>
      p.others === 0
        ? `${p.pod} can run nowhere else: there is no other node.`
        : `${p.pod} ${willEn(p.certainty, 'fits', 'perhaps fits')} on none of the ${p.others} other nodes.`,
    'zh-CN': (p) =>
      p.others === 0
        ? `${p.pod} 无法在别处运行：没有其他节点。`
        : `${p.pod} ${p.certainty === 'certain' ? '' : '可能'}无法调度到其他 ${p.others} 个节点中的任何一个。`,
  }),
  'forecast.refusing': text<{ nodes: readonly string[]; reason: string }>({
    en: (p) => `${names(p.nodes, 'en', 3)}: ${p.reason}`,
    'zh-CN': (p) => `${names(p.nodes, 'zh-CN', 3)}：${p.reason}`,
  }),
  'forecast.gap-settings': text({
    en: () => "The kubelet's settings: without them no level is known. Read its configz.",
    'zh-CN': () => '缺少 kubelet 配置，无法得知任何阈值。请读取其 configz。',
  }),
  'forecast.gap-version': text<{ version: string }>({
    en: (p) =>
      `The kubelet's version ("${p.version}"): without it no rule may be assumed, so no action is forecast.`,
    'zh-CN': (p) => `kubelet 版本（“${p.version}”）未知：无法确定规则，因此不预测动作。`,
  }),
  'forecast.gap-readings': text({
    en: () => 'How full the disk is: no reading yet, or none that can be.',
    'zh-CN': () => '磁盘使用情况未知：尚无读数，或读数不合理。',
  }),
  'forecast.gap-growth': text({
    en: () => 'How fast it grows: too few readings yet. Forecasts begin after about a minute.',
    'zh-CN': () => '增长速度未知：读数太少，约一分钟后开始预测。',
  }),
  'forecast.gap-images': text({
    en: () => 'Which images are on the node, so that no victims among them are named.',
    'zh-CN': () => '节点上的镜像未知，因此无法指出会被删除的镜像。',
  }),
  'forecast.gap-pods': text({
    en: () => 'Which pods are on the node, so that no victims among them are named.',
    'zh-CN': () => '节点上的 Pod 未知，因此无法指出会被驱逐的 Pod。',
  }),
  'forecast.gap-start': text({
    en: () =>
      'When the kubelet started: images may be too young to be deleted yet, and pods be evicted in their stead.',
    'zh-CN': () => 'kubelet 的启动时间未知：镜像可能还太新而不会被删除，转而驱逐 Pod。',
  }),
  'forecast.gap-usage': text({
    en: () => 'What each pod uses: their order of eviction goes by priority and request alone.',
    'zh-CN': () => '各 Pod 的使用量未知：驱逐顺序仅按优先级和请求量推断。',
  }),
}
