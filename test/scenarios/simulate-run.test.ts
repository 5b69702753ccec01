import { existsSync, readdirSync } from 'node:fs'
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterAll, describe, expect, it } from 'vitest'
import { readRecordedRun } from '../../src/adapters/observe/recording/recorded-run.ts'
import { simulateRun } from '../../src/core/forecast/recorded/simulate-run.ts'
import type { SimulatedAction, Victim } from '../../src/core/forecast/simulation/action.ts'

const FOLDER = path.join(import.meta.dirname, '../../recordings')
const location = (name: string) => path.join(FOLDER, name)
const RECORDINGS = readdirSync(FOLDER).filter((name) =>
  existsSync(path.join(location(name), 'kubelet.log.gz')),
)
const kubeletLog = async (name: string) =>
  gunzipSync(await readFile(path.join(location(name), 'kubelet.log.gz'))).toString('utf8')

const simulated = async (name: string) => simulateRun(await readRecordedRun(location(name))) ?? []

/** What a recording does not tell: there the simulation is known to say something else. */
const BEYOND: Readonly<Record<string, string>> = {
  // What a reclaim left was 6 KiB short of the threshold, and gone again before the next reading a second later.
  'container-gc-evict': 'pods evicted and refused',
  // The kubelet recorded an image anew that it had just removed (semantics §1.2), so that it was old when it came back.
  'image-churn': 'bytes wanted, and bytes freed',
}

/** One test for each recording; one that is known to fail has to. */
function forEach(what: string, test: (name: string) => Promise<void>): void {
  for (const name of RECORDINGS) (BEYOND[name] === what ? it.fails : it)(`${name}: ${what}`, () => test(name))
}

/** Every group of a pattern's matches in a text. */
const all = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(([, ...groups]) => groups)
const keyOf = (victim: Victim) => (victim.kind === 'pod' ? victim.uid : victim.id)
const taken = (actions: readonly SimulatedAction[], kinds: readonly string[]) => {
  const some = actions.filter(({ kind }) => kinds.includes(kind))
  return {
    certain: some.flatMap(({ victims }) => victims.map(keyOf)),
    possible: some.flatMap(({ victims, victimSet }) => [...victims, ...victimSet].map(keyOf)),
  }
}

describe('what a real kubelet did, and what the simulation says it must have done', () => {
  it('is compared on every recording', () => expect(RECORDINGS.length).toBeGreaterThanOrEqual(25))

  forEach('images removed', async (name) => {
    const removed = all(await kubeletLog(name), /Removing image "(.+?)" to free/g).map(([id]) => id)
    const { certain, possible } = taken(await simulated(name), [
      'image-gc',
      'image-gc-failed',
      'reclaim-images',
    ])
    expect(removed.filter((id) => !possible.includes(id ?? ''))).toEqual([])
    expect(certain.filter((id) => !removed.includes(id))).toEqual([])
  })

  forEach('pods evicted and refused', async (name) => {
    const log = await kubeletLog(name)
    const actions = await simulated(name)
    expect(taken(actions, ['evict-pod']).certain).toEqual(
      all(log, /eviction manager: pod \S+?\(([\w-]+)\) is evicted successfully/g).map(([uid]) => uid),
    )
    expect(taken(actions, ['reject-pod']).certain.toSorted((a, b) => a.localeCompare(b))).toEqual(
      all(log, /Failed to admit pod \S+?\(([\w-]+)\)/g)
        .map(([uid = '']) => uid)
        .toSorted((a, b) => a.localeCompare(b)),
    )
  })

  forEach('images in use spared', async (name) => {
    const log = await kubeletLog(name)
    const inUse = all(log, /(\d\d:\d\d:\d\d)\.\d+ .*Image ID (\S+) is being used/g).map(([time, id]) => ({
      at: Date.parse(`1970-01-01T${time}Z`),
      id,
    }))
    const passes = (await simulated(name)).filter(({ victims, victimSet }) =>
      [...victims, ...victimSet].some(({ kind }) => kind === 'image'),
    )
    for (const { at, victims, victimSet } of passes) {
      const used = inUse.filter((seen) => Math.abs(seen.at - (at % 86_400_000)) <= 2000).map(({ id }) => id)
      expect([...victims, ...victimSet].map(keyOf).filter((id) => used.includes(id))).toEqual([])
    }
  })

  forEach('bytes wanted, and bytes freed', async (name) => {
    const log = await kubeletLog(name)
    const passes = (await simulated(name)).filter(({ kind }) => kind.startsWith('image-gc'))
    expect(passes.map(({ wantedBytes }) => wantedBytes)).toEqual(
      all(log, /Trying to free (\d+) bytes/g).map(([bytes]) => Number(bytes)),
    )
    const failures = passes.filter(({ kind }) => kind === 'image-gc-failed')
    const freed = all(log, /Wanted to free \d+ bytes, but freed (\d+) bytes/g).map(([bytes]) => Number(bytes))
    const firstOpen = passes.findIndex(({ victimSet }) => victimSet.length > 0)
    // A range only where an undefined order came before.
    for (const [index, { kind, freedBytes }] of passes.entries()) {
      if (kind !== 'image-gc-failed' || (firstOpen !== -1 && firstOpen < index)) continue
      expect(freedBytes?.min).toBe(freedBytes?.max)
    }
    expect(
      failures.map(({ freedBytes: { min, max } = { min: -1, max: -1 } }, index) =>
        Math.min(Math.max(freed[index] ?? -2, min), max),
      ),
    ).toEqual(freed)
    const sizes = all(log, /Removing image ".+?" to free (\d+) bytes/g).map(([bytes]) => Number(bytes))
    const total = sizes.reduce((sum, size) => sum + size, 0)
    const all_ = (await simulated(name)).flatMap(({ freedBytes }) => freedBytes ?? [])
    const said = (bound: 'min' | 'max') => all_.reduce((sum, range) => sum + range[bound], 0)
    expect(said('min')).toBeLessThanOrEqual(total)
    expect(said('max')).toBeGreaterThanOrEqual(total)
  })

  it('says when, to within two seconds', async () => {
    const log = await kubeletLog('incident')
    const at = (words: RegExp) => Date.parse(`2026-11-24T${words.exec(log)?.[1] ?? ''}Z`)
    const first = (await simulated('incident')).find(({ kind }) => kind === 'evict-pod')
    expect(Math.abs((first?.at ?? 0) - at(/(\d\d:\d\d:\d\d\.\d+) .*must evict/))).toBeLessThan(2000)
  })

  it('names the second pass of the incident: six images, the pause image and busybox among them', async () => {
    const last = (await simulated('incident')).findLast(({ kind }) => kind === 'reclaim-images')
    const names = (last?.victims ?? []).map((victim) => (victim.kind === 'image' ? victim.name : ''))
    expect(names).toHaveLength(6)
    expect(names).toEqual(expect.arrayContaining(['lab.local/pause:3.2', 'lab.local/busybox:1.35']))
    // Used until its pod was evicted, so last in the order.
    expect(names.at(-1)).toBe('lab.local/busybox:1.35')
    expect(last?.freedBytes).toEqual({ min: 767_707_669, max: 767_707_669 })
  })
})

describe('what it may know', () => {
  const folders: string[] = []
  afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true }))))

  it.each(RECORDINGS)(
    '%s: nothing of what the kubelet logged about collections and evictions',
    async (name) => {
      const folder = await mkdtemp(path.join(tmpdir(), 'simulate-'))
      folders.push(folder)
      await cp(location(name), folder, { recursive: true })
      await rm(path.join(folder, 'kubelet.log.gz'))
      const kept = (await kubeletLog(name))
        .split('\n')
        .filter(
          (line) =>
            !/image_gc_manager|eviction_manager|container_gc|kuberuntime_gc|helpers\.go|arbage|evict/i.test(
              line,
            ),
        )
      await writeFile(path.join(folder, 'kubelet.log'), kept.join('\n'))
      expect(simulateRun(await readRecordedRun(folder))).toEqual(await simulated(name))
    },
  )
})
