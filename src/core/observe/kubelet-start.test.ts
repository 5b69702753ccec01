import { describe, expect, it } from 'vitest'
import { Event } from '../kubernetes/event.ts'
import { Summary } from '../kubernetes/summary.ts'
import { latestStart, startInSummary, startsInEvents } from './kubelet-start.ts'

const AT = '2026-11-25T10:03:18Z'
const LATER = '2026-11-25T11:00:04Z'
const starting = (more: object = {}) =>
  Event.parse({
    metadata: { name: 'n1.1' },
    reason: 'Starting',
    message: 'Starting kubelet.',
    involvedObject: { kind: 'Node', name: 'n1' },
    lastTimestamp: AT,
    ...more,
  })

describe('startsInEvents', () => {
  it.each([
    ['what a kubelet says of its start', [starting()], AT],
    ['the last of several', [starting({ lastTimestamp: LATER }), starting()], LATER],
    ['an event of the newer kind', [starting({ lastTimestamp: null, eventTime: AT })], AT],
    ['kube-proxy', [starting({ message: 'Starting kube-proxy.' })], undefined],
    ['another reason', [starting({ reason: 'NodeReady' })], undefined],
    ['a pod', [starting({ involvedObject: { kind: 'Pod', name: 'n1' } })], undefined],
    ['no instant', [starting({ lastTimestamp: 'soon' })], undefined],
  ])('%s', (_, events, at) => {
    expect(startsInEvents(events).get('n1')).toBe(at && Date.parse(at))
  })
})

describe('startInSummary', () => {
  const summaryOf = (systemContainers: unknown) =>
    Summary.parse({ node: { nodeName: 'n1', systemContainers }, pods: [] })

  it.each([
    [
      'the kubelet among others',
      [
        { name: 'pods', startTime: LATER },
        { name: 'kubelet', startTime: AT },
      ],
      AT,
    ],
    ['no kubelet', [{ name: 'pods', startTime: LATER }], undefined],
    ['without its start', [{ name: 'kubelet', startTime: null }], undefined],
    ['none at all', undefined, undefined],
    ['what is no list', 'kubelet', undefined],
  ])('%s', (_, containers, at) => {
    expect(startInSummary(summaryOf(containers))).toBe(at && Date.parse(at))
  })
})

it('of several sources the latest start counts, and of none there is none', () => {
  expect([latestStart(1, undefined, 3, 2), latestStart(undefined)]).toEqual([{ kubeletStartedAt: 3 }, {}])
})
