import type { Language } from './language.ts'
import { text } from './text.ts'

/** Words around incidents, wherever they are told: terminal, report, page. */
export const tellMessages = {
  'tell.opened': text({ en: () => 'OPENED', 'zh-CN': () => '新事件' }),
  'tell.changed': text({ en: () => 'CHANGED', 'zh-CN': () => '有变化' }),
  'tell.resolved': text({ en: () => 'RESOLVED', 'zh-CN': () => '已恢复' }),
  'tell.flapping': text({ en: () => 'FLAPPING', 'zh-CN': () => '反复出现' }),
  'tell.grouped': text({ en: () => 'MANY AT ONCE', 'zh-CN': () => '批量事件' }),
  'tell.test': text({ en: () => 'TEST', 'zh-CN': () => '测试' }),
  'tell.critical': text({ en: () => 'critical', 'zh-CN': () => '严重' }),
  'tell.warning': text({ en: () => 'warning', 'zh-CN': () => '警告' }),
  'tell.info': text({ en: () => 'info', 'zh-CN': () => '提示' }),
  'tell.open': text({ en: () => 'open', 'zh-CN': () => '未恢复' }),
  'tell.stated': text({ en: () => 'stated', 'zh-CN': () => '日志明示' }),
  'tell.inferred': text({ en: () => 'inferred', 'zh-CN': () => '推断' }),
  'tell.over': text({ en: () => 'This is over.', 'zh-CN': () => '该事件已结束。' }),
  'explain.nothing-wrong': text<{ lines: number; isAllWell: boolean }>({
    en: (p) =>
      p.lines === 0
        ? 'There are no lines to explain.'
        : `${p.isAllWell ? 'Nothing is wrong with a disk in' : 'No trouble with a disk is stated in'} ${p.lines === 1 ? 'this line' : `these ${p.lines} lines`}.`,
    'zh-CN': (p) =>
      p.lines === 0
        ? '没有可解释的日志行。'
        : `这 ${p.lines} 行日志${p.isAllWell ? '中没有' : '没有说明'}磁盘方面的问题。`,
  }),
  'explain.incidents': text<{ count: number; lines: number }>({
    en: (p) =>
      `${p.count === 1 ? 'One incident' : `${p.count} incidents`} in ${p.lines} ${p.lines === 1 ? 'line' : 'lines'}.`,
    'zh-CN': (p) => `${p.lines} 行日志中共有 ${p.count} 个事件。`,
  }),
  'explain.ago': text<{ age: string }>({ en: (p) => `${p.age} ago`, 'zh-CN': (p) => `${p.age} 前` }),
  'explain.what-happened': text({ en: () => 'What happened', 'zh-CN': () => '经过' }),
  'explain.affected': text({ en: () => 'Affected', 'zh-CN': () => '受影响' }),
  'explain.pods': text({ en: () => 'pods', 'zh-CN': () => 'Pod' }),
  'explain.images': text({ en: () => 'images', 'zh-CN': () => '镜像' }),
  'explain.volumes': text({ en: () => 'volumes', 'zh-CN': () => '卷' }),
  'explain.nodes': text({ en: () => 'nodes', 'zh-CN': () => '节点' }),
  'explain.what-to-do': text({ en: () => 'What to do', 'zh-CN': () => '处理建议' }),
  'explain.also-stated': text({
    en: () => 'Also stated, of no incident of a disk',
    'zh-CN': () => '另外提到（与磁盘事件无关）',
  }),
  'explain.also-seen': text({
    en: () => 'Also seen, and harmless by itself',
    'zh-CN': () => '另外出现（本身无害）',
  }),
  'explain.node-disk': text<{ state: 'pressure' | 'full' | 'gc-threshold' | 'recovered' | 'not-stated' }>({
    en: (p) =>
      ({
        pressure: 'At the end of these lines the node is under disk pressure.',
        full: 'At the end of these lines the disk is full.',
        'gc-threshold':
          'At the end of these lines the disk is over the threshold of image garbage collection.',
        recovered: 'At the end of these lines the disk of the node has recovered.',
        'not-stated': 'The lines say nothing of a short disk.',
      })[p.state],
    'zh-CN': (p) =>
      ({
        pressure: '日志结束时，节点仍处于磁盘压力。',
        full: '日志结束时，磁盘已满。',
        'gc-threshold': '日志结束时，磁盘仍超过镜像垃圾回收阈值。',
        recovered: '日志结束时，节点磁盘已恢复。',
        'not-stated': '日志中没有提到磁盘不足。',
      })[p.state],
  }),
  'explain.empty': text<{ path: string }>({
    en: (p) => `${p.path}: the file is empty, so it says nothing.`,
    'zh-CN': (p) => `${p.path}：文件为空，没有任何内容。`,
  }),
  'explain.reading': text<{
    path: string
    megabytes: number
    perSecond: number
    percent: number | undefined
    secondsLeft: number | undefined
  }>({
    en: (p) =>
      p.percent === undefined
        ? `Reading ${p.path}: ${p.megabytes} MB, ${p.perSecond} MB/s …`
        : `Reading ${p.path}: ${p.percent} %, ${p.perSecond} MB/s, ${p.secondsLeft ?? 0} s left …`,
    'zh-CN': (p) =>
      p.percent === undefined
        ? `正在读取 ${p.path}：${p.megabytes} MB，${p.perSecond} MB/s……`
        : `正在读取 ${p.path}：${p.percent}%，${p.perSecond} MB/s，还需 ${p.secondsLeft ?? 0} 秒……`,
  }),
  'serve.address': text<{ url: string }>({
    en: (p) => `Open kubepatrol at ${p.url}`,
    'zh-CN': (p) => `请打开 kubepatrol：${p.url}`,
  }),
  'serve.address-kept': text<{ port: number; file: string }>({
    en: (p) => `Serving the page at port ${p.port} of loopback; its address is in ${p.file}`,
    'zh-CN': (p) => `页面在本机回环地址的端口 ${p.port} 上提供；其地址保存在 ${p.file}`,
  }),
  'serve.replaying': text<{ name: string; speed: number; seconds: number }>({
    en: (p) =>
      `Replaying the recording "${p.name}" at ${p.speed} times its speed (${p.seconds} s). Ctrl-C ends it.`,
    'zh-CN': (p) => `正在以 ${p.speed} 倍速回放录制“${p.name}”（约 ${p.seconds} 秒）。按 Ctrl-C 结束。`,
  }),
  'serve.lab': text<{ scenario: string; speed: number; kubeconfig: string }>({
    en: (p) =>
      `Patrolling a simulated cluster, "${p.scenario}", at ${p.speed} times the speed of life. Ctrl-C ends it.\nLook at it with kubectl --kubeconfig ${p.kubeconfig} get nodes,pods,pvc,events -A`,
    'zh-CN': (p) =>
      `正在以 ${p.speed} 倍速巡检模拟集群“${p.scenario}”。按 Ctrl-C 结束。\n可以查看它：kubectl --kubeconfig ${p.kubeconfig} get nodes,pods,pvc,events -A`,
  }),
  'serve.patrolling': text<{ subject: string; seconds: number }>({
    en: (p) => `Patrolling ${p.subject}, a round every ${p.seconds} s. Ctrl-C ends it.`,
    'zh-CN': (p) => `正在巡检 ${p.subject}，每 ${p.seconds} 秒一轮。按 Ctrl-C 结束。`,
  }),
  'serve.finished': text({
    en: () => 'The recording is over. The page stays as it is until Ctrl-C.',
    'zh-CN': () => '录制已播放完毕。页面将保持现状，直到按下 Ctrl-C。',
  }),
  'serve.no-page': text<{ folder: string }>({
    en: (p) =>
      `The page is not built (${p.folder} is missing); only the API is served. Run "npm run build" for the page.`,
    'zh-CN': (p) => `页面尚未构建（缺少 ${p.folder}），仅提供 API。请运行 "npm run build"。`,
  }),
}

type Word =
  | 'opened'
  | 'changed'
  | 'resolved'
  | 'flapping'
  | 'grouped'
  | 'test'
  | 'critical'
  | 'warning'
  | 'info'
  | 'open'
  | 'stated'
  | 'inferred'

/** The word for a severity, a state, a certainty or a kind of notice. */
export function tellWord(word: Word, language: Language): string {
  return tellMessages[`tell.${word}`][language](undefined)
}
