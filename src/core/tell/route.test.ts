import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { message } from '../messages/message.ts'
import { backOff } from './back-off.ts'
import { matchesAny } from './glob.ts'
import type { BriefIncident, Notice } from './notice.ts'
import { routed, type Route } from './route.ts'

const brief = (node: string, more: Partial<BriefIncident> = {}): BriefIncident => ({
  id: node,
  severity: 'warning',
  state: 'open',
  openedAt: null,
  resolvedAt: null,
  cause: { id: 'disk-filled', message: message('tell.over') },
  nodes: [node],
  namespaces: ['log'],
  pods: [],
  images: [],
  volumes: [],
  advice: [],
  ...more,
})
const notice = (incidents: readonly BriefIncident[], more: Partial<Notice> = {}): Notice => ({
  key: 'k',
  kind: 'opened',
  at: 0,
  thread: 't',
  severity: 'warning',
  worst: 'warning',
  incidents,
  news: [],
  covers: [],
  ...more,
})
const all: Route = { severities: ['info', 'warning', 'critical'] }

describe('a route', () => {
  it.each<[Route, boolean]>([
    [all, true],
    [{ severities: ['critical'] }, false],
    [{ ...all, nodes: ['es-*'] }, true],
    [{ ...all, nodes: ['web-?', 'ES-1'] }, false],
    [{ ...all, namespaces: ['l?g'] }, true],
    [{ ...all, namespaces: ['kube-*'] }, false],
  ])('%j', (route, isFor) => expect(routed(notice([brief('es-1')]), route) !== null).toBe(isFor))

  it('tells how it ends whoever was told the worst', () => {
    const ended = notice([brief('es-1')], { kind: 'resolved', worst: 'critical' })
    expect(routed(ended, { severities: ['critical'] })).toBe(ended)
  })

  it('takes its part of a group', () => {
    const group = notice([brief('es-1'), brief('web-1')], { kind: 'grouped' })
    expect(routed(group, { ...all, nodes: ['es-*'] })?.incidents.map(({ id }) => id)).toEqual(['es-1'])
    expect(routed(group, { ...all, nodes: ['db-*'] })).toBeNull()
  })

  it('lets every test through', () => {
    expect(routed(notice([], { kind: 'test' }), { severities: ['critical'], nodes: ['x'] })).not.toBeNull()
  })
})

describe('a pattern', () => {
  it('matches as the regular expression of the same meaning does', () => {
    const texts = fc.string({ unit: fc.constantFrom('a', 'b', '.', '-') })
    const patterns = fc.string({ unit: fc.constantFrom('a', 'b', '.', '*', '?') })
    fc.assert(
      fc.property(texts, patterns, (text, pattern) => {
        const source = pattern.replace(/\./g, '\\.').replace(/\*+/g, '.*').replace(/\?/g, '.')
        expect(matchesAny(text, [pattern])).toBe(new RegExp(`^${source}$`).test(text))
      }),
    )
  })

  it('takes no time over the worst text', () => {
    expect(matchesAny('a'.repeat(20_000), ['*a*a*a*a*a*a*b'])).toBe(false)
  })
})

describe('backing off', () => {
  it('waits longer each time, up to five minutes, each a little differently', () => {
    expect([1, 2, 3].map((attempts) => backOff(attempts, 1))).toEqual([1000, 2000, 4000])
    expect(backOff(1, 0)).toBe(500)
    expect(backOff(1000, 1)).toBe(300_000)
  })
})
