import { say } from '../messages/message.ts'
import type { ClusterView } from '../observe/cluster-view.ts'
import { runClusterDetector, type ClusterDetector } from './cluster-detector.ts'
import { referenceText } from '../kubernetes/object-reference.ts'

/** A cluster of which nothing is known but what is given. */
export function clusterView(more: Partial<ClusterView> = {}): ClusterView {
  return { observedAt: 0, objects: {}, nodes: new Map(), gaps: [], ...more }
}

/** What a detector says of a cluster, in English, after the object it says it of. */
export function clusterSentences(detector: ClusterDetector, cluster: ClusterView): string[] {
  return runClusterDetector(detector, cluster).map(
    ({ object, message }) => `${referenceText(object)}: ${say(message, 'en')}`,
  )
}
