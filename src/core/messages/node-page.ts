import { formatBytes } from '../units/bytes.ts'
import { fewEn, fewZh, type Few } from './few-words.ts'
import { spanEn, spanZh } from './span-words.ts'
import { text } from './text.ts'

/** What the page says of a node: where its bytes are, its images, what pods left behind, and who saw it. */
export const nodePageMessages = {
  'disk.uncounted': text({
    en: () => 'not counted by the kubelet',
    'zh-CN': () => 'kubelet 未统计',
  }),
  'disk.uncounted.suspects': text<{ volumes: Few }>({
    en: (p) => `No kubelet counts what is in ${fewEn(p.volumes)}.`,
    'zh-CN': (p) => `kubelet 不统计以下位置的内容：${fewZh(p.volumes)}。`,
  }),
  'page.bytes.walked': text<{ time: string; ago: number | null }>({
    en: (p) => `Every file was looked for on the node, ${agoEn(p)}.`,
    'zh-CN': (p) => `在节点上逐一查找得出，${agoZh(p)}。`,
  }),
  'page.bytes.counted': text<{ time: string; ago: number | null }>({
    en: (p) =>
      `As the kubelet counts, ${agoEn(p)}. Only an agent on the node finds the rest: local volumes, orphaned directories, logs of the system.`,
    'zh-CN': (p) =>
      `以 kubelet 的统计为准，${agoZh(p)}。其余部分（本地卷、孤儿目录、系统日志等）只有节点上的 agent 才能查明。`,
  }),
  'page.bytes.unknown': text({
    en: () => 'Where the bytes are is not known yet.',
    'zh-CN': () => '尚不清楚空间去向。',
  }),
  'page.bytes.picture': text<{ mountPoint: string; parts: readonly { name: string; bytes: number }[] }>({
    en: (p) =>
      `${p.mountPoint} as a bar: ${p.parts.map(({ name, bytes }) => `${name} ${formatBytes(bytes)}`).join(', ')}.`,
    'zh-CN': (p) =>
      `${p.mountPoint} 的条形图：${p.parts.map(({ name, bytes }) => `${name} ${formatBytes(bytes)}`).join('，')}。`,
  }),
  'page.bytes.figures': text<{ usedBytes: number; capacityBytes: number }>({
    en: (p) => `${formatBytes(p.usedBytes)} of ${formatBytes(p.capacityBytes)} in use`,
    'zh-CN': (p) => `共 ${formatBytes(p.capacityBytes)}，已用 ${formatBytes(p.usedBytes)}`,
  }),
  'page.bytes.what': text({ en: () => 'What', 'zh-CN': () => '内容' }),
  'page.bytes.size': text({ en: () => 'Size', 'zh-CN': () => '大小' }),
  'page.bytes.share': text({ en: () => 'Of used', 'zh-CN': () => '占已用' }),
  'page.bytes.growth': text({ en: () => 'Grows by', 'zh-CN': () => '增长速度' }),
  'page.bytes.rate': text<{ bytesPerSecond: number }>({
    en: (p) => `${rate(p.bytesPerSecond)}/s`,
    'zh-CN': (p) => `${rate(p.bytesPerSecond)}/秒`,
  }),
  'page.bytes.still': text({ en: () => 'still', 'zh-CN': () => '不变' }),
  'page.bytes.reserved': text({ en: () => 'kept for root', 'zh-CN': () => '为 root 保留' }),
  'page.bytes.available': text({ en: () => 'available', 'zh-CN': () => '可用' }),
  'page.bytes.group.images': text({ en: () => 'images', 'zh-CN': () => '镜像' }),
  'page.bytes.group.pods': text({ en: () => 'pods', 'zh-CN': () => 'Pod' }),
  'page.bytes.group.volumes': text({ en: () => 'volumes', 'zh-CN': () => '卷' }),
  'page.bytes.group.left': text({ en: () => 'left behind', 'zh-CN': () => '残留' }),
  'page.bytes.group.system': text({ en: () => 'the node itself', 'zh-CN': () => '节点自身' }),
  'page.bytes.group.unknown': text({ en: () => 'not attributed', 'zh-CN': () => '未归属' }),
  'page.node.all': text<{ name: string }>({
    en: (p) => `All of ${p.name}: its images, what pods left behind, who saw it`,
    'zh-CN': (p) => `${p.name} 的全部信息：镜像、Pod 残留、数据来源`,
  }),
  'page.images': text({ en: () => 'Images', 'zh-CN': () => '镜像' }),
  'page.images.risk': text<{ atRisk: number; total: number; bytes: number }>({
    en: (p) =>
      p.atRisk === 0
        ? `None of ${p.total} is at risk: each is in use, pinned, or known to be in a registry.`
        : `${p.atRisk} of ${p.total} at risk (${formatBytes(p.bytes)}): nothing uses them, so the kubelet may delete them, and no registry is known to have them.`,
    'zh-CN': (p) =>
      p.atRisk === 0
        ? `共 ${p.total} 个，均无风险：正在使用、已固定，或已确认镜像仓库中存在。`
        : `共 ${p.total} 个，其中 ${p.atRisk} 个有风险（${formatBytes(p.bytes)}）：没有容器使用，kubelet 可能将其删除，而且不能确认镜像仓库中有它们。`,
  }),
  'page.images.image': text({ en: () => 'Image', 'zh-CN': () => '镜像' }),
  'page.images.again': text({ en: () => 'Can it be pulled again?', 'zh-CN': () => '能否重新拉取' }),
  'page.images.use': text({ en: () => 'Use', 'zh-CN': () => '使用情况' }),
  'page.images.at-risk': text({ en: () => 'at risk', 'zh-CN': () => '有风险' }),
  'page.images.kept': text({ en: () => 'kept by the kubelet', 'zh-CN': () => 'kubelet 不会删除' }),
  'page.images.pinned': text({ en: () => 'pinned', 'zh-CN': () => '已固定' }),
  'page.images.pinned-in-vain': text({
    en: () => 'pinned, which this kubelet ignores',
    'zh-CN': () => '已固定，但该 kubelet 不予理会',
  }),
  'page.images.other-names': text<{ count: number }>({
    en: (p) => (p.count === 1 ? 'and 1 more name' : `and ${p.count} more names`),
    'zh-CN': (p) => `另有 ${p.count} 个名称`,
  }),
  'page.images.users': text<{ users: Few }>({
    en: (p) => `used by ${fewEn(p.users)}`,
    'zh-CN': (p) => `被 ${fewZh(p.users)} 使用`,
  }),
  'page.images.idle': text<{ time: string | null; ago: number | null }>({
    en: (p) =>
      p.time === null ? 'idle; not seen in use' : `idle; last used ${agoEn({ ...p, time: p.time })}`,
    'zh-CN': (p) =>
      p.time === null ? '空闲；未见使用' : `空闲；最近使用于 ${agoZh({ ...p, time: p.time })}`,
  }),
  'page.images.yes': text({ en: () => 'yes', 'zh-CN': () => '能' }),
  'page.images.no': text({ en: () => 'no', 'zh-CN': () => '不能' }),
  'page.images.unknown': text({ en: () => 'not known', 'zh-CN': () => '未知' }),
  'page.images.not-asked': text({
    en: () => 'no registry was asked: only an agent on the node does',
    'zh-CN': () => '未查询镜像仓库：只有节点上的 agent 才会查询',
  }),
  'page.images.why': text<{ why: keyof typeof WHY; host: string | null }>({
    en: (p) => `${WHY[p.why].en}${p.host === null ? '' : ` (${p.host})`}`,
    'zh-CN': (p) => `${WHY[p.why].zh}${p.host === null ? '' : `（${p.host}）`}`,
  }),
  'page.images.freed': text<{ bytes: number }>({
    en: (p) => `frees ${formatBytes(p.bytes)}`,
    'zh-CN': (p) => `可释放 ${formatBytes(p.bytes)}`,
  }),
  'page.images.reported': text<{ bytes: number }>({
    en: (p) => `${formatBytes(p.bytes)} reported`,
    'zh-CN': (p) => `报告大小 ${formatBytes(p.bytes)}`,
  }),
  'page.images.more': text<{ count: number }>({
    en: (p) => `Show all ${p.count}`,
    'zh-CN': (p) => `显示全部 ${p.count} 个`,
  }),
  'page.images.fewer': text({ en: () => 'Show fewer', 'zh-CN': () => '收起' }),
  'page.orphans': text({ en: () => 'Left behind by pods', 'zh-CN': () => 'Pod 残留目录' }),
  'page.orphans.help': text({
    en: () =>
      'Directories of pods without a sandbox: of pods that are gone, or have not started yet. Look at what holds one before anything is deleted.',
    'zh-CN': () =>
      '没有沙箱的 Pod 目录：Pod 已不存在，或尚未启动。删除任何内容之前，请先查看是什么占用了它。',
  }),
  'page.orphans.directory': text({ en: () => 'Directory', 'zh-CN': () => '目录' }),
  'page.orphans.held': text({ en: () => 'What holds it', 'zh-CN': () => '占用者' }),
  'page.orphans.mounted': text<{ mounts: Few }>({
    en: (p) => `mounted at ${fewEn(p.mounts)}`,
    'zh-CN': (p) => `挂载于 ${fewZh(p.mounts)}`,
  }),
  'page.orphans.in-use': text<{ processes: Few }>({
    en: (p) => `in use by ${fewEn(p.processes)}`,
    'zh-CN': (p) => `被进程 ${fewZh(p.processes)} 占用`,
  }),
  'page.orphans.data': text<{ data: Few }>({
    en: (p) => `data in ${fewEn(p.data)}`,
    'zh-CN': (p) => `${fewZh(p.data)} 中有数据`,
  }),
  'page.orphans.nothing': text({
    en: () => 'no mount, no process, no data in a volume',
    'zh-CN': () => '没有挂载、没有进程占用、卷中没有数据',
  }),
  'page.seen': text({ en: () => 'Who saw what, and when', 'zh-CN': () => '各部分的来源与时间' }),
  'page.seen.heard': text<{ time: string; ago: number | null }>({
    en: (p) => `Its agent was heard ${agoEn(p)}.`,
    'zh-CN': (p) => `节点上的 agent 在线，最近一次报告于 ${agoZh(p)}。`,
  }),
  'page.seen.silent': text<{ time: string; ago: number | null }>({
    en: (p) =>
      `Its agent is silent: last heard ${agoEn(p)}. What only an agent sees is as old as that; the rest is seen from outside.`,
    'zh-CN': (p) =>
      `节点上的 agent 已静默：最近一次报告于 ${agoZh(p)}。只有 agent 能看到的内容停留在该时刻，其余从外部观察。`,
  }),
  'page.seen.none': text({
    en: () => 'It has no agent: all of it is seen from outside, through the API server.',
    'zh-CN': () => '该节点没有 agent：所有内容均通过 API Server 从外部观察。',
  }),
  'page.seen.part': text({ en: () => 'Part', 'zh-CN': () => '内容' }),
  'page.seen.by': text({ en: () => 'Seen by', 'zh-CN': () => '观察者' }),
  'page.seen.source': text({ en: () => 'Source', 'zh-CN': () => '来源' }),
  'page.seen.age': text({ en: () => 'When', 'zh-CN': () => '时间' }),
  'page.seen.agent': text({ en: () => 'agent', 'zh-CN': () => 'agent' }),
  'page.seen.outside': text({ en: () => 'from outside', 'zh-CN': () => '外部' }),
  'page.seen.ago': text<{ time: string; ago: number | null }>({ en: agoEn, 'zh-CN': agoZh }),
  'page.seen.part.space': text({ en: () => 'free space', 'zh-CN': () => '可用空间' }),
  'page.seen.part.usage': text({ en: () => 'usage of pods', 'zh-CN': () => 'Pod 用量' }),
  'page.seen.part.settings': text({ en: () => 'settings of the kubelet', 'zh-CN': () => 'kubelet 设置' }),
  'page.seen.part.images': text({ en: () => 'images', 'zh-CN': () => '镜像' }),
  'page.seen.part.containers': text({ en: () => 'containers', 'zh-CN': () => '容器' }),
  'page.seen.part.bytes': text({ en: () => 'where the bytes are', 'zh-CN': () => '空间去向' }),
  'page.seen.part.orphans': text({ en: () => 'directories of pods', 'zh-CN': () => 'Pod 目录' }),
  'page.seen.part.pods': text({ en: () => 'pods', 'zh-CN': () => 'Pod' }),
}

const WHY = {
  found: { en: 'a registry has exactly this', zh: '镜像仓库中有完全相同的镜像' },
  missing: { en: 'no registry of this node has it', zh: '本节点可用的镜像仓库中没有' },
  'no-digest': {
    en: 'loaded by hand: without a digest to ask for',
    zh: '手动导入：没有可供查询的摘要',
  },
  'sign-in': { en: 'the registry wants credentials', zh: '镜像仓库要求凭据' },
  unreachable: { en: 'the registry does not answer', zh: '镜像仓库无响应' },
  'timed-out': { en: 'the registry did not answer in time', zh: '镜像仓库未及时应答' },
  refused: { en: 'the registry refuses for now', zh: '镜像仓库暂时拒绝' },
  garbled: { en: 'what answers is no registry', zh: '应答者不是镜像仓库' },
} as const

/** Such as `12 s ago`; the time itself where nothing says what time it is now. */
function agoEn({ time, ago }: { time: string; ago: number | null }): string {
  if (ago === null) return `at ${time}`
  return ago < 1 ? 'just now' : `${spanEn(ago)} ago`
}

function agoZh({ time, ago }: { time: string; ago: number | null }): string {
  if (ago === null) return time
  return ago < 1 ? '刚刚' : `${spanZh(ago)}前`
}

function rate(bytesPerSecond: number): string {
  return `${bytesPerSecond > 0 ? '+' : '−'}${formatBytes(Math.abs(bytesPerSecond))}`
}
