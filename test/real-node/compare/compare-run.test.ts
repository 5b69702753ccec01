import { describe, expect, it } from 'vitest'
import { compareAhead } from './ahead.ts'
import { compareConditional } from './conditional.ts'
import { compareRun } from './compare-run.ts'
import { differentialTable } from './differential-table.ts'
import { readActs } from './kubelet-acts.ts'

const LOG = [
  'W1126 17:09:53.814059      70 eviction_manager.go:344] eviction manager: attempting to reclaim ephemeral-storage',
  'I1126 17:09:53.815000      70 image_gc_manager.go:321] attempting to delete unused images',
  'I1126 17:09:53.840050      70 image_gc_manager.go:375] [imageGCManager]: Removing image "sha256:aa" to free 10 bytes',
  'I1126 17:09:53.849717      70 image_gc_manager.go:375] [imageGCManager]: Removing image "sha256:bb" to free 20 bytes',
  'I1126 17:10:03.900000      70 eviction_manager.go:355] eviction manager: must evict pod(s) to reclaim ephemeral-storage',
  'I1126 17:10:05.100000      70 eviction_manager.go:566] eviction manager: pod es_log(0a-1b) is evicted successfully',
].join('\n')

const acts = readActs(LOG, 2026)

describe('what a kubelet did, by its log', () => {
  it('is passes and pods at the instants at which they were decided', () => {
    const at = (time: string) => Date.parse(`2026-11-26T${time}Z`)
    expect(acts.acts).toEqual([
      {
        kind: 'images',
        at: at('17:09:53.815'),
        images: [
          { id: 'sha256:aa', bytes: 10 },
          { id: 'sha256:bb', bytes: 20 },
        ],
      },
      { kind: 'pod', at: at('17:10:03.900'), uid: '0a-1b', name: 'es' },
    ])
    expect(acts.firstActionAt).toBe(at('17:09:53.814'))
  })

  it('differs from a simulation in which nothing happens, and each difference is told', () => {
    const { differences } = compareConditional([], acts)
    expect(differences.join('\n')).toContain('evicted: ["0a-1b"], simulated []')
    expect(differences.join('\n')).toContain('removed, not simulated: sha256:aa')
    expect(differences.join('\n')).toContain('bytes freed: 30, simulated 0 to 0')
  })

  it('is wrong in a forecast that has none of it, and a set is right with any of its members', () => {
    const forecast = { madeAt: 0, actions: [] } as unknown as Parameters<typeof compareAhead>[0]
    expect(compareAhead(forecast, acts).map(({ isRight, isInTime }) => [isRight, isInTime])).toEqual([
      [false, false],
      [false, false],
    ])
    const pod = (uid: string) => ({ kind: 'pod', namespace: 'log', name: uid, uid })
    const evict = {
      kind: 'evict-pod',
      victims: [],
      victimSet: [pod('0a-1b'), pod('other')],
      taken: { min: 1, max: 1 },
      at: { p10: 1, p50: 2, p90: null },
    }
    const tied = { ...forecast, actions: [evict] } as unknown as Parameters<typeof compareAhead>[0]
    expect(compareAhead(tied, acts)[1]).toMatchObject({ isRight: true, isInTime: true })
  })
})

it('finds the recorded incident simulated exactly, and writes it down', async () => {
  const run = await compareRun('recordings/incident')
  expect(run.conditional).toEqual({
    evicted: ['es-0'],
    removedImages: 6,
    removedBytes: 767_707_669,
    differences: [],
  })
  expect(run.ahead).toBeUndefined()
  expect(differentialTable([{ name: 'incident', ...run }])).toMatch(/`incident` .* 767707669 \| exact \|/)
})
