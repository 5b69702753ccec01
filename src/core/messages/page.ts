import { spanEn, spanZh } from './span-words.ts'
import { text } from './text.ts'

/** What the page says by itself. */
export const pageMessages = {
  'page.replaying': text<{ subject: string; speed: number }>({
    en: (p) => `Replaying the recording “${p.subject}” at ${p.speed}× speed`,
    'zh-CN': (p) => `正在以 ${p.speed} 倍速回放录制“${p.subject}”`,
  }),
  'page.finished': text<{ subject: string }>({
    en: (p) => `The recording “${p.subject}” is over; this is its last state`,
    'zh-CN': (p) => `录制“${p.subject}”已播放完毕，以下为最后状态`,
  }),
  'page.patrolling': text<{ subject: string }>({
    en: (p) => `Patrolling ${p.subject}`,
    'zh-CN': (p) => `正在巡检 ${p.subject}`,
  }),
  'page.lab': text<{ speed: number; isPaused: boolean }>({
    en: (p) => (p.isPaused ? 'A simulated cluster, held' : `A simulated cluster at ${p.speed}× speed`),
    'zh-CN': (p) => (p.isPaused ? '模拟集群，已暂停' : `模拟集群，${p.speed} 倍速`),
  }),
  'page.scenario': text({ en: () => 'Scenario', 'zh-CN': () => '场景' }),
  'page.speed': text({ en: () => 'Speed', 'zh-CN': () => '速度' }),
  'page.pause': text({ en: () => 'Pause', 'zh-CN': () => '暂停' }),
  'page.resume': text({ en: () => 'Resume', 'zh-CN': () => '继续' }),
  'page.restart': text({ en: () => 'Start again', 'zh-CN': () => '重新开始' }),
  'page.lab-refused': text({
    en: () => 'The simulated cluster did not take that. Is kubepatrol still running? Try again.',
    'zh-CN': () => '模拟集群未接受此操作。kubepatrol 是否仍在运行？请重试。',
  }),
  'page.progress': text({ en: () => 'Progress of the replay', 'zh-CN': () => '回放进度' }),
  'page.language': text({ en: () => 'Language', 'zh-CN': () => '语言' }),
  'page.colours': text({ en: () => 'Colours', 'zh-CN': () => '配色' }),
  'page.light': text({ en: () => 'Light', 'zh-CN': () => '浅色' }),
  'page.dark': text({ en: () => 'Dark', 'zh-CN': () => '深色' }),
  'page.auto': text({ en: () => 'Auto', 'zh-CN': () => '自动' }),
  'page.node': text<{ name: string }>({ en: (p) => `Node ${p.name}`, 'zh-CN': (p) => `节点 ${p.name}` }),
  'page.used': text({ en: () => 'used, as image collection counts', 'zh-CN': () => '已用（镜像回收口径）' }),
  'page.available': text<{ capacity: string }>({
    en: (p) => `available of ${p.capacity}`,
    'zh-CN': (p) => `可用（共 ${p.capacity}）`,
  }),
  'page.chart': text<{ available: string; levels: string }>({
    en: (p) =>
      `Available bytes over time; ${p.available} now. The kubelet acts below these levels: ${p.levels}.`,
    'zh-CN': (p) =>
      `可用字节随时间的变化；现为 ${p.available}。kubelet 在低于以下水平时采取行动：${p.levels}。`,
  }),
  'page.chart.expected': text<{ aheadSeconds: number; low: string; middle: string; high: string }>({
    en: (p) =>
      `Dashed: expected, ${p.middle} in ${spanEn(p.aheadSeconds)}.${
        p.low === p.high
          ? ''
          : ` Shaded ahead: where it is 8 times in 10, by then between ${p.low} and ${p.high}.`
      }`,
    'zh-CN': (p) =>
      `虚线：预计 ${spanZh(p.aheadSeconds)}后可用 ${p.middle}。${
        p.low === p.high ? '' : `右侧阴影：十次中有八次所在的范围，届时为 ${p.low} 至 ${p.high}。`
      }`,
  }),
  'page.levels': text({
    en: () => 'Levels at which the kubelet acts',
    'zh-CN': () => 'kubelet 采取行动的水平',
  }),
  'page.below': text<{ bytes: string }>({ en: (p) => `below ${p.bytes}`, 'zh-CN': (p) => `低于 ${p.bytes}` }),
  'page.no-levels': text({
    en: () => 'The kubelet’s settings are not known yet, so its levels cannot be drawn.',
    'zh-CN': () => '尚未取得 kubelet 的配置，暂时无法绘制阈值。',
  }),
  'page.findings': text({ en: () => 'Findings now', 'zh-CN': () => '当前发现' }),
  'page.incidents': text({ en: () => 'Incidents', 'zh-CN': () => '事件' }),
  'page.nothing-wrong': text({
    en: () => 'Nothing is wrong. An incident appears here the moment the kubelet is about to act.',
    'zh-CN': () => '一切正常。kubelet 即将采取行动时，事件会立即显示在这里。',
  }),
  'page.chain': text({ en: () => 'What happened', 'zh-CN': () => '经过' }),
  'page.evidence': text<{ count: number }>({
    en: (p) => `Evidence (${p.count})`,
    'zh-CN': (p) => `证据（${p.count}）`,
  }),
  'page.lines': text<{ count: number }>({
    en: (p) => (p.count === 1 ? '1 line' : `${p.count} lines`),
    'zh-CN': (p) => `${p.count} 行`,
  }),
  'page.told': text({ en: () => 'What was told', 'zh-CN': () => '已发送的通知' }),
  'page.nothing-told': text({ en: () => 'Nothing yet.', 'zh-CN': () => '暂无。' }),
  'page.opened-at': text<{ time: string }>({
    en: (p) => `since ${p.time} UTC`,
    'zh-CN': (p) => `始于 ${p.time} UTC`,
  }),
  'page.no-session': text({ en: () => 'This page needs its token', 'zh-CN': () => '此页面需要令牌' }),
  'page.no-session.help': text({
    en: () =>
      'Open the link that ends in #token=… : kubepatrol printed it in the terminal where it runs. The token is new at every start.',
    'zh-CN': () =>
      '请打开以 #token=… 结尾的链接：kubepatrol 已在其运行的终端中打印。每次启动都会生成新的令牌。',
  }),
  'page.failed': text({
    en: () => 'kubepatrol does not answer as expected',
    'zh-CN': () => 'kubepatrol 未按预期响应',
  }),
  'page.disconnected': text({
    en: () => 'The connection to kubepatrol is lost; what you see is old. Trying again …',
    'zh-CN': () => '与 kubepatrol 的连接已断开，当前内容可能已过时。正在重试……',
  }),
  'page.announce': text<{ open: number }>({
    en: (p) =>
      p.open === 0 ? 'No open incident.' : p.open === 1 ? 'One open incident.' : `${p.open} open incidents.`,
    'zh-CN': (p) => (p.open === 0 ? '没有未恢复的事件。' : `有 ${p.open} 个未恢复的事件。`),
  }),
  'page.loading': text({ en: () => 'Loading …', 'zh-CN': () => '加载中……' }),
  'page.zone': text({ en: () => 'All times are UTC.', 'zh-CN': () => '所有时间均为 UTC。' }),
}
