import type { z } from 'zod'
import type { Severity } from '../incident/severity.ts'
import type { Message } from '../messages/message.ts'
import type { NodeView } from '../observe/node-view.ts'
import type { Finding } from './finding.ts'

/** A member of the registry of what is looked for on a Node. The sentence of a finding lives in the catalogue under `finding.<id>`. */
export interface Detector<Options extends z.ZodType = z.ZodType> {
  /** The file's name; thing and state. */
  id: string
  reason: string
  severity: Severity
  /** One sentence for docs/detectors.md. */
  summary: string
  options: Options
  /** What is wrong with the node, as messages; empty when nothing is. */
  detect(view: NodeView, options: z.output<Options>): Message[]
}

/** Declares a detector. */
export function defineDetector<Options extends z.ZodType>(detector: Detector<Options>): Detector {
  return detector
}

/** Runs a detector with its default options. */
export function runDetector(detector: Detector, view: NodeView): Finding[] {
  const { id, reason, severity } = detector
  const object = { kind: 'Node', name: view.name }
  return detector
    .detect(view, detector.options.parse({}))
    .map((message) => ({ id, reason, severity, object, node: view.name, message }))
}
