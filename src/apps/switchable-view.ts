import type { PatrolView } from '../http/patrol-view.ts'
import type { RoundEvent } from '../http/contract.ts'

/** A view that can be of another patrol from one moment to the next: whoever listens hears of the new one. */
export interface SwitchableView extends PatrolView {
  show(view: PatrolView): void
}

/** Shows a first patrol. */
export function switchableView(first: PatrolView): SwitchableView {
  let current = first
  const listeners = new Set<(event: RoundEvent) => void>()
  const listen = () => current.onRound((event) => listeners.forEach((listener) => listener(event)))
  let end = listen()
  return {
    show(view) {
      end()
      current = view
      end = listen()
    },
    status: () => current.status(),
    incidents: (...asked) => current.incidents(...asked),
    incident: (...asked) => current.incident(...asked),
    changes: (...asked) => current.changes(...asked),
    deliveries: (...asked) => current.deliveries(...asked),
    findings: () => current.findings(),
    nodes: (...asked) => current.nodes(...asked),
    node: (...asked) => current.node(...asked),
    usage: (...asked) => current.usage(...asked),
    forecast: (...asked) => current.forecast(...asked),
    controlLab: (request) => current.controlLab(request),
    onRound(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
