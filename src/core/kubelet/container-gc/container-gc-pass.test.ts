import { describe, expect, it } from 'vitest'
import { containerGcPass, type ContainerGcInput } from './container-gc-pass.ts'
import { DEFAULT_CONTAINER_GC_POLICY } from './container-gc-policy.ts'
import { isPodGone, type PodLife } from './pod-gone.ts'

const V20 = { minor: 20, patch: 2 }
const HOUR = 3_600_000
const lives: Readonly<Record<string, PodLife>> = {
  job: { phase: 'Succeeded', isEvicted: false, isDeletionRequested: false, hasRunningContainer: false },
  es: { phase: 'Failed', isEvicted: true, isDeletionRequested: false, hasRunningContainer: false },
  web: { phase: 'Running', isEvicted: false, isDeletionRequested: false, hasRunningContainer: true },
}
const container = (podUid: string, createdAt: number) => ({
  id: `${podUid}-${createdAt}`,
  podUid,
  name: 'c',
  state: 'EXITED' as const,
  createdAt,
  sandboxId: podUid,
})
const input: ContainerGcInput = {
  at: HOUR,
  containers: ['job', 'es', 'web'].flatMap((uid) => [container(uid, 2), container(uid, 1)]),
  sandboxes: Object.keys(lives).map((uid) => ({
    id: uid,
    podUid: uid,
    isReady: uid === 'web',
    createdAt: 0,
  })),
  logDirectories: ['batch_job-x_job', 'log_es-0_es', 'default_web_web'],
  logLinks: [],
  areSourcesReady: true,
  isPodGone: (uid, mode) => isPodGone(lives[uid], mode, V20, true),
}
const removed = (
  mode: 'periodic' | 'eviction',
  policy = DEFAULT_CONTAINER_GC_POLICY,
  more: Partial<ContainerGcInput> = {},
) => {
  const pass = containerGcPass({ ...input, ...more }, policy, mode)
  return {
    containers: pass.containers.removals.map(({ container: { id } }) => id),
    sandboxes: pass.sandboxes.removed.map(({ id }) => id),
    logs: pass.logDirectories,
  }
}

describe('a pass (semantics §2.2, §2.6)', () => {
  it('keeps the last container of a Completed Job, and with it its image in use (semantics §2.3)', () => {
    expect(removed('periodic')).toEqual({
      containers: ['es-1', 'es-2', 'job-1', 'web-1'],
      sandboxes: ['es'],
      logs: ['log_es-0_es'],
    })
  })

  it('frees it for the eviction manager, which spares the newest dead container of a pod that lives', () => {
    expect(removed('eviction')).toEqual({
      containers: ['job-1', 'job-2', 'es-1', 'es-2', 'web-1'],
      sandboxes: ['job', 'es'],
      logs: ['log_es-0_es'],
    })
  })

  it('keeps the minimum age for the eviction manager too, and a container pins its sandbox', () => {
    expect(removed('eviction', { ...DEFAULT_CONTAINER_GC_POLICY, minimumAge: HOUR })).toEqual({
      containers: [],
      sandboxes: [],
      logs: ['log_es-0_es'],
    })
  })

  it('takes no pod for gone before the sources are ready, but for sandboxes without containers', () => {
    expect(removed('periodic', DEFAULT_CONTAINER_GC_POLICY, { areSourcesReady: false })).toEqual({
      containers: ['job-1', 'es-1', 'web-1'],
      sandboxes: [],
      logs: [],
    })
  })
})
