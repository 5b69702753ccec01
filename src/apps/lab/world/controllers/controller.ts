import type { KubeletVersion } from '../../../../core/kubelet/kubelet-version.ts'
import type { Agenda } from '../agenda.ts'
import type { Chance } from '../chance.ts'
import type { EventRecorder } from '../event-recorder.ts'
import type { LabObjects } from '../lab-objects.ts'

/** What the controllers of the control plane work with. */
export interface ControlPlane {
  objects: LabObjects
  events: EventRecorder
  agenda: Agenda
  chance: Chance
  /** Of the control plane. */
  version: KubeletVersion
}

/** A controller sees a change, and acts, after a moment. */
const REACTION_MS = 20

/** Works on what has changed, each thing once, a moment after it has: by key, such as `namespace/name`. */
export function workQueue(
  agenda: Agenda,
  work: (key: string) => void,
): (key: string, waitMs?: number) => void {
  const waiting = new Map<string, { at: number; cancel: () => void }>()
  return (key, waitMs = REACTION_MS) => {
    const at = agenda.now() + waitMs
    const known = waiting.get(key)
    if (known && known.at <= at) return
    known?.cancel()
    const cancel = agenda.at(at, () => {
      waiting.delete(key)
      work(key)
    })
    waiting.set(key, { at, cancel })
  }
}

/** A key taken apart: `['namespace', 'name']`. */
export function splitKey(key: string): [namespace: string, name: string] {
  const [namespace = '', name = ''] = key.split('/')
  return [namespace, name]
}
