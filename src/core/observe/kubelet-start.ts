import type { Event } from '../kubernetes/event.ts'
import type { Summary } from '../kubernetes/summary.ts'
import { parseInstant, type Instant } from '../units/instant.ts'

/** When a kubelet started, as its summary says it: since when its own control group runs. */
export function startInSummary({ node }: Summary): Instant | undefined {
  const kubelet = node.systemContainers?.find(({ name }) => name === 'kubelet')
  return parseInstant(kubelet?.startTime ?? '')
}

/** When each kubelet last started, by the name of its Node, as far as events of that are kept (semantics §9: `Starting`). */
export function startsInEvents(events: readonly Event[]): ReadonlyMap<string, Instant> {
  const starts = new Map<string, Instant>()
  for (const { reason, message, involvedObject, lastTimestamp, firstTimestamp, eventTime } of events) {
    const { kind, name } = involvedObject
    // kube-proxy starts by the same reason.
    if (reason !== 'Starting' || kind !== 'Node' || name === undefined || !/\bkubelet\b/i.test(message))
      continue
    const at = parseInstant(lastTimestamp ?? eventTime ?? firstTimestamp ?? '')
    if (at !== undefined) starts.set(name, Math.max(at, starts.get(name) ?? at))
  }
  return starts
}

/** The latest of what several sources say of a start. */
export function latestStart(...told: readonly (Instant | undefined)[]): { kubeletStartedAt?: Instant } {
  const starts = told.filter((at) => at !== undefined)
  return starts.length === 0 ? {} : { kubeletStartedAt: Math.max(...starts) }
}
