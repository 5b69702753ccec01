import { expect, it } from 'vitest'
import { followLog } from './followed-log.ts'

const line = (text: string, number = 1) => ({
  text,
  position: { file: '/var/log/kubelet.log', line: number },
})
const GC =
  'I1126 00:04:05.000000    1 image_gc_manager.go:300] [imageGCManager]: Disk usage on image filesystem is at 91% which is over the high threshold (85%). Trying to free 21800000000 bytes down to the low threshold (80%).'

it('reads what each line states at once, as of the node, with its place', () => {
  const log = followLog({ node: 'n1', year: 2026 })
  expect(log.read([line('no statement'), line(GC, 2)]).facts).toMatchObject([
    {
      id: 'image-gc-started',
      at: Date.UTC(2026, 10, 26, 0, 4, 5),
      node: 'n1',
      source: { file: '/var/log/kubelet.log', line: 2 },
      fields: { usagePercent: 91 },
    },
  ])
  expect(log.read([]).facts).toEqual([])
  expect(log.read([line(GC.replace('05.000000', '06.000000'), 7)]).facts).toMatchObject([
    { at: Date.UTC(2026, 10, 26, 0, 4, 6), source: { line: 7 } },
  ])
})

it('takes the entries of a journal for those of its own node, whatever host they name', () => {
  const entry = {
    __REALTIME_TIMESTAMP: '1795651472074713',
    _HOSTNAME: 'vm',
    SYSLOG_IDENTIFIER: 'kubelet',
    MESSAGE: GC.replace('I1126 00:04:05', 'I1126 00:04:32'),
  }
  const { facts } = followLog({ node: 'n1', year: 2026 }).read([line(JSON.stringify(entry))])
  expect(facts).toMatchObject([{ id: 'image-gc-started', node: 'n1', from: 'kubelet' }])
})

it('goes into the new year', () => {
  const log = followLog({ node: 'n1', year: 2026 })
  const at = (day: string) => log.read([line(GC.replace('I1126', `I${day}`))]).facts[0]?.at
  expect([at('1231'), at('0101')]).toEqual([Date.UTC(2026, 11, 31, 0, 4, 5), Date.UTC(2027, 0, 1, 0, 4, 5)])
})
