import type { z } from 'zod'
import { message } from '../messages/message.ts'
import type { Severity } from '../incident/severity.ts'
import type { ClusterView } from '../observe/cluster-view.ts'
import type { Finding, Found } from './finding.ts'

/** A member of the registry of what is looked for in a cluster. The sentence of a finding lives in the catalogue under `finding.<id>`. */
export interface ClusterDetector<Options extends z.ZodType = z.ZodType> {
  /** The file's name; thing and state. */
  id: string
  reason: string
  severity: Severity
  /** One sentence for docs/detectors.md. */
  summary: string
  options: Options
  /** What is wrong with which object; empty when nothing is, and when what it needs was not observed. */
  detect(cluster: ClusterView, options: z.output<Options>): Found[]
}

/** Declares a detector of a cluster. */
export function defineClusterDetector<Options extends z.ZodType>(
  detector: ClusterDetector<Options>,
): ClusterDetector {
  return detector
}

/** So many objects are told of one by one. */
const MOST_FINDINGS = 100

/** Runs a detector with its default options. Where very many objects are in the same state, the rest is told as a number. */
export function runClusterDetector(detector: ClusterDetector, cluster: ClusterView): Finding[] {
  const { id, reason, severity } = detector
  const all = detector.detect(cluster, detector.options.parse({}))
  const told = all.slice(0, MOST_FINDINGS)
  const count = all.length - told.length
  if (count > 0) {
    const rest = message('finding.more-of-the-same', { count, reason })
    told.push({ object: { kind: 'Cluster', name: id }, message: rest })
  }
  return told.map((found) => ({ id, reason, severity, ...found }))
}
