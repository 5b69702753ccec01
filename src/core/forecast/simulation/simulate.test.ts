import { describe, expect, it } from 'vitest'
import type { Instant } from '../../units/instant.ts'
import {
  GIB,
  MINUTE,
  scriptedKubelet,
  scriptedPod,
  scriptedWorld,
  SECOND,
} from './scripted-world.contract.ts'
import { simulate } from './simulate.ts'
import { justStarted } from './simulated-kubelet.ts'
import type { World } from './world.ts'

/** At which instants a loop looks at the world, told by what it alone asks. */
function looks(of: 'limitedPods' | 'deadContainers', until: Instant): Instant[] {
  const seen: Instant[] = []
  const world = scriptedWorld({})
  const watched: World = {
    ...world,
    [of]: (at: Instant) => {
      seen.push(at)
      return []
    },
  }
  simulate(scriptedKubelet(20), watched, justStarted(0), until)
  return [...new Set(seen)]
}

describe('the loops (semantics §0.2)', () => {
  it('eviction manager: ten seconds after an idle pass has ended', () => {
    expect(looks('limitedPods', 31 * SECOND)).toEqual([41, 10_068, 20_095, 30_122])
  })

  it('container collection: every minute', () => {
    const everyMinute = looks('deadContainers', 3 * MINUTE).filter((at) => (at - 20) % MINUTE === 0)
    expect(everyMinute).toEqual([20, MINUTE + 20, 2 * MINUTE + 20])
  })

  it('image collection and detection: every five minutes, first the one and then the other', () => {
    const asked: Instant[] = []
    const world: World = { ...scriptedWorld({}), images: (at) => (asked.push(at), []) }
    simulate(scriptedKubelet(20), world, justStarted(0), 6 * MINUTE)
    expect(asked).toEqual([7, 24, 5 * MINUTE + 7, 5 * MINUTE + 24])
  })

  it('runs what is due at the last instant, and nothing later', () => {
    expect(looks('limitedPods', 10_067)).toEqual([41])
    expect(looks('limitedPods', 10_068)).toEqual([41, 10_068])
  })

  it('of loops that are due at once the collection of images comes first, the eviction manager last', () => {
    const asked: string[] = []
    const world: World = {
      ...scriptedWorld({}),
      images: () => (asked.push('images'), []),
      deadContainers: () => (asked.push('containers'), []),
      limitedPods: () => (asked.push('pods'), []),
    }
    const start = justStarted(0)
    const at = MINUTE
    const next = { imageGc: at, containerGc: at, detection: at, eviction: at }
    simulate(scriptedKubelet(20), world, { ...start, next }, at)
    const turns = asked.filter((one, index) => one !== asked[index - 1])
    expect(turns.slice(0, 4)).toEqual(['images', 'containers', 'images', 'pods'])
  })
})

describe('pods that come (semantics §3.12)', () => {
  const newcomers = (...minutes: readonly number[]) =>
    minutes.map((minute) => ({ at: minute * MINUTE, pod: scriptedPod(`at ${minute}`) }))
  const shortFrom = (minute: number) => (at: Instant) => (at >= minute * MINUTE ? 0.5 : 500) * GIB
  const settings = { imageGCHighThresholdPercent: 100, evictionHard: { 'nodefs.available': '1Gi' } }

  it('are refused from the pass on that finds pressure, each once, and take part in nothing', () => {
    const arrivals = [
      ...newcomers(1, 3),
      { at: 4 * MINUTE, pod: scriptedPod('critical', [], { isStatic: true }) },
    ]
    const world = scriptedWorld({ nodefs: shortFrom(2), arrivals })
    const { actions, state } = simulate(scriptedKubelet(20, settings), world, justStarted(0), 5 * MINUTE)
    const refused = actions.filter(({ kind }) => kind === 'reject-pod')
    expect(refused).toEqual([
      {
        at: 3 * MINUTE,
        kind: 'reject-pod',
        victims: [{ kind: 'pod', namespace: 'default', name: 'at 3', uid: 'at 3' }],
        victimSet: [],
        why: { key: 'simulate.why.rejected', params: null },
      },
    ])
    expect([[...state.effects.rejected], state.admittedUntil]).toEqual([['at 3'], 5 * MINUTE])
  })

  it('are not seen that came before the simulation goes on', () => {
    const world = scriptedWorld({ nodefs: shortFrom(0), arrivals: newcomers(1, 3) })
    const half = simulate(scriptedKubelet(20, settings), world, justStarted(0), 2 * MINUTE)
    const rest = simulate(scriptedKubelet(20, settings), world, half.state, 4 * MINUTE)
    const refused = (actions: typeof rest.actions) =>
      actions.filter(({ kind }) => kind === 'reject-pod').map(({ victims }) => victims[0]?.name)
    expect([refused(half.actions), refused(rest.actions)]).toEqual([['at 1'], ['at 3']])
  })
})

describe('what is said of pressure (semantics §3.6 step 9)', () => {
  const first = (configuration: object, script: Parameters<typeof scriptedWorld>[0]) =>
    simulate(
      scriptedKubelet(20, { imageGCHighThresholdPercent: 100, ...configuration }),
      scriptedWorld(script),
      justStarted(0),
      SECOND,
    ).actions[0]

  it('the threshold that is met, and what is available', () => {
    expect(first({ evictionHard: { 'imagefs.available': '15%' } }, { nodefs: () => 100 * GIB })).toEqual({
      at: 41,
      kind: 'pressure',
      victims: [],
      victimSet: [],
      why: {
        key: 'simulate.why.pressure',
        params: { signal: 'imagefs.available', quantity: '15%', available: 100 * GIB, unit: 'bytes' },
      },
    })
  })

  it('of inodes too', () => {
    expect(
      first({ evictionHard: { 'nodefs.inodesFree': '5%' } }, { inodesFree: () => 7 })?.why.params,
    ).toEqual({
      signal: 'nodefs.inodesFree',
      quantity: '5%',
      available: 7,
      unit: 'inodes',
    })
  })

  it('once when it begins, and once when it ends', () => {
    const world = scriptedWorld({ nodefs: (at) => (at >= MINUTE && at < 2 * MINUTE ? 0.5 : 500) * GIB })
    const kubelet = scriptedKubelet(20, {
      imageGCHighThresholdPercent: 100,
      evictionHard: { 'nodefs.available': '1Gi' },
    })
    const { actions } = simulate(kubelet, world, justStarted(0), 20 * MINUTE)
    const said = actions.filter(({ kind }) => kind.startsWith('pressure'))
    expect(said.map(({ kind, victims, victimSet }) => [kind, victims, victimSet])).toEqual([
      ['pressure', [], []],
      ['pressure-cleared', [], []],
    ])
    expect(said[1]?.why.key).toBe('simulate.why.pressure-cleared')
    // Five minutes after the last pass that found it.
    expect([(said[1]?.at ?? 0) >= 7 * MINUTE - 10_027, (said[1]?.at ?? 0) < 7 * MINUTE + 10_027]).toEqual([
      true,
      true,
    ])
  })
})

describe('an eviction manager that does nothing', () => {
  it('while the kubelet has no figures, and comes again', () => {
    const world: World = { ...scriptedWorld({ nodefs: () => 0 }), filesystems: () => undefined }
    const { actions, state } = simulate(scriptedKubelet(20), world, justStarted(0), SECOND)
    expect([actions, state.next.eviction]).toEqual([[], 10_068])
  })

  it('on a split layout in 1.29 and 1.30, where a pass ends with an error (semantics §3.3)', () => {
    const acts = (minor: number) => {
      const settings = { imageGCHighThresholdPercent: 100, evictionHard: { 'nodefs.available': '1Gi' } }
      const kubelet = scriptedKubelet(minor, settings, { layout: 'split-container' })
      const world = scriptedWorld({ nodefs: () => 0 })
      return simulate(kubelet, world, justStarted(0), SECOND).actions.length > 0
    }
    expect([29, 30, 31].map(acts)).toEqual([false, false, true])
  })

  it('where all pods are exempt it reclaims at every pass, and kills nobody (semantics §3.9)', () => {
    const settings = { imageGCHighThresholdPercent: 100, evictionHard: { 'nodefs.available': '1Gi' } }
    const world = scriptedWorld({ nodefs: () => 0, pods: [scriptedPod('critical', [1], { isStatic: true })] })
    const { actions } = simulate(scriptedKubelet(20, settings), world, justStarted(0), 25 * SECOND)
    expect(actions.map(({ kind }) => kind)).toEqual([
      'pressure',
      'reclaim-containers',
      'reclaim-images',
      'reclaim-containers',
      'reclaim-images',
      'reclaim-containers',
      'reclaim-images',
    ])
  })
})
