import { describe, expect, it } from 'vitest'
import { message } from '../../messages/message.ts'
import type { SimulatedAction, Victim } from '../simulation/action.ts'
import { comparisonText } from './comparison-text.ts'

const why = message('simulate.why.rejected')
const pod = (name: string): Victim => ({ kind: 'pod', namespace: 'default', name, uid: name })
const image = (id: string): Victim => ({ kind: 'image', id })
const at = Date.UTC(2026, 0, 1)
const actions: SimulatedAction[] = [
  {
    at,
    kind: 'image-gc',
    victims: [image('a')],
    victimSet: [image('b'), image('c')],
    taken: { min: 1, max: 2 },
    freedBytes: { min: 2e9, max: 3e9 },
    why,
  },
  { at: at + 60_000, kind: 'evict-pod', victims: [pod('es-0')], victimSet: [], why },
  { at: at + 61_000, kind: 'reject-pod', victims: [pod('es-0')], victimSet: [], why },
]

describe('comparisonText', () => {
  it('lays both beside each other: when first, how many, how much', () => {
    expect(comparisonText(actions, [], 'en').split('\n')).toEqual([
      '                              as described         with the changes',
      'first image collection        2026-01-01 00:00:00  never',
      'first DiskPressure            never                never',
      'first eviction                2026-01-01 00:01:00  never',
      'images deleted                2–3                  0',
      'pods evicted                  1                    0',
      'freed, as the kubelet counts  2.00 GB – 3.00 GB    0 B',
      '',
    ])
  })

  it('lines up in Chinese, whose characters are two columns wide', () => {
    const lines = comparisonText(actions, [], 'zh-CN').split('\n')
    expect(lines[1]).toBe('首次镜像回收         2026-01-01 00:00:00  不会')
    expect(lines[4]).toBe('删除镜像数           2–3                  0')
  })
})
