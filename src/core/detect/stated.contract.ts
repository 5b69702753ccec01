import type { FoldedFact } from '../explain/facts/fact.ts'
import { foldFacts } from '../explain/fold.ts'
import { createFramer } from '../explain/frame/framer.ts'
import { kubernetesEventRecord } from '../explain/frame/kubernetes-event.ts'
import { readFacts } from '../explain/read-facts.ts'
import { Event } from '../kubernetes/event.ts'

/** What lines of a kubelet's log state, each without its header, at so many seconds after the epoch. */
export function statedByKubelet(messages: readonly string[], seconds = 0): FoldedFact[] {
  const framer = createFramer({ file: 'kubelet.log', year: 1970, node: 'n1' })
  const time = new Date(seconds * 1000).toISOString().slice(11, 19)
  const lines = messages.map((text) => `E0101 ${time}.000000 1 file.go:1] ${text}`)
  return foldFacts([], [...lines.flatMap((line) => framer.push(line)), ...framer.end()].flatMap(readFacts))
}

/** What an event about a pod of the namespace `app` states. */
export function statedByEvent(pod: string, reason: string, message: string, at: string): FoldedFact[] {
  const event = Event.parse({
    metadata: { name: 'e' },
    reason,
    message,
    involvedObject: { kind: 'Pod', namespace: 'app', name: pod },
    firstTimestamp: at,
  })
  return foldFacts([], readFacts(kubernetesEventRecord(event, { file: 'events', line: 1, node: 'n1' })))
}
