import { isEnded, type PodObject } from '../objects.ts'
import type { ControlPlane } from './controller.ts'

/** More ended pods than these are not kept (semantics §3.11). */
const MOST_ENDED = 12_500
const LOOK_MS = 20_000

/** Removes the oldest ended pods when there are too many; it looks only while pods end. */
export function runPodGarbage({ objects, agenda }: ControlPlane): void {
  let isDue = false
  objects.onChange(({ resource, type, object }) => {
    if (resource !== 'pods' || type !== 'MODIFIED' || isDue || !isEnded(object as PodObject)) return
    isDue = true
    agenda.after(LOOK_MS, () => {
      isDue = false
      const ended = objects.list<PodObject>('pods').filter(isEnded)
      const age = ({ metadata }: PodObject) => metadata.creationTimestamp ?? ''
      const oldestFirst = ended.toSorted((a, b) => (age(a) < age(b) ? -1 : 1))
      for (const { metadata } of oldestFirst.slice(0, Math.max(0, ended.length - MOST_ENDED))) {
        objects.remove('pods', metadata.namespace, metadata.name, 'now')
      }
    })
  })
}
