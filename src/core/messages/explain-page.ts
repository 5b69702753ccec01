import { spanEn, spanZh } from './span-words.ts'
import { text } from './text.ts'

/** What the page says where it explains logs. */
export const explainPageMessages = {
  'explain.page.title': text({ en: () => 'Explain a log', 'zh-CN': () => '解释日志' }),
  'explain.page.intro': text({
    en: () =>
      'What happened to a disk, why, and what to do, from logs alone. They are read in this browser: nothing leaves your machine.',
    'zh-CN': () =>
      '仅凭日志说明磁盘发生了什么、原因何在、该如何处理。日志只在本浏览器中读取，不会离开您的电脑。',
  }),
  'explain.page.drop': text({
    en: () => 'Drop logs here, or press to choose files',
    'zh-CN': () => '将日志拖放到此处，或点击选择文件',
  }),
  'explain.page.kinds': text({
    en: () =>
      'kubelet, containerd and kernel logs, /var/log/messages, journalctl, kubectl describe and events; plain or .gz, .xz, .zst, .tar, .tar.gz; several files or a folder.',
    'zh-CN': () =>
      'kubelet、containerd、内核日志，/var/log/messages，journalctl，kubectl describe 与 events；纯文本或 .gz、.xz、.zst、.tar、.tar.gz；可同时选择多个文件或一个文件夹。',
  }),
  'explain.page.choose-folder': text({ en: () => 'Choose a folder …', 'zh-CN': () => '选择文件夹……' }),
  'explain.page.paste': text({ en: () => 'Paste text instead', 'zh-CN': () => '改为粘贴文本' }),
  'explain.page.pasted': text({ en: () => 'Lines of a log', 'zh-CN': () => '日志内容' }),
  'explain.page.explain-pasted': text({ en: () => 'Explain these lines', 'zh-CN': () => '解释这些内容' }),
  'explain.page.year': text({
    en: () => 'Year of lines that do not say it',
    'zh-CN': () => '未注明年份的日志的年份',
  }),
  'explain.page.year-range': text({
    en: () => 'A year from 1970 to 9999, or nothing.',
    'zh-CN': () => '请填写 1970 至 9999 之间的年份，或留空。',
  }),
  'explain.page.year-example': text({ en: () => 'such as 2026', 'zh-CN': () => '例如 2026' }),
  'explain.page.again': text({ en: () => 'Explain again', 'zh-CN': () => '重新解释' }),
  'explain.page.reading': text<{ files: number }>({
    en: (p) => (p.files === 1 ? 'Reading one file …' : `Reading ${p.files} files …`),
    'zh-CN': (p) => `正在读取 ${p.files} 个文件……`,
  }),
  'explain.page.pace': text<{
    megabytes: number
    perSecond: number
    percent: number | undefined
    secondsLeft: number | undefined
  }>({
    en: (p) =>
      [
        ...(p.percent === undefined ? [] : [`${p.percent} %`]),
        `${p.megabytes} MB`,
        `${p.perSecond} MB/s`,
        ...(p.secondsLeft === undefined ? [] : [`${spanEn(p.secondsLeft)} left`]),
      ].join(' · '),
    'zh-CN': (p) =>
      [
        ...(p.percent === undefined ? [] : [`${p.percent}%`]),
        `${p.megabytes} MB`,
        `${p.perSecond} MB/s`,
        ...(p.secondsLeft === undefined ? [] : [`还需 ${spanZh(p.secondsLeft)}`]),
      ].join(' · '),
  }),
  'explain.page.progress': text({ en: () => 'Progress of the reading', 'zh-CN': () => '读取进度' }),
  'explain.page.percent': text<{ percent: number }>({
    en: (p) => `${p.percent} % read`,
    'zh-CN': (p) => `已读取 ${p.percent}%`,
  }),
  'explain.page.cancel': text({ en: () => 'Cancel', 'zh-CN': () => '取消' }),
  'explain.page.cancelled': text({
    en: () => 'The reading was cancelled; nothing is kept of it.',
    'zh-CN': () => '已取消读取，未保留任何内容。',
  }),
  'explain.page.failed': text<{ problem: string }>({
    en: (p) => `Explaining failed: ${p.problem} Load the page again; if it fails again, report it.`,
    'zh-CN': (p) => `解释失败：${p.problem} 请重新加载页面；若仍然失败，请反馈。`,
  }),
  'explain.page.timeline': text({ en: () => 'Timeline', 'zh-CN': () => '时间线' }),
  'explain.page.node': text({ en: () => 'Node', 'zh-CN': () => '节点' }),
  'explain.page.all-nodes': text<{ count: number }>({
    en: (p) => `All (${p.count})`,
    'zh-CN': (p) => `全部（${p.count}）`,
  }),
  'explain.page.save': text({ en: () => 'Save as', 'zh-CN': () => '另存为' }),
  'explain.page.facts': text<{ count: number }>({
    en: (p) => `Facts that lines state (${p.count})`,
    'zh-CN': (p) => `日志陈述的事实（${p.count}）`,
  }),
  'explain.page.files': text<{ count: number }>({
    en: (p) => `Files (${p.count})`,
    'zh-CN': (p) => `文件（${p.count}）`,
  }),
  'explain.page.file': text({ en: () => 'File', 'zh-CN': () => '文件' }),
  'explain.page.lines': text({ en: () => 'Lines', 'zh-CN': () => '行数' }),
  'explain.page.says': text({ en: () => 'At its end', 'zh-CN': () => '结束时' }),
  'explain.page.time': text({ en: () => 'Time', 'zh-CN': () => '时间' }),
  'explain.page.fact': text({ en: () => 'Fact', 'zh-CN': () => '事实' }),
  'explain.page.show-line': text<{ place: string }>({
    en: (p) => `Line of ${p.place}`,
    'zh-CN': (p) => `${p.place} 的原文`,
  }),
  'explain.page.more-places': text<{ count: number; places: string }>({
    en: (p) => `${p.count} lines state it, also ${p.places}`,
    'zh-CN': (p) => `共 ${p.count} 行陈述此事，另见 ${p.places}`,
  }),
  'explain.page.more': text<{ count: number }>({
    en: (p) => `and ${p.count} more`,
    'zh-CN': (p) => `另有 ${p.count} 项`,
  }),
} as const
