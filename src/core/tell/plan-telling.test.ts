import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Incident } from '../incident/incident.ts'
import type { Severity } from '../incident/severity.ts'
import { message } from '../messages/message.ts'
import type { IncidentChange } from './incident-change.ts'
import type { Notice } from './notice.ts'
import { nothingTold, planTelling, type TellingLimits, type TellingMemory } from './plan-telling.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const LIMITS: TellingLimits = {
  flaps: { quietFor: HOUR, settleFor: 5 * MINUTE },
  storms: { mostThreads: 3, within: MINUTE },
}

function incident(id: string, severity: Severity, state: Incident['state'], node: string): Incident {
  return {
    id,
    severity,
    state,
    openedAt: 0,
    updatedAt: 0,
    resolvedAt: null,
    cause: {
      id: 'disk-filled',
      message: message('cause.image-not-found', { pods: [], images: [], count: 1 }),
      certainty: 'stated',
      because: null,
    },
    chain: [],
    affected: { images: [], pods: [], volumes: [], nodes: [node] },
    advice: [],
  }
}

/** Tells what happens on nodes, minute by minute or as the test likes. */
function teller(limits = LIMITS) {
  let memory: TellingMemory = nothingTold
  const told: Notice[] = []
  let made = 0
  const ids = new Map<string, string>()
  const pass = (at: number, ...changes: IncidentChange[]) => {
    // As plain data: what a restart gives back has to do as well.
    const planned = planTelling(changes, JSON.parse(JSON.stringify(memory)) as TellingMemory, at, limits)
    memory = planned.memory
    // When it is told counts here, not when it happened.
    told.push(...planned.notices.map((notice) => ({ ...notice, at })))
    return planned.notices
  }
  const change = (at: number, kind: IncidentChange['kind'], severity: Severity = 'warning', node = 'n1') => {
    if (kind === 'opened') ids.set(node, `disk-${node}-${++made}`)
    const id = ids.get(node) ?? 'none'
    const news = [message(kind === 'resolved' ? 'tell.over' : 'tell.cut')]
    const now = incident(id, severity, kind === 'resolved' ? 'resolved' : 'open', node)
    return { key: `${id}/${kind}/${at}`, kind, at, incident: now, news }
  }
  return { pass, change, told, memory: () => memory }
}
const kinds = (notices: readonly Notice[]) => notices.map(({ kind }) => kind)
const mostInAnHour = (told: readonly Notice[]) =>
  Math.max(0, ...told.map(({ at }) => told.filter((other) => other.at >= at && other.at < at + HOUR).length))

describe('what is told', () => {
  it('is every change of a trouble that simply lasts, and its end once that has lasted', () => {
    const { pass, change } = teller()
    expect(kinds(pass(0, change(0, 'opened')))).toEqual(['opened'])
    expect(kinds(pass(MINUTE, change(MINUTE, 'changed')))).toEqual(['changed'])
    expect(pass(9 * MINUTE, change(9 * MINUTE, 'resolved'))).toEqual([])
    expect(pass(13 * MINUTE)).toEqual([])
    expect(kinds(pass(14 * MINUTE))).toEqual(['resolved'])
    expect(pass(20 * MINUTE)).toEqual([])
  })

  it('is every change at once when there are no limits', () => {
    const { pass, change, told } = teller({
      flaps: { quietFor: 0, settleFor: 0 },
      storms: { mostThreads: 99, within: MINUTE },
    })
    for (let at = 0; at < 20; at++) pass(at, change(at, at % 2 === 0 ? 'opened' : 'resolved'))
    expect(kinds(told)).toEqual(Array.from({ length: 20 }, (_, at) => (at % 2 === 0 ? 'opened' : 'resolved')))
  })

  it('remembers nothing of a trouble that has long been over', () => {
    const { pass, change, memory } = teller()
    pass(0, change(0, 'opened'))
    pass(MINUTE, change(MINUTE, 'resolved'))
    pass(6 * MINUTE)
    pass(2 * HOUR)
    expect(memory().troubles).toEqual({})
  })
})

describe('a disk that flaps around a threshold', () => {
  it.each([1, 2, 5])('gives at most one message an hour: every %d min, over a day', (period) => {
    const { pass, change, told } = teller()
    for (let minute = 0; minute < 24 * 60; minute++) {
      const at = minute * MINUTE
      const turn = minute % period === 0 ? Math.floor(minute / period) % 2 : null
      pass(at, ...(turn === null ? [] : [change(at, turn === 0 ? 'opened' : 'resolved')]))
    }
    expect(mostInAnHour(told)).toBe(1)
    expect(kinds(told)).toEqual(['opened', 'flapping'])
    expect(new Set(told.map(({ thread }) => thread)).size).toBe(1)
  })

  it('in turns of any length is told at most once an hour from its second coming on', () => {
    const spans = fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 2, maxLength: 60 })
    fc.assert(
      fc.property(spans, (minutes) => {
        const { pass, change, told } = teller()
        let now = 0
        let secondAt = Number.POSITIVE_INFINITY
        for (const [index, span] of minutes.entries()) {
          if (index === 2) secondAt = now
          pass(now, change(now, index % 2 === 0 ? 'opened' : 'resolved'))
          for (const end = now + span * MINUTE; now < end; now += MINUTE) pass(now)
        }
        expect(mostInAnHour(told.filter(({ at }) => at >= secondAt))).toBeLessThanOrEqual(1)
      }),
    )
  })

  it('is told to be over once it has been quiet for an hour, and then is forgotten', () => {
    const { pass, change, told, memory } = teller()
    for (let minute = 0; minute < 90; minute++) {
      const at = minute * MINUTE
      pass(at, change(at, minute % 2 === 0 ? 'opened' : 'resolved'))
    }
    for (let minute = 90; minute < 300; minute++) pass(minute * MINUTE)
    expect(kinds(told)).toEqual(['opened', 'flapping', 'resolved'])
    expect(memory().troubles).toEqual({})
  })

  it('and then stays is told to be there, once', () => {
    const { pass, change, told } = teller()
    for (let minute = 0; minute < 91; minute++) {
      const at = minute * MINUTE
      pass(at, change(at, minute % 2 === 0 ? 'opened' : 'resolved'))
    }
    for (let minute = 91; minute < 300; minute++) pass(minute * MINUTE)
    expect(kinds(told)).toEqual(['opened', 'flapping', 'changed'])
    pass(300 * MINUTE, change(300 * MINUTE, 'changed'))
    expect(kinds(told).at(-1)).toBe('changed')
  })

  it('and grows worse is told at once', () => {
    const { pass, change } = teller()
    pass(0, change(0, 'opened'))
    pass(1000, change(1000, 'resolved'))
    pass(2000, change(2000, 'opened'))
    const [notice] = pass(3000, change(3000, 'changed', 'critical'))
    expect(notice).toMatchObject({ kind: 'changed', severity: 'critical', thread: 'disk-n1-1' })
    expect(pass(4000, change(4000, 'changed', 'critical'))).toEqual([])
  })

  it('and comes back critical when people take it to be over is told at once', () => {
    const { pass, change } = teller()
    pass(0, change(0, 'opened', 'critical'))
    pass(MINUTE, change(MINUTE, 'resolved', 'critical'))
    expect(kinds(pass(7 * MINUTE))).toEqual(['resolved'])
    expect(kinds(pass(8 * MINUTE, change(8 * MINUTE, 'opened', 'critical')))).toEqual(['opened'])
  })

  it('loses no change: whatever is told covers what was held back', () => {
    const { pass, change, told } = teller()
    const keys: string[] = []
    for (let minute = 0; minute < 90; minute++) {
      const one = change(minute * MINUTE, minute % 2 === 0 ? 'opened' : 'resolved')
      keys.push(one.key)
      pass(one.at, one)
    }
    for (let minute = 90; minute < 300; minute++) pass(minute * MINUTE)
    const covered = told.flatMap(({ key, covers }) => [key, ...covers])
    expect(keys.filter((key) => !covered.includes(key))).toEqual([])
  })
})

describe('many incidents at once', () => {
  it('are told one by one up to a number, the worst first, and the others together', () => {
    const { pass, change } = teller()
    const many = Array.from({ length: 500 }, (_, index) =>
      change(0, 'opened', index === 499 ? 'critical' : 'warning', `n${index}`),
    )
    const notices = pass(0, ...many)
    expect(kinds(notices)).toEqual(['opened', 'opened', 'opened', 'grouped'])
    expect(notices[0]?.severity).toBe('critical')
    expect(notices[3]?.covers).toHaveLength(497)
    expect(notices[3]?.news[0]?.params).toMatchObject({ count: 497, open: 497 })
  })

  it('that go on are told together at most once in that time, and none is lost', () => {
    const { pass, change, told } = teller()
    const keys: string[] = []
    for (let second = 0; second < 120; second++) {
      const one = change(second * 1000, 'opened', 'warning', `n${second}`)
      keys.push(one.key)
      pass(one.at, one)
    }
    pass(10 * MINUTE)
    expect(kinds(told).filter((kind) => kind === 'grouped').length).toBeLessThanOrEqual(4)
    const covered = told.flatMap(({ key, covers }) => [key, ...covers])
    expect(keys.filter((key) => !covered.includes(key))).toEqual([])
  })

  it('hold no escalation back, and it says what waited', () => {
    const { pass, change } = teller()
    pass(0, ...['a', 'b', 'c', 'd'].map((node) => change(0, 'opened', 'warning', node)))
    const waiting = change(1000, 'opened', 'warning', 'e')
    expect(pass(1000, waiting)).toEqual([])
    const [notice] = pass(2000, change(2000, 'changed', 'critical', 'e'))
    expect(notice).toMatchObject({ severity: 'critical', covers: [waiting.key] })
  })

  it('leave nothing to remember once it is quiet', () => {
    const { pass, change, memory } = teller()
    pass(0, ...['a', 'b', 'c', 'd'].map((node) => change(0, 'opened', 'warning', node)))
    pass(5 * MINUTE)
    expect(memory().storm).toEqual({ single: [], waiting: [], groupedAt: null })
  })
})
