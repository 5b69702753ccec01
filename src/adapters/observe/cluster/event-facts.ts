import type { Fact } from '../../../core/explain/facts/fact.ts'
import { kubernetesEventRecord } from '../../../core/explain/frame/kubernetes-event.ts'
import { readFacts } from '../../../core/explain/read-facts.ts'
import type { Event } from '../../../core/kubernetes/event.ts'
import type { Pod } from '../../../core/kubernetes/pod.ts'
import { parseInstant } from '../../../core/units/instant.ts'

/** What events state, each statement once however often they are looked at. */
export interface EventReader {
  /** What is new since the last call: of nodes by name, and of none. */
  read(
    events: readonly Event[],
    pods: readonly Pod[],
  ): { ofNodes: ReadonlyMap<string, Fact[]>; ofNone: Fact[] }
}

/** Reads the events of a cluster again and again. It remembers the ones that are there, and no others. */
export function eventReader(): EventReader {
  let known: ReadonlyMap<string, string> = new Map()
  return {
    read(events, pods) {
      const now = new Map<string, string>()
      const nodeOf = nodesOf(pods)
      const ofNodes = new Map<string, Fact[]>()
      const ofNone: Fact[] = []
      for (const event of events) {
        const id = event.metadata.uid ?? `${event.metadata.namespace ?? ''}/${event.metadata.name}`
        const last = lastStated(event) ?? ''
        const before = known.get(id)
        now.set(id, last)
        if (before === last) continue
        const node = nodeOf(event)
        for (const fact of factsOf(event, node, before === undefined)) {
          if (node === null) ofNone.push(fact)
          else ofNodes.set(node, [...(ofNodes.get(node) ?? []), fact])
        }
      }
      known = now
      return { ofNodes, ofNone }
    },
  }
}

/** What an event states at first, if that is new, and when it was stated last. */
function factsOf(event: Event, node: string | null, isNew: boolean): Fact[] {
  const place = {
    file: `events/${event.metadata.namespace ?? 'default'}/${event.metadata.name}`,
    line: 0,
    node,
  }
  const first = isNew ? readFacts(kubernetesEventRecord(event, place)) : []
  const last = lastStated(event)
  const again = last !== undefined && last !== firstStated(event)
  return again
    ? [...first, ...readFacts(kubernetesEventRecord({ ...event, firstTimestamp: last }, place))]
    : first
}

function firstStated({ firstTimestamp, eventTime, metadata }: Event): string | undefined {
  return firstTimestamp ?? eventTime ?? metadata.creationTimestamp
}

function lastStated(event: Event): string | undefined {
  const texts = [event.series?.lastObservedTime, event.lastTimestamp, firstStated(event)]
  const stated = texts.flatMap((text) => {
    const at = parseInstant(text ?? '')
    return text === null || text === undefined || at === undefined ? [] : [{ text, at }]
  })
  return stated.toSorted((a, b) => b.at - a.at)[0]?.text
}

/** The node an event belongs to: of a pod that is known, the one it is on; else the one whose kubelet reports it. */
function nodesOf(pods: readonly Pod[]): (event: Event) => string | null {
  const byUid = new Map<string, string>()
  for (const { metadata, spec } of pods) {
    if (metadata.uid !== undefined && spec.nodeName !== undefined) byUid.set(metadata.uid, spec.nodeName)
  }
  return ({ involvedObject, source }) => {
    if (involvedObject.kind === 'Node') return involvedObject.name ?? null
    return (
      byUid.get(involvedObject.uid ?? '') ?? (source?.component === 'kubelet' ? source.host || null : null)
    )
  }
}
