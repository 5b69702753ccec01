import type { ResourceName } from '../../../../core/kubernetes/resources.ts'
import type { Clock } from '../../../../core/observe/clock.ts'
import type { ObjectChange, WatchState } from '../../../../core/observe/watched-objects.ts'
import { gapOf, type ApiFailure } from '../api-failure.ts'

/** How current a watch is, and who wants to know. */
export type WatchStatus<T> = ReturnType<typeof watchStatus<T>>

/** Keeps how current a watch is, and tells who wants to know. */
export function watchStatus<T>(resource: ResourceName, clock: Clock) {
  let state: WatchState = { phase: 'syncing', since: clock.now(), unreadable: 0 }
  const listeners = new Set<(change?: ObjectChange<T>) => void>()
  const change = (next: WatchState) => {
    state = next
    for (const call of listeners) call()
  }

  return {
    state: () => state,
    tell(told: ObjectChange<T>) {
      for (const call of listeners) call(told)
    },
    onChange(call: (change?: ObjectChange<T>) => void) {
      listeners.add(call)
      return () => void listeners.delete(call)
    },
    live() {
      if (state.phase === 'live') return
      change({ phase: 'live', since: clock.now(), unreadable: state.unreadable })
    },
    failed(failure: ApiFailure) {
      const gap = gapOf(failure, resource)
      // What never was complete is not stale but still on its way.
      const phase = state.phase === 'syncing' ? 'syncing' : 'stale'
      change({
        phase,
        since: state.phase === phase ? state.since : clock.now(),
        gap,
        unreadable: state.unreadable,
      })
    },
    unreadable(unreadable: number) {
      if (state.unreadable !== unreadable) change({ ...state, unreadable })
    },
  }
}
