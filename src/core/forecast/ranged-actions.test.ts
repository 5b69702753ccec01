import { describe, expect, it } from 'vitest'
import { message } from '../messages/message.ts'
import { rangedActions } from './ranged-actions.ts'
import type { ActionKind, SimulatedAction, Victim } from './simulation/action.ts'

const MINUTE = 60_000
const pod = (name: string): Victim => ({ kind: 'pod', namespace: 'default', name, uid: name })
const act = (minute: number, kind: ActionKind, ...victims: Victim[]): SimulatedAction => ({
  at: minute * MINUTE,
  kind,
  victims,
  victimSet: [],
  why: message('simulate.why.rejected'),
})
const range = (actions: readonly { at: unknown }[]) => actions.map(({ at }) => at)

describe('rangedActions', () => {
  it('takes the instants of the same action from each run, as loose as the period of its loop', () => {
    const run = (minute: number) => [act(minute, 'evict-pod', pod('a'))]
    expect(range(rangedActions({ fast: run(10), middle: run(20), slow: run(40) }, 0))).toEqual([
      { p10: 10 * MINUTE - 10_000, p50: 20 * MINUTE, p90: 40 * MINUTE + 10_000 },
    ])
  })

  it('knows of no image collection more than that it is within five minutes', () => {
    const run = [act(10, 'image-gc', { kind: 'image', id: 'i' })]
    expect(range(rangedActions({ fast: run, middle: run, slow: run }, 8 * MINUTE))).toEqual([
      { p10: 8 * MINUTE, p50: 10 * MINUTE, p90: 15 * MINUTE },
    ])
  })

  it('is open-ended where the slow run has no such action, and only possible where the middle one has none', () => {
    const fast = [act(10, 'evict-pod', pod('a'))]
    expect(rangedActions({ fast, middle: [act(50, 'evict-pod', pod('a'))], slow: [] }, 0)).toMatchObject([
      { at: { p50: 50 * MINUTE, p90: null } },
    ])
    expect(rangedActions({ fast, middle: [], slow: [] }, 0)).toMatchObject([
      { at: { p10: 10 * MINUTE - 10_000, p50: null, p90: null } },
    ])
  })

  it('counts the same action done twice, and tells a collection that takes nothing once', () => {
    const middle = [
      act(1, 'image-gc-failed'),
      act(6, 'image-gc-failed'),
      act(7, 'reclaim-images'),
      act(8, 'pressure'),
      act(20, 'pressure'),
    ]
    const told = rangedActions({ fast: middle, middle, slow: middle }, 0)
    expect(told.map(({ kind, at }) => [kind, at.p50])).toEqual([
      ['image-gc-failed', MINUTE],
      ['pressure', 8 * MINUTE],
      ['pressure', 20 * MINUTE],
    ])
  })

  it('never begins in the past, and never ends before it begins', () => {
    const at = (minute: number) => [act(minute, 'evict-pod', pod('a'))]
    const [one] = rangedActions({ fast: at(30), middle: at(10), slow: at(5) }, 10 * MINUTE)
    expect(one?.at.p10).toBe(10 * MINUTE)
    expect(one?.at.p90 ?? 0).toBeGreaterThanOrEqual(one?.at.p50 ?? Infinity)
  })
})
