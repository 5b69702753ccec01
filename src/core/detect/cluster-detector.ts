import type { z } from 'zod'
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

/** Runs a detector with its default options. */
export function runClusterDetector(detector: ClusterDetector, cluster: ClusterView): Finding[] {
  const { id, reason, severity } = detector
  return detector
    .detect(cluster, detector.options.parse({}))
    .map((found) => ({ id, reason, severity, ...found }))
}
