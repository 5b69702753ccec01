import { formatBytes } from '../units/bytes.ts'
import { spanEn, spanZh } from './span-words.ts'
import { text } from './text.ts'

/** What the page says of a fleet, its findings, and what was sent. */
export const fleetPageMessages = {
  'page.skip-to-content': text({ en: () => 'Skip to the content', 'zh-CN': () => '跳到正文' }),
  'page.nav': text({ en: () => 'Pages', 'zh-CN': () => '页面' }),
  'page.nav.fleet': text({ en: () => 'Nodes', 'zh-CN': () => '节点' }),
  'page.nav.incidents': text({ en: () => 'Incidents', 'zh-CN': () => '事件' }),
  'page.nav.findings': text({ en: () => 'Findings', 'zh-CN': () => '发现' }),
  'page.nav.notifications': text({ en: () => 'Notifications', 'zh-CN': () => '通知' }),
  'page.nav.explain': text({ en: () => 'Explain', 'zh-CN': () => '解释日志' }),
  'page.nothing-here': text({
    en: () => 'There is nothing at this address',
    'zh-CN': () => '此地址没有内容',
  }),
  'page.gone': text({
    en: () => 'It is not known here, or not any more.',
    'zh-CN': () => '此处没有该对象，或已不存在。',
  }),
  'page.fleet.order': text({
    en: () => 'The sick first, then by how soon the kubelet acts.',
    'zh-CN': () => '有问题的节点在前，其余按 kubelet 多久后采取行动排列。',
  }),
  'page.fleet.name': text({ en: () => 'Node name contains', 'zh-CN': () => '节点名称包含' }),
  'page.fleet.state': text({ en: () => 'State', 'zh-CN': () => '状态' }),
  'page.fleet.all': text<{ count: number }>({
    en: (p) => `All (${p.count})`,
    'zh-CN': (p) => `全部（${p.count}）`,
  }),
  'page.fleet.count': text<{ word: string; count: number }>({
    en: (p) => `${p.word} (${p.count})`,
    'zh-CN': (p) => `${p.word}（${p.count}）`,
  }),
  'page.fleet.fine': text({ en: () => 'fine', 'zh-CN': () => '正常' }),
  'page.fleet.unseen': text({ en: () => 'not seen', 'zh-CN': () => '未能读取' }),
  'page.fleet.used': text({ en: () => 'Used', 'zh-CN': () => '已用' }),
  'page.fleet.next': text({ en: () => 'What comes next', 'zh-CN': () => '接下来' }),
  'page.fleet.seen': text({ en: () => 'Last seen', 'zh-CN': () => '最近读取' }),
  'page.fleet.never': text({ en: () => 'never', 'zh-CN': () => '从未' }),
  'page.fleet.none': text({ en: () => 'No node is like this.', 'zh-CN': () => '没有符合条件的节点。' }),
  'page.fleet.shown': text<{ from: number; to: number; all: number }>({
    en: (p) => `${p.from}–${p.to} of ${p.all}`,
    'zh-CN': (p) => `第 ${p.from}–${p.to} 个，共 ${p.all} 个`,
  }),
  'page.pages': text({ en: () => 'Pages of this list', 'zh-CN': () => '列表分页' }),
  'page.previous': text({ en: () => 'Previous', 'zh-CN': () => '上一页' }),
  'page.next': text({ en: () => 'Next', 'zh-CN': () => '下一页' }),
  'page.next.crossed': text<{ level: string }>({
    en: (p) => `now: ${p.level}`,
    'zh-CN': (p) => `现在：${p.level}`,
  }),
  'page.next.expected': text<{ level: string; seconds: number }>({
    en: (p) => (p.seconds === 0 ? `about now: ${p.level}` : `in about ${spanEn(p.seconds)}: ${p.level}`),
    'zh-CN': (p) => (p.seconds === 0 ? `即将：${p.level}` : `约 ${spanZh(p.seconds)}后：${p.level}`),
  }),
  'page.next.ahead': text<{ level: string; marginBytes: number }>({
    en: (p) => `${formatBytes(p.marginBytes)} to go: ${p.level}`,
    'zh-CN': (p) => `还差 ${formatBytes(p.marginBytes)}：${p.level}`,
  }),
  'page.next.unknown': text({
    en: () => 'kubelet settings not known',
    'zh-CN': () => 'kubelet 设置未知',
  }),
  'page.next.unseen': text({ en: () => 'its disk was not seen', 'zh-CN': () => '未能读取其磁盘' }),
  'page.bar': text<{ used: number; images: boolean }>({
    en: (p) => `${p.used} % used${p.images ? ' of the image filesystem' : ''}`,
    'zh-CN': (p) => `${p.images ? '镜像文件系统' : ''}已用 ${p.used}%`,
  }),
  'page.disk': text({ en: () => 'Its disk', 'zh-CN': () => '磁盘' }),
  'page.disk.images': text({ en: () => 'Image filesystem', 'zh-CN': () => '镜像文件系统' }),
  'page.not-seen': text<{ time: string | null }>({
    en: (p) =>
      p.time === null
        ? 'The disk of this node was never seen.'
        : `The disk of this node was not seen in the last round; what is shown is of ${p.time} UTC.`,
    'zh-CN': (p) =>
      p.time === null
        ? '从未读取到该节点的磁盘。'
        : `上一轮未能读取该节点的磁盘，以下为 ${p.time} UTC 的数据。`,
  }),
  'page.gaps': text({ en: () => 'What could not be seen', 'zh-CN': () => '未能读取的部分' }),
  'page.node.incidents': text({ en: () => 'Its incidents', 'zh-CN': () => '相关事件' }),
  'page.incidents.none': text({
    en: () => 'No incident is like this.',
    'zh-CN': () => '没有符合条件的事件。',
  }),
  'page.incidents.text': text({ en: () => 'Contains', 'zh-CN': () => '包含' }),
  'page.incidents.both': text({ en: () => 'All', 'zh-CN': () => '全部' }),
  'page.column.severity': text({ en: () => 'Severity', 'zh-CN': () => '级别' }),
  'page.column.state': text({ en: () => 'State', 'zh-CN': () => '状态' }),
  'page.column.incident': text({ en: () => 'Incident', 'zh-CN': () => '事件' }),
  'page.column.nodes': text({ en: () => 'Nodes', 'zh-CN': () => '节点' }),
  'page.column.opened': text({ en: () => 'Since', 'zh-CN': () => '开始' }),
  'page.column.object': text({ en: () => 'Object', 'zh-CN': () => '对象' }),
  'page.column.finding': text({ en: () => 'Finding', 'zh-CN': () => '发现' }),
  'page.column.time': text({ en: () => 'Time', 'zh-CN': () => '时间' }),
  'page.column.channel': text({ en: () => 'Channel', 'zh-CN': () => '渠道' }),
  'page.column.notice': text({ en: () => 'Message', 'zh-CN': () => '消息' }),
  'page.column.delivery': text({ en: () => 'Delivery', 'zh-CN': () => '投递' }),
  'page.listed': text<{ listed: number; total: number }>({
    en: (p) => `${p.listed} of ${p.total} are listed.`,
    'zh-CN': (p) => `共 ${p.total} 项，列出 ${p.listed} 项。`,
  }),
  'page.findings.intro': text({
    en: () => 'About pods, claims and other objects. What concerns a node itself is on its page.',
    'zh-CN': () => '关于 Pod、PVC 等对象的发现。节点自身的发现见节点页面。',
  }),
  'page.findings.none': text({ en: () => 'Nothing was found.', 'zh-CN': () => '没有发现问题。' }),
  'page.deliveries': text({ en: () => 'Sent through channels', 'zh-CN': () => '通过渠道发送' }),
  'page.deliveries.none': text({
    en: () =>
      'Nothing was sent. Channels are set up in kubepatrol.yaml; what is below was told in the terminal and here.',
    'zh-CN': () => '尚未发送任何通知。渠道在 kubepatrol.yaml 中配置；以下内容已在终端和此处显示。',
  }),
  'page.delivery.waiting': text<{ attempts: number; time: string }>({
    en: (p) => (p.attempts === 0 ? 'waiting' : `waiting; tried ${timesEn(p.attempts)}, again at ${p.time}`),
    'zh-CN': (p) => (p.attempts === 0 ? '等待中' : `等待中；已尝试 ${p.attempts} 次，${p.time} 重试`),
  }),
  'page.delivery.delivered': text<{ attempts: number; time: string }>({
    en: (p) => `delivered at ${p.time}${p.attempts > 1 ? `, tried ${timesEn(p.attempts)}` : ''}`,
    'zh-CN': (p) => `${p.time} 送达${p.attempts > 1 ? `，尝试 ${p.attempts} 次` : ''}`,
  }),
  'page.delivery.failed': text<{ attempts: number }>({
    en: (p) => `failed, tried ${timesEn(p.attempts)}`,
    'zh-CN': (p) => `失败，尝试 ${p.attempts} 次`,
  }),
}

const timesEn = (count: number) => (count === 1 ? 'once' : `${count} times`)
