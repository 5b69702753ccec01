import { spanEn, spanZh } from './span-words.ts'
import { text } from './text.ts'

/** What the page says of what comes; spans in seconds from when the forecast was made. */
export const forecastPageMessages = {
  'page.forecast': text({
    en: () => 'What the kubelet will do next',
    'zh-CN': () => 'kubelet 接下来将做什么',
  }),
  'page.forecast.calm': text<{ hours: number }>({
    en: (p) => `Nothing about this disk within ${p.hours} h, as far as can be seen.`,
    'zh-CN': (p) => `就目前所见，${p.hours} 小时内不会对此磁盘采取动作。`,
  }),
  'page.forecast.levels': text<{ count: number }>({
    en: (p) => (p.count === 1 ? 'When the level is crossed' : `When each of ${p.count} levels is crossed`),
    'zh-CN': (p) => `${p.count} 个阈值何时触及`,
  }),
  'page.forecast.all': text<{ count: number }>({
    en: (p) => `Show all ${p.count}`,
    'zh-CN': (p) => `显示全部 ${p.count} 项`,
  }),
  'page.forecast.fewer': text({ en: () => 'Show fewer', 'zh-CN': () => '收起' }),
  'page.forecast.unknown': text({
    en: () => 'This cannot be said yet: see below what is not known.',
    'zh-CN': () => '暂时无法判断：尚缺的信息见下文。',
  }),
  'page.forecast.untold': text({
    en: () => 'A level is or may be crossed, but no action of the kubelet can be foretold.',
    'zh-CN': () => '已触及或可能触及阈值，但无法预测 kubelet 的动作。',
  }),
  'page.when.in': text<{ seconds: number }>({
    en: (p) => `in ${spanEn(p.seconds)}`,
    'zh-CN': (p) => `${spanZh(p.seconds)}后`,
  }),
  'page.when.between': text<{ first: number; middle: number; last: number }>({
    en: (p) =>
      p.middle === 0
        ? `now, or within ${spanEn(p.last)}`
        : `in ${spanEn(p.middle)} (${spanEn(p.first)} – ${spanEn(p.last)})`,
    'zh-CN': (p) =>
      p.middle === 0
        ? `现在，最迟 ${spanZh(p.last)}后`
        : `${spanZh(p.middle)}后（${spanZh(p.first)} – ${spanZh(p.last)}）`,
  }),
  'page.when.open-ended': text<{ first: number; middle: number; hours: number }>({
    en: (p) =>
      p.middle === 0
        ? `now, or later; perhaps not within ${p.hours} h`
        : `in ${spanEn(p.middle)} (${fromEn(p.first)}; perhaps not within ${p.hours} h)`,
    'zh-CN': (p) =>
      p.middle === 0
        ? `现在或稍后，也可能 ${p.hours} 小时内不会`
        : `${spanZh(p.middle)}后（${fromZh(p.first)}，也可能 ${p.hours} 小时内不会）`,
  }),
  'page.when.perhaps': text<{ first: number; hours: number }>({
    en: (p) => `perhaps, ${fromEn(p.first)}; more likely not within ${p.hours} h`,
    'zh-CN': (p) => `可能，${fromZh(p.first)}；更可能 ${p.hours} 小时内不会`,
  }),
}

const fromEn = (seconds: number) => (seconds === 0 ? 'from now on' : `in ${spanEn(seconds)} at the earliest`)
const fromZh = (seconds: number) => (seconds === 0 ? '最早现在' : `最早 ${spanZh(seconds)}后`)
