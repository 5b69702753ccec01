import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { newDelivery, type Delivery } from './delivery.ts'
import { addDeliveries, nextDelivery } from './delivery-queue.ts'
import type { Notice } from './notice.ts'

const notice = (key: string, thread: string): Notice => ({
  key,
  kind: 'changed',
  at: 0,
  thread,
  severity: 'warning',
  worst: 'warning',
  incidents: [],
  news: [],
  covers: [],
})
const delivery = (key: string, thread: string, more: Partial<Delivery> = {}): Delivery => ({
  ...newDelivery('chat', notice(key, thread), 0),
  ...more,
})

describe('the next delivery', () => {
  it('waits for an earlier one of its incident, and for no other', () => {
    const queue = [delivery('a1', 'a', { dueAt: 50 }), delivery('a2', 'a'), delivery('b1', 'b')]
    expect(nextDelivery(queue, 10)).toEqual({ delivery: queue[2] })
    expect(nextDelivery(queue.slice(0, 2), 10)).toEqual({ dueAt: 50 })
    expect(nextDelivery(queue, 50)).toEqual({ delivery: queue[0] })
    expect(nextDelivery([], 50)).toEqual({ dueAt: null })
  })
})

describe('a queue', () => {
  it('never grows beyond its bound, loses nothing, keeps what was sent once, and the order of each thread', () => {
    const entry = fc.record({
      thread: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'),
      attempts: fc.constantFrom(0, 0, 0, 1),
    })
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 40 }), fc.integer({ min: 2, max: 10 }), (entries, most) => {
        const all = entries.map(({ thread, attempts }, index) => delivery(`k${index}`, thread, { attempts }))
        const tried = all.filter(({ attempts }) => attempts > 0)
        const { queue, saved, merged } = addDeliveries(all.slice(0, 20), all.slice(20), most, 0)
        expect(queue.length).toBeLessThanOrEqual(Math.max(most, tried.length + 1))
        const said = queue.flatMap((one) => [one.notice.key, ...one.notice.covers])
        for (const {
          notice: { key },
        } of all)
          expect(said).toContain(key)
        for (const one of tried) expect(queue).toContain(one)
        for (const one of queue) expect(all.slice(0, 20).includes(one) || saved.includes(one)).toBe(true)
        for (const one of merged)
          expect(queue.map(({ notice: { key } }) => key)).not.toContain(one.notice.key)
      }),
    )
  })

  it('joins the oldest changes of one incident first', () => {
    const all = ['a1', 'a2', 'b1', 'a3'].map((key) => delivery(key, key.charAt(0)))
    const { queue, merged } = addDeliveries(all.slice(0, 3), all.slice(3), 3, 0)
    expect(queue.map((one) => [one.notice.key, one.notice.covers])).toEqual([
      ['a2', ['a1']],
      ['b1', []],
      ['a3', []],
    ])
    expect(merged).toEqual([all[0]])
  })
})
