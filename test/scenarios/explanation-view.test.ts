import { beforeAll, describe, expect, it } from 'vitest'
import { logSource, nodeReading } from '../../src/adapters/observe/log-file/log-source.ts'
import { SearchPool } from '../../src/adapters/observe/log-file/search-pool.ts'
import { explainLogs } from '../../src/core/explain/explain-logs.ts'
import type { Explanation } from '../../src/core/explain/explanation.ts'
import type { LogSource } from '../../src/core/explain/input/log-source.ts'
import { explanationView } from '../../src/web/explain/explanation-view.ts'
import { FACTS_PER_PAGE } from '../../src/web/explain/facts-per-page.ts'

const pool = new SearchPool(1, new URL(import.meta.url))
const written = (path: string, text: string): LogSource => ({
  path,
  open: async () => ({
    async *bytes() {
      yield Buffer.from(text)
    },
    close: async () => {},
  }),
})
const asked = { language: 'en', node: null, page: 0 } as const
const evicted = (node: string, index: number) =>
  `Nov  7 07:2${index % 10}:19 ${node} kubelet: I1107 07:2${index % 10}:19.${100_000 + index}   13241 eviction_manager.go:576] eviction manager: pod es-${index}_log(aa41dd4c-2085-11eb-90a3-${100_000_000_000 + index}) is evicted successfully\n`

describe('what the page shows of an explanation', () => {
  let recorded: Explanation
  let large: Explanation

  beforeAll(async () => {
    const options = { platform: nodeReading(pool), year: 2020 }
    recorded = await explainLogs([logSource('recordings/air-gapped/incident.zh.txt', pool)], options)
    const lines = Array.from({ length: 3000 }, (_, index) =>
      evicted(index % 3 === 0 ? 'worker-2' : 'worker-1', index),
    )
    const pressure =
      'Nov  7 07:20:00 worker-1 kubelet: W1107 07:20:00.000001 1 eviction_manager.go:330] eviction manager: attempting to reclaim ephemeral-storage\n'
    large = await explainLogs(
      [written('large.log', pressure + lines.join('')), written('empty.log', '')],
      options,
    )
  })

  it('begins with the diagnosis and the end, and says when each step was', () => {
    const view = explanationView(recorded, asked)
    expect(view.diagnosis).toMatch(/^The node's disk filled: .* No line says what filled it/)
    expect(view.nodeDisk).toMatchObject({ state: 'pressure' })
    const [first] = view.incidents.shown
    expect(first?.steps[0]).toEqual({ when: '2020-11-07 05:44:51', evidence: 1 })
    expect(first?.timeline?.rows[0]).toMatchObject({ label: 'node-level-reclaim', from: 0 })
    expect(view.facts.shown[0]).toMatchObject({ when: '2020-11-07 05:44:51', node: 'k8work2' })
    expect(view.facts.total).toBe(recorded.facts.length)
  })

  it('speaks the language that is asked for', () => {
    const view = explanationView(recorded, { ...asked, language: 'zh-CN' })
    expect(view.diagnosis).toContain('磁盘')
    expect(view.incidents.shown[0]?.document.advice[0]).toMatch(/\p{Script=Han}/u)
  })

  it('shows a page of facts at a time, and never more of anything than somebody reads', () => {
    const view = explanationView(large, asked)
    expect(view.facts.shown).toHaveLength(FACTS_PER_PAGE)
    expect(view.facts.total).toBeGreaterThan(2900)
    expect(explanationView(large, { ...asked, page: 1 }).facts.shown[0]).not.toEqual(view.facts.shown[0])
    expect(explanationView(large, { ...asked, page: 10_000 }).facts.shown).toEqual([])
    expect(JSON.stringify(view).length).toBeLessThan(1_000_000)
    const steps = view.incidents.shown.flatMap(({ steps: told, document }) =>
      told.map(({ evidence }, index) => ({ evidence, shown: document.chain[index]?.facts.length ?? 0 })),
    )
    expect(steps.some(({ evidence, shown }) => evidence > shown)).toBe(true)
  })

  it('shows one node by itself', () => {
    const all = explanationView(large, asked)
    expect(all.nodes).toEqual(['worker-1', 'worker-2'])
    const one = explanationView(large, { ...asked, node: 'worker-2' })
    expect(one.facts.total).toBe(1000)
    expect(one.nodes).toEqual(all.nodes)
    expect(one.facts.shown.every(({ node }) => node === 'worker-2')).toBe(true)
    expect(one.nodeDisk.state).toBe('not-stated')
  })

  it('names what is empty and what failed, the failed first', async () => {
    const failed = await explainLogs([written('b.log', 'fine\n'), written('z.log', '\u0001\u0000\u0002')], {
      platform: nodeReading(pool),
    })
    const { files, diagnosis, headline } = explanationView(failed, asked)
    expect(files.shown.map(({ path, failure }) => [path, failure?.code])).toEqual([
      ['z.log', 'KP_INPUT_BINARY'],
      ['b.log', undefined],
    ])
    expect([diagnosis, headline]).toEqual([undefined, 'Nothing is wrong with a disk in these 1 lines.'])
    expect(explanationView(large, asked).files.shown[0]?.sentence).toContain('empty')
  })
})
