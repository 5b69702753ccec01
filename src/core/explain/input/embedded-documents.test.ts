import { describe, expect, it } from 'vitest'
import { eventListRecords } from '../frame/event-list.ts'
import { readFacts } from '../read-facts.ts'
import { mayEmbedDocuments, recordsWithDocuments } from './embedded-documents.ts'
import type { ReadingPlatform } from './log-source.ts'

const platform = {
  parseYaml: () => Promise.reject(new Error('not here')),
  readEventList: async (value: unknown, text: string, file: string) => eventListRecords(value, text, file),
} as unknown as ReadingPlatform

async function factsOf(text: string) {
  const records = await recordsWithDocuments(text, { file: 'log' }, platform)
  return records?.flatMap(readFacts).map(({ id, at, node, source }) => ({ id, at, node, line: source.line }))
}

const KLOG =
  'W1107 05:44:51.031315   13241 eviction_manager.go:330] eviction manager: attempting to reclaim ephemeral-storage'
const EVENT = {
  metadata: { name: 'es-0.1' },
  involvedObject: { kind: 'Pod', namespace: 'log', name: 'es-0' },
  reason: 'Evicted',
  message: 'The node was low on resource: ephemeral-storage. ',
  source: { host: 'n1' },
  firstTimestamp: '2026-11-24T08:22:34Z',
}
const at = Date.UTC(2026, 10, 24, 8, 22, 34)

describe('documents among the lines of a log', () => {
  it('are read as such, and the lines around them as lines', async () => {
    const list = JSON.stringify({ items: [EVENT] }, null, 2)
    const name = list.slice(0, list.indexOf('es-0.1')).split('\n').length
    expect(await factsOf(`$ kubectl get events -o json\n${list}\n${KLOG}\n`)).toEqual([
      { id: 'pod-evicted', at, node: 'n1', line: name + 1 },
      { id: 'eviction-threshold-met', at: null, node: null, line: list.split('\n').length + 2 },
    ])
  })

  it('may follow each other, as a watch writes them', async () => {
    const one = JSON.stringify(EVENT, null, 4)
    expect(await factsOf(`${one}\n${one}\n`)).toHaveLength(2)
  })

  it('may be what a store of logs exports, with the instant after the line', async () => {
    const entries = [
      {
        insertId: 'a',
        textPayload: 'write /data/x: no space left on device',
        timestamp: '2026-11-24T08:22:34Z',
      },
      { insertId: 'b', textPayload: KLOG, timestamp: '2026-11-24T08:22:35Z' },
    ]
    expect(await factsOf(JSON.stringify(entries, null, 2))).toEqual([
      { id: 'no-space-left', at, node: null, line: 4 },
      { id: 'eviction-threshold-met', at: at + 1000, node: null, line: 9 },
    ])
  })

  it.each(['{\n"involvedObject": {', `{\n  "involvedObject": 1\n}\n${KLOG}`, KLOG])(
    'are none: %s',
    async (text) => {
      expect(await factsOf(text)).toBeUndefined()
    },
  )

  it('are looked for where one may begin', () => {
    expect(mayEmbedDocuments(`$ kubectl get events\n{\n`)).toBe(true)
    expect(mayEmbedDocuments(KLOG)).toBe(false)
  })
})
