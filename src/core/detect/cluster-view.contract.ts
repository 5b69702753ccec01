import { say } from '../messages/message.ts'
import type { ClusterView } from '../observe/cluster-view.ts'
import { runClusterDetector, type ClusterDetector } from './cluster-detector.ts'
import { referenceText } from '../kubernetes/object-reference.ts'

/** A cluster of which nothing is known but what is given. */
export function clusterView(more: Partial<ClusterView> = {}): ClusterView {
  return { observedAt: 0, objects: {}, nodes: new Map(), gaps: [], ...more }
}

type Objects = ClusterView['objects']
type ListOf<P> = P extends { value: infer V } | undefined ? V : never

/** A cluster, an hour after the epoch, of which these objects are known and no others. */
export function clusterOf(
  objects: { [K in keyof Objects]?: ListOf<Objects[K]> },
  more: Partial<ClusterView> = {},
): ClusterView {
  const part = ([name, value]: [string, unknown]) => [name, { value, source: name, observedAt: HOUR }]
  const parts = Object.fromEntries(Object.entries(objects).map(part)) as Objects
  return clusterView({ observedAt: HOUR, objects: parts, ...more })
}

const HOUR = 3_600_000

/** So many seconds before what `clusterOf` shows, as the API writes it. */
export const ago = (seconds: number) => new Date(HOUR - seconds * 1000).toISOString()

/** What a detector says of a cluster, in English, after the object it says it of. */
export function clusterSentences(detector: ClusterDetector, cluster: ClusterView): string[] {
  return runClusterDetector(detector, cluster).map(
    ({ object, message }) => `${referenceText(object)}: ${say(message, 'en')}`,
  )
}
