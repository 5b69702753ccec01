import type { Message } from '../messages/message.ts'
import type { NodeFacts } from './node-facts.ts'

/** A rule of the scheduler made ready for one pod: what it has against a node; nothing when the node passes. */
export type NodeCheck = (node: NodeFacts) => readonly Message[]

const NOTHING: readonly Message[] = []

/** Passes every node. */
export const passes: NodeCheck = () => NOTHING

/** Has the same against every node. */
export function always(...reasons: readonly Message[]): NodeCheck {
  return reasons.length === 0 ? passes : () => reasons
}

/** Has the reason against nodes for which it holds. */
export function against(holds: (node: NodeFacts) => boolean, reason: Message): NodeCheck {
  const reasons = [reason]
  return (node) => (holds(node) ? reasons : NOTHING)
}

/** All that several checks have against a node. */
export function allOf(checks: readonly NodeCheck[]): NodeCheck {
  const busy = checks.filter((check) => check !== passes)
  if (busy.length === 0) return passes
  const [only] = busy
  if (only && busy.length === 1) return only
  return (node) => {
    let reasons = NOTHING
    for (const check of busy) {
      const more = check(node)
      if (more.length > 0) reasons = reasons.length === 0 ? more : [...reasons, ...more]
    }
    return reasons
  }
}
