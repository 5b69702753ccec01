import { isAtLeast } from '../../../../core/kubelet/kubelet-version.ts'
import type { Instant } from '../../../../core/units/instant.ts'
import type { Agenda } from '../agenda.ts'
import type { EventRecorder } from '../event-recorder.ts'
import { toSeconds } from '../kubernetes-time.ts'
import type { LabObjects } from '../lab-objects.ts'
import type { NodeObject } from '../objects.ts'
import type { KubeletLog } from './kubelet-log.ts'
import type { KubeletWords } from './kubelet-words.ts'
import { diskPressure, nodeLease, statusImages } from './node-object.ts'
import type { NodeState } from './node-state.ts'

/** Tells the API how a node is. */
export interface NodeReporter {
  /** Something has changed: it is told with the next report, within ten seconds. */
  changed(hasDiskPressure: boolean): void
}

/** What it works with. */
export interface ReporterParts {
  node: NodeState
  agenda: Agenda
  objects: LabObjects
  events: EventRecorder
  log: KubeletLog
  words: KubeletWords
  startedAt: Instant
  /** Whether leases and heartbeats are renewed: in a large fleet they would be most of what happens. */
  hasHeartbeat: boolean
}

const REPORT_MS = 10_000
/** After the start of the kubelet. */
const FIRST_REPORT_MS = 350
const HEARTBEAT_MS = 300_000

/** A changed condition is told at the next tick of ten seconds (semantics §0.2), all else with it. */
export function createNodeReporter(parts: ReporterParts): NodeReporter {
  const { node, agenda, objects, events, log, words, startedAt } = parts
  const { name } = node.plan
  let isDue = false
  let pressure = false
  let heartbeatAt = agenda.now() + HEARTBEAT_MS

  const firstTick = startedAt + FIRST_REPORT_MS
  const nextTick = () => firstTick + (Math.floor((agenda.now() - firstTick) / REPORT_MS) + 1) * REPORT_MS

  function report(): void {
    isDue = false
    const now = agenda.now()
    const object = objects.get<NodeObject>('nodes', undefined, name)
    if (!object) return
    const had = object.status.conditions.some(
      ({ type, status }) => type === 'DiskPressure' && status === 'True',
    )
    const conditions = object.status.conditions.map((condition) =>
      condition.type === 'DiskPressure' && had !== pressure
        ? diskPressure(pressure, now)
        : { ...condition, lastHeartbeatTime: toSeconds(now) },
    )
    objects.update('nodes', {
      ...object,
      status: { ...object.status, conditions, images: statusImages(node.images) },
    })
    if (had === pressure) return
    const reason = pressure ? 'NodeHasDiskPressure' : 'NodeHasNoDiskPressure'
    log.write(now, words.recording(reason, name))
    events.record(object, 'Normal', reason, `Node ${name} status is now: ${reason}`, {
      component: 'kubelet',
      host: name,
    })
  }

  function beat(): void {
    const now = agenda.now()
    const lease = objects.get('leases', 'kube-node-lease', name)
    if (lease) objects.update('leases', { ...lease, ...nodeLease(name, now), metadata: lease.metadata })
    if (now >= heartbeatAt) {
      heartbeatAt = now + HEARTBEAT_MS
      report()
    }
    agenda.after(REPORT_MS, beat)
  }

  if (parts.hasHeartbeat && isAtLeast(node.version, 14)) agenda.at(nextTick(), beat)
  return {
    changed(hasDiskPressure) {
      pressure = hasDiskPressure
      if (isDue) return
      isDue = true
      agenda.at(nextTick(), report)
    },
  }
}
