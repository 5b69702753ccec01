import { names, text } from './text.ts'

/** What the command line says of how it was called. Each is the problem of a KP_USAGE. */
export const cliMessages = {
  'cli.no-input': text({
    en: () => 'Name the log files to explain, or pipe a log in.',
    'zh-CN': () => '请指定要解释的日志文件，或通过管道输入日志。',
  }),
  'cli.simulate-what': text({
    en: () => 'Name the file that describes a node, or a recording with --run DIR, and not both.',
    'zh-CN': () => '请指定描述节点的文件，或用 --run DIR 指定录制，二者只能选一。',
  }),
  'cli.compare-what': text({
    en: () => '--compare lays changes over a described node; a recording went as it went.',
    'zh-CN': () => '--compare 用于更改所描述的节点；录制无法更改。',
  }),
  'cli.not-a-time': text<{ option: string; input: string }>({
    en: (p) => `The option ${p.option} is a time such as 2026-11-24T08:22:34Z, not "${p.input}".`,
    'zh-CN': (p) => `选项 ${p.option} 应为 2026-11-24T08:22:34Z 这样的时间，而不是“${p.input}”。`,
  }),
  'cli.not-a-duration': text<{ option: string; input: string }>({
    en: (p) => `The option ${p.option} is a time span of up to a year, such as 90m or 24h, not "${p.input}".`,
    'zh-CN': (p) => `选项 ${p.option} 应为不超过一年的时间长度，如 90m 或 24h，而不是“${p.input}”。`,
  }),
  'cli.unknown-command': text<{ input: string; similar: readonly string[] }>({
    en: (p) => `There is no command "${p.input}".${similarEn(p.similar)}`,
    'zh-CN': (p) => `没有命令“${p.input}”。${similarZh(p.similar)}`,
  }),
  'cli.unknown-option': text<{ input: string; similar: readonly string[] }>({
    en: (p) => `There is no option ${p.input}.${similarEn(p.similar)}`,
    'zh-CN': (p) => `没有选项 ${p.input}。${similarZh(p.similar)}`,
  }),
  'cli.option-needs-value': text<{ option: string }>({
    en: (p) => `The option ${p.option} needs a value.`,
    'zh-CN': (p) => `选项 ${p.option} 需要一个值。`,
  }),
  'cli.no-such-choice': text<{ option: string; input: string; values: readonly string[] }>({
    en: (p) => `The option ${p.option} is one of ${names(p.values, 'en')}, not "${p.input}".`,
    'zh-CN': (p) => `选项 ${p.option} 只能是 ${names(p.values, 'zh-CN')} 之一，不能是“${p.input}”。`,
  }),
  'cli.not-a-whole-number': text<{ option: string; input: string; least: number; most: number }>({
    en: (p) => `The option ${p.option} is a whole number from ${p.least} to ${p.most}, not "${p.input}".`,
    'zh-CN': (p) => `选项 ${p.option} 应为 ${p.least} 到 ${p.most} 的整数，不能是“${p.input}”。`,
  }),
  'cli.not-above-zero': text<{ option: string; input: string }>({
    en: (p) => `The option ${p.option} is a number above 0, not "${p.input}".`,
    'zh-CN': (p) => `选项 ${p.option} 应为大于 0 的数，不能是“${p.input}”。`,
  }),
  'cli.too-many-arguments': text<{ input: string }>({
    en: (p) => `The argument "${p.input}" is one too many.`,
    'zh-CN': (p) => `多余的参数“${p.input}”。`,
  }),
}

function similarEn(similar: readonly string[]): string {
  return similar.length > 0 ? ` Did you mean ${similar.join(' or ')}?` : ''
}

function similarZh(similar: readonly string[]): string {
  return similar.length > 0 ? `是否想输入 ${similar.join(' 或 ')}？` : ''
}
