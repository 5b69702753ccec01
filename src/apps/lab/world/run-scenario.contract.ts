import type { Scenario } from '../scenario.ts'
import { createLabWorld, type LabWorld } from './lab-world.ts'
import { fullName, type EventObject, type PodObject } from './objects.ts'

/** When every scenario begins in a test. */
export const BEGUN_AT = Date.UTC(2026, 10, 24, 8, 21, 24)

/** A scenario that has run for so long. */
export function runFor(scenario: Scenario, seconds: number): LabWorld {
  const world = createLabWorld(scenario, BEGUN_AT)
  world.agenda.runUntil(BEGUN_AT + seconds * 1000)
  return world
}

/** The log of a node without its headers and without what is said every second or two; UIDs and ids as `…`. */
export function saidBy(world: LabWorld, node: string): string[] {
  const log = world.kubelets.get(node)?.log.read(world.agenda.now()) ?? ''
  return log
    .split('\n')
    .filter((line) => line !== '' && !/file_linux\.go|kubelet_volumes\.go/.test(line))
    .map((line) => line.replace(/^.*?\] /, '').replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22}/g, '…'))
}

/** The events as `Reason kind/name message`, by the instant of the first statement. */
export function events(world: LabWorld): string[] {
  return world.objects
    .list<EventObject>('events')
    .toSorted((a, b) => Date.parse(a.firstTimestamp) - Date.parse(b.firstTimestamp))
    .map(({ reason, involvedObject: { kind, name }, message }) => `${reason} ${kind}/${name} ${message}`)
}

/** The pods as `namespace/name node phase reason`. */
export function pods(world: LabWorld): string[] {
  return world.objects.list<PodObject>('pods').map((pod) => {
    const waiting = pod.status.containerStatuses?.flatMap(({ state }) => state.waiting?.reason ?? [])[0]
    return [fullName(pod), pod.spec.nodeName ?? '-', pod.status.phase, pod.status.reason ?? waiting ?? '']
      .join(' ')
      .trim()
  })
}
