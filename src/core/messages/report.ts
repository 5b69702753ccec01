import { formatBytes } from '../units/bytes.ts'
import { spanEn, spanZh } from './span-words.ts'
import { text } from './text.ts'

const count = (value: number | null, one: string, many: string) =>
  value === null ? `${many} unseen` : `${value} ${value === 1 ? one : many}`

/** What a report of a patrol says beside findings and incidents. */
export const reportMessages = {
  'report.title': text<{ subject: string }>({
    en: (p) => `Patrol of ${p.subject}`,
    'zh-CN': (p) => `${p.subject} 巡检报告`,
  }),
  'report.made-at': text<{ at: string; version: string | null }>({
    en: (p) => `${p.at}${p.version === null ? '' : `, Kubernetes ${p.version}`}`,
    'zh-CN': (p) => `${p.at}${p.version === null ? '' : `，Kubernetes ${p.version}`}`,
  }),
  'report.looked-at': text<{ nodes: number; pods: number | null; claims: number | null }>({
    en: (p) =>
      `Looked at ${count(p.nodes, 'node', 'nodes')}, ${count(p.pods, 'pod', 'pods')} and ${count(p.claims, 'claim', 'claims')}.`,
    'zh-CN': (p) =>
      `检查了 ${p.nodes} 个节点、${p.pods === null ? 'Pod（未能读取）' : `${p.pods} 个 Pod`}和${p.claims === null ? ' PVC（未能读取）' : ` ${p.claims} 个 PVC`}。`,
  }),
  'report.all-fine': text({
    en: () => 'Nothing is wrong.',
    'zh-CN': () => '未发现问题。',
  }),
  'report.not-fine': text<{ incidents: number; critical: number; warning: number; info: number }>({
    en: (p) =>
      `${count(p.incidents, 'incident is', 'incidents are')} open; findings: ${p.critical} critical, ${p.warning} warning, ${p.info} info.`,
    'zh-CN': (p) =>
      `${p.incidents} 起事件未结束；发现：严重 ${p.critical} 项，警告 ${p.warning} 项，提示 ${p.info} 项。`,
  }),
  'report.nodes': text({ en: () => 'Nodes', 'zh-CN': () => '节点' }),
  'report.findings': text({ en: () => 'Findings', 'zh-CN': () => '发现' }),
  'report.fine': text({ en: () => 'What is fine', 'zh-CN': () => '正常项' }),
  'report.trend': text({ en: () => 'Since the last report', 'zh-CN': () => '与上次报告相比' }),
  'report.column.node': text({ en: () => 'NODE', 'zh-CN': () => '节点' }),
  'report.column.used': text({ en: () => 'USED', 'zh-CN': () => '已用' }),
  'report.column.free': text({ en: () => 'FREE', 'zh-CN': () => '可用' }),
  'report.column.next': text({ en: () => 'WHAT COMES NEXT', 'zh-CN': () => '接下来' }),
  'report.column.state': text({ en: () => 'STATE', 'zh-CN': () => '状态' }),
  'report.state.fine': text({ en: () => 'fine', 'zh-CN': () => '正常' }),
  'report.state.unseen': text({ en: () => 'unseen', 'zh-CN': () => '未知' }),
  'report.next.crossed': text<{ level: string }>({
    en: (p) => `now: ${p.level}`,
    'zh-CN': (p) => `现在：${p.level}`,
  }),
  'report.next.margin': text<{ level: string; marginBytes: number }>({
    en: (p) => `${p.level}, in ${formatBytes(p.marginBytes)}`,
    'zh-CN': (p) => `${p.level}，还差 ${formatBytes(p.marginBytes)}`,
  }),
  'report.next.forecast': text<{ level: string; seconds: number }>({
    en: (p) => `${p.level}, in about ${spanEn(p.seconds)}`,
    'zh-CN': (p) => `${p.level}，约 ${spanZh(p.seconds)}后`,
  }),
  'report.next.unknown': text({
    en: () => 'the settings of its kubelet are not known',
    'zh-CN': () => 'kubelet 设置未知',
  }),
  'report.next.unseen': text({
    en: () => 'its disk was not seen',
    'zh-CN': () => '未能读取其磁盘',
  }),
  'report.disk.images': text({ en: () => 'images', 'zh-CN': () => '镜像盘' }),
  'report.more-nodes': text<{ more: number }>({
    en: (p) => `… and ${p.more} more nodes, all fine or farther from a level.`,
    'zh-CN': (p) => `…… 另有 ${p.more} 个节点，均正常或离阈值更远。`,
  }),
  'report.more-findings': text<{ more: number }>({
    en: (p) => `… and ${p.more} more. \`-o json\` has them all.`,
    'zh-CN': (p) => `…… 另有 ${p.more} 项，\`-o json\` 可查看全部。`,
  }),
  'report.objects-and-more': text<{ named: string; more: number }>({
    en: (p) => `${p.named} and ${p.more} more`,
    'zh-CN': (p) => `${p.named} 等，另有 ${p.more} 个`,
  }),
  'report.fine-nodes': text<{ fine: number; all: number }>({
    en: (p) => `${p.fine} of ${p.all} nodes have nothing worse than a note.`,
    'zh-CN': (p) => `${p.all} 个节点中有 ${p.fine} 个没有需要处理的问题。`,
  }),
  'report.fine-checks': text<{ fine: number; all: number }>({
    en: (p) => `${p.fine} of ${p.all} checks found nothing.`,
    'zh-CN': (p) => `${p.all} 项检查中有 ${p.fine} 项未发现问题。`,
  }),
  'report.trend.first': text({
    en: () =>
      'This is the first report that is kept; the next one with the same --last file is compared with it.',
    'zh-CN': () => '这是第一份报告；下一份使用同一 --last 文件的报告将与其对比。',
  }),
  'report.trend.incidents': text<{ opened: number; resolved: number; since: string }>({
    en: (p) =>
      `Since ${p.since}: ${count(p.opened, 'incident', 'incidents')} opened, ${p.resolved} resolved.`,
    'zh-CN': (p) => `自 ${p.since} 以来：新增事件 ${p.opened} 起，已解决 ${p.resolved} 起。`,
  }),
  'report.trend.disk': text<{ node: string; bytes: number }>({
    en: (p) =>
      p.bytes >= 0
        ? `${p.node}: ${formatBytes(p.bytes)} less free.`
        : `${p.node}: ${formatBytes(-p.bytes)} more free.`,
    'zh-CN': (p) =>
      p.bytes >= 0
        ? `${p.node}：可用空间减少 ${formatBytes(p.bytes)}。`
        : `${p.node}：可用空间增加 ${formatBytes(-p.bytes)}。`,
  }),
  'report.trend.new-findings': text<{ count: number }>({
    en: (p) => `${count(p.count, 'finding is', 'findings are')} new.`,
    'zh-CN': (p) => `新增发现 ${p.count} 项。`,
  }),
  'report.trend.gone-findings': text<{ count: number }>({
    en: (p) => `${count(p.count, 'finding is', 'findings are')} gone.`,
    'zh-CN': (p) => `消除发现 ${p.count} 项。`,
  }),
}
