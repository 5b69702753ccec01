import { describe, expect, it } from 'vitest'
import { anIncident } from '../../../test/contracts/an-incident.ts'
import { aDelivery, aNotice } from '../../../test/contracts/a-round.ts'
import type { Finding } from '../../core/detect/finding.ts'
import { message } from '../../core/messages/message.ts'
import { DeliveryDocument, IncidentRow } from '../list-contract.ts'
import { FindingDocument } from '../contract.ts'
import { changeSentences, deliveryDocument, findingDocument, incidentRow } from './rows.ts'

const AT = Date.UTC(2026, 0, 1)
const finding: Finding = {
  id: 'observation-incomplete',
  reason: 'ObservationIncomplete',
  severity: 'info',
  object: { kind: 'Node', name: 'n1' },
  message: message('tell.over'),
}

describe('rows of lists, as their contracts have them', () => {
  it('a finding says null for what it is not about', () => {
    const row = FindingDocument.parse(findingDocument(finding, 'en'))
    expect(row).toMatchObject({ object: { kind: 'Node', namespace: null, name: 'n1' }, node: null })
    const object = { kind: 'Pod', namespace: 'app', name: 'a' }
    expect(findingDocument({ ...finding, object, node: 'n2' }, 'en')).toMatchObject({ object, node: 'n2' })
  })

  it('an incident has its instants in words, and at most twenty of its nodes', () => {
    const nodes = Array.from({ length: 30 }, (_, index) => `n${index}`)
    const incident = anIncident('a', AT, { affected: { images: [], pods: [], volumes: [], nodes } })
    const row = IncidentRow.parse(incidentRow(incident, 'zh-CN'))
    expect(row).toMatchObject({ openedAt: '2026-01-01T00:00:00Z', resolvedAt: null, cause: 'etcd-space' })
    expect(row.nodes).toHaveLength(20)
    expect(row.message).toMatch(/\p{Script=Han}/u)
  })

  it.each([
    ['waiting', { dueAt: AT }, { dueAt: '2026-01-01T00:00:00Z', deliveredAt: null }],
    ['delivered', { dueAt: AT, deliveredAt: AT }, { dueAt: null, deliveredAt: '2026-01-01T00:00:00Z' }],
    ['failed', { failure: message('tell.over') }, { dueAt: null, failure: expect.any(String) as string }],
  ] as const)('a delivery that is %s', (state, more, expected) => {
    const row = DeliveryDocument.parse(deliveryDocument(aDelivery('k', { state, ...more }), 'en'))
    expect(row).toMatchObject({ key: 'k', channel: 'chat', state, ...expected })
  })

  it('a delivery without news tells the cause; a test is of no incident', () => {
    const row = deliveryDocument(aDelivery('k'), 'en')
    expect(row.message).not.toBe('')
    const none = aNotice('t', { kind: 'test', incidents: [], news: [message('tell.over')] })
    expect(deliveryDocument(aDelivery('t', { notice: none }), 'en')).toMatchObject({ incidentId: null })
  })

  it('a change says of what incident, unless its news do', () => {
    const incident = anIncident('a', AT)
    const change = { key: 'k', at: AT, incident }
    const [over, cut] = [message('tell.over'), message('tell.cut')]
    expect(changeSentences({ ...change, kind: 'resolved', news: [over] })).toEqual([
      over,
      incident.cause.message,
    ])
    expect(changeSentences({ ...change, kind: 'changed', news: [] })).toEqual([incident.cause.message])
    expect(changeSentences({ ...change, kind: 'changed', news: [cut] })).toEqual([cut])
  })
})
