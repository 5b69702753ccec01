import { formatTimeOfDay, type Instant } from '../units/instant.ts'
import { names, text } from './text.ts'

/** What only messages to people say: labels, and sentences about more than one change. */
export const noticeMessages = {
  'tell.comes-and-goes': text<{ times: number; since: Instant }>({
    en: (p) =>
      `This comes and goes: it began ${p.times} times since ${formatTimeOfDay(p.since)} UTC. It is told again when it grows worse, or once it has been steady for a while.`,
    'zh-CN': (p) =>
      `该事件反复出现：自 ${formatTimeOfDay(p.since)}（UTC）以来已出现 ${p.times} 次。情况恶化或稳定一段时间后会再次通知。`,
  }),
  'tell.many-at-once': text<{ count: number; open: number; nodes: readonly string[] }>({
    en: (p) =>
      `${p.count === 1 ? 'One more incident' : `${p.count} more incidents`} at once, ${p.open} of them open${p.nodes.length > 0 ? `, on ${names(p.nodes, 'en')}` : ''}.`,
    'zh-CN': (p) =>
      `另有 ${p.count} 个事件同时发生变化，其中 ${p.open} 个未恢复${p.nodes.length > 0 ? `，涉及节点 ${names(p.nodes, 'zh-CN')}` : ''}。`,
  }),
  'tell.this-is-a-test': text<{ channel: string }>({
    en: (p) =>
      `This is a test of the channel "${p.channel}". Nothing is wrong; somebody ran "kubepatrol notify test".`,
    'zh-CN': (p) => `这是通道“${p.channel}”的测试消息，并无异常；有人运行了 "kubepatrol notify test"。`,
  }),
  'tell.and-more': text<{ count: number }>({
    en: (p) => `… and ${p.count} more`,
    'zh-CN': (p) => `……另有 ${p.count} 个`,
  }),
  'tell.cut': text({ en: () => '… (cut short)', 'zh-CN': () => '……（内容过长，已截断）' }),
  'tell.when': text({ en: () => 'When', 'zh-CN': () => '时间' }),
  'tell.opened-at': text({ en: () => 'Since', 'zh-CN': () => '开始于' }),
  'tell.incident': text({ en: () => 'Incident', 'zh-CN': () => '事件' }),
  'tell.open-page': text({ en: () => 'Open in kubepatrol', 'zh-CN': () => '在 kubepatrol 中查看' }),
  'notify.delivered': text<{ channel: string; type: string; milliseconds: number }>({
    en: (p) => `${p.channel} (${p.type}): delivered in ${p.milliseconds} ms`,
    'zh-CN': (p) => `${p.channel}（${p.type}）：已送达，用时 ${p.milliseconds} 毫秒`,
  }),
  'notify.failed': text<{ channel: string; type: string }>({
    en: (p) => `${p.channel} (${p.type}): not delivered.`,
    'zh-CN': (p) => `${p.channel}（${p.type}）：未送达。`,
  }),
  'notify.none': text<{ path: string }>({
    en: (p) => `${p.path} has no channels, so nobody is told. docs/channels.md says how to add one.`,
    'zh-CN': (p) => `${p.path} 中没有通道，因此不会通知任何人。添加方法见 docs/channels.md。`,
  }),
  'channel.gone': text<{ channel: string }>({
    en: (p) => `The configuration has no channel "${p.channel}" any more.`,
    'zh-CN': (p) => `配置中已没有通道“${p.channel}”。`,
  }),
  'channel.too-old': text<{ hours: number }>({
    en: (p) => `It could not be told for ${p.hours} hours, and is given up.`,
    'zh-CN': (p) => `超过 ${p.hours} 小时未能送达，已放弃。`,
  }),
}
