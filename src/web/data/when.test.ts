import { describe, expect, it } from 'vitest'
import { say } from '../../core/messages/message.ts'
import { whenOf } from './when.ts'

const forecast = { madeAt: '2026-11-24T08:22:27Z', horizonSeconds: 86_400 }
const at = (seconds: number | null) =>
  seconds === null ? null : new Date(Date.parse(forecast.madeAt) + seconds * 1000).toISOString()

describe('whenOf', () => {
  it.each([
    [8, 12, 40, 'in 12 s (8 s – 40 s)', '12 秒后（8 秒 – 40 秒）'],
    [0, 12, 300, 'in 12 s (0 s – 5 min)', '12 秒后（0 秒 – 5 分钟）'],
    [0, 0.3, 300, 'now, or within 5 min', '现在，最迟 5 分钟后'],
    [-3, -3, -3, 'now', '现在'],
    [5, 5, 5, 'in 5 s', '5 秒后'],
    [
      30,
      40,
      null,
      'in 40 s (in 30 s at the earliest; perhaps not within 24 h)',
      '40 秒后（最早 30 秒后，也可能 24 小时内不会）',
    ],
    [
      0,
      10,
      null,
      'in 10 s (from now on; perhaps not within 24 h)',
      '10 秒后（最早现在，也可能 24 小时内不会）',
    ],
    [0, 0, null, 'now, or later; perhaps not within 24 h', '现在或稍后，也可能 24 小时内不会'],
    [
      220,
      null,
      null,
      'perhaps, in 4 min at the earliest; more likely not within 24 h',
      '可能，最早 4 分钟后；更可能 24 小时内不会',
    ],
    [null, null, null, 'not within 24 h', '24 小时内不会'],
  ])('%s, %s, %s s are %s', (p10, p50, p90, en, zh) => {
    const when = whenOf({ p10: at(p10), p50: at(p50), p90: at(p90) }, forecast)
    expect(say(when, 'en')).toBe(en)
    expect(say(when, 'zh-CN')).toBe(zh)
  })
})
