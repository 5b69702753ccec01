import { expect, it } from 'vitest'
import { spanEn, spanZh } from './span-words.ts'

it.each([
  [0, '0 s', '0 秒'],
  [12.4, '12 s', '12 秒'],
  [119.4, '119 s', '119 秒'],
  [119.6, '2 min', '2 分钟'],
  [300, '5 min', '5 分钟'],
  [7199, '120 min', '120 分钟'],
  [7200, '2 h', '2 小时'],
  [86_400, '24 h', '24 小时'],
  [259_200, '3 d', '3 天'],
])('%d s are %s', (seconds, en, zh) => {
  expect(spanEn(seconds)).toBe(en)
  expect(spanZh(seconds)).toBe(zh)
})
