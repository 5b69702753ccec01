import { z } from 'zod'
import { list } from './list.ts'

const Requirement = z.object({ key: z.string(), operator: z.string(), values: list(z.string()) })
export type Requirement = z.infer<typeof Requirement>

/** Which nodes, by labels and fields: what a term lists holds together, of the terms one suffices. */
export const NodeSelectorTerm = z.object({
  matchExpressions: list(Requirement),
  matchFields: list(Requirement),
})
export type NodeSelectorTerm = z.infer<typeof NodeSelectorTerm>

export const NodeSelector = z.object({ nodeSelectorTerms: list(NodeSelectorTerm) })

/** Which objects, by labels. An absent one selects nothing, an empty one everything. */
export const LabelSelector = z.object({
  matchLabels: z.record(z.string(), z.string()).nullish(),
  matchExpressions: list(Requirement),
})
export type LabelSelector = z.infer<typeof LabelSelector>
