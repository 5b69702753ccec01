import { describe, expect, it } from 'vitest'
import { isPodGone, type PodLife } from './pod-gone.ts'

const V21 = { minor: 21, patch: 0 }
const V22 = { minor: 22, patch: 0 }
const running: PodLife = {
  phase: 'Running',
  isEvicted: false,
  isDeletionRequested: false,
  hasRunningContainer: true,
}
const completed: PodLife = { ...running, phase: 'Succeeded', hasRunningContainer: false }
const failed: PodLife = { ...completed, phase: 'Failed' }
const evicted: PodLife = { ...running, phase: 'Failed', isEvicted: true }
const deleted: PodLife = { ...running, isDeletionRequested: true }
const stopped: PodLife = { ...deleted, hasRunningContainer: false }

/** For each pod: gone in a periodic pass up to 1.21, from 1.22 on, and likewise for the eviction manager. */
describe('pod gone (semantics §2.3)', () => {
  it.each<[string, PodLife | undefined, [boolean, boolean], [boolean, boolean]]>([
    ['running', running, [false, false], [false, false]],
    ['UID unknown to the kubelet', undefined, [true, true], [true, true]],
    ['evicted', evicted, [true, true], [true, true]],
    ['deletion requested, still running', deleted, [false, false], [false, false]],
    ['deletion requested, stopped', stopped, [true, true], [true, true]],
    ['completed', completed, [false, false], [true, true]],
    ['failed by itself', failed, [false, false], [true, true]],
    [
      'failed, a container still running',
      { ...failed, hasRunningContainer: true },
      [false, false],
      [true, false],
    ],
  ])('%s', (_, pod, periodic, eviction) => {
    const gone = (mode: 'periodic' | 'eviction') => [V21, V22].map((v) => isPodGone(pod, mode, v, true))
    expect([gone('periodic'), gone('eviction')]).toEqual([periodic, eviction])
  })

  it('from 1.22 on an unknown UID counts only once the first full sync has happened', () => {
    expect([V21, V22].map((version) => isPodGone(undefined, 'periodic', version, false))).toEqual([
      true,
      false,
    ])
    expect([V21, V22].map((version) => isPodGone(undefined, 'eviction', version, false))).toEqual([
      true,
      false,
    ])
  })
})
