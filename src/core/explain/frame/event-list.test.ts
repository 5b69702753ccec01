import { describe, expect, it } from 'vitest'
import { eventListForm } from './event-list-form.ts'
import { eventListRecords } from './event-list.ts'

const event = (name: string, reason: string) => ({
  apiVersion: 'v1',
  kind: 'Event',
  metadata: { name, namespace: 'log' },
  involvedObject: { kind: 'Pod', namespace: 'log', name: 'es-0' },
  reason,
  message: 'The node was low on resource: ephemeral-storage. ',
  source: { component: 'kubelet', host: 'n1' },
  firstTimestamp: '2026-11-24T08:22:34Z',
})
const list = {
  apiVersion: 'v1',
  items: [event('es-0.1', 'Evicted'), { kind: 'Pod' }, event('es-0.2', 'Killing')],
  kind: 'List',
}

describe('a list of events', () => {
  it('becomes records at the lines of their names', () => {
    const text = JSON.stringify(list, null, 2)
    const records = eventListRecords(list, text, 'events.json') ?? []
    expect(
      records.map(({ event: about, node, source }) => ({ reason: about?.reason, node, line: source.line })),
    ).toEqual([
      { reason: 'Evicted', node: 'n1', line: text.slice(0, text.indexOf('es-0.1')).split('\n').length },
      { reason: 'Killing', node: 'n1', line: text.slice(0, text.indexOf('es-0.2')).split('\n').length },
    ])
  })

  it('say when they were last seen', () => {
    const [repeated, once] = [
      { ...event('es-0.1', 'Evicted'), lastTimestamp: '2026-11-24T09:22:34Z' },
      { ...event('es-0.2', 'Evicted'), lastTimestamp: '2026-11-24T08:22:34Z' },
    ].map((item) => eventListRecords(item, '', 'x')?.[0]?.time.last?.at)
    expect(repeated).toBe(Date.UTC(2026, 10, 24, 9, 22, 34))
    expect(once).toBeUndefined()
  })

  it.each([
    ['its deprecated source', { deprecatedSource: { component: 'kubelet', host: 'n1' } }],
    ['the kubelet that reports it', { reportingController: 'kubelet', reportingInstance: 'n1' }],
  ])('may be in the form of events.k8s.io, with the node of %s', (_, reporter) => {
    const { involvedObject, message, source: _source, firstTimestamp, ...kept } = event('es-0.1', 'Evicted')
    const item = {
      ...kept,
      ...reporter,
      apiVersion: 'events.k8s.io/v1',
      regarding: involvedObject,
      note: message,
      deprecatedFirstTimestamp: firstTimestamp,
      deprecatedLastTimestamp: '2026-11-24T09:22:34Z',
    }
    const [record] = eventListRecords({ items: [item] }, '', 'x') ?? []
    expect(record).toMatchObject({
      message,
      node: 'n1',
      event: { reason: 'Evicted', kind: 'Pod', namespace: 'log', name: 'es-0' },
      time: { at: Date.UTC(2026, 10, 24, 8, 22, 34), last: { at: Date.UTC(2026, 10, 24, 9, 22, 34) } },
    })
    expect(eventListForm(JSON.stringify(item))).toBe('json')
    expect(eventListForm('apiVersion: events.k8s.io/v1\nregarding:\n  kind: Pod\n')).toBe('yaml')
  })

  it('may be a single event, and nothing else', () => {
    expect(eventListRecords(list.items[0], '', 'x')).toHaveLength(1)
    expect(eventListRecords({ kind: 'Pod' }, '', 'x')).toBeUndefined()
    expect(eventListRecords([1], '', 'x')).toBeUndefined()
  })

  it.each([
    [JSON.stringify(list), 'json'],
    ['apiVersion: v1\nitems:\n- apiVersion: v1\n  involvedObject:\n    kind: Pod\n', 'yaml'],
    ['{"kind":"PodList"}', undefined],
    ['Nov  7 06:20:49 n kubelet: involvedObject:', undefined],
  ])('is recognised: %s', (text, form) => {
    expect(eventListForm(text)).toBe(form)
  })
})
