import { message } from '../messages/message.ts'
import type { NodeSelectorTerm, Requirement } from '../kubernetes/selectors.ts'
import type { Pod } from '../kubernetes/pod.ts'
import type { Few } from '../messages/few-words.ts'
import { few, MOST_NAMED } from './few.ts'
import { labelOf, matchesTerms } from './labels.ts'
import { against, allOf, always, passes, type NodeCheck } from './node-check.ts'

/** Filters NodeName and NodeAffinity: the node that the pod names, the labels it asks for, and its required affinity. */
export function checkNodeAffinity(pod: Pod, except?: string): NodeCheck {
  return allOf([checkNodeName(pod, except), checkNodeSelector(pod), checkTerms(pod)])
}

/**
 * A pod that is on a node stays there, as far as the scheduler is concerned. It is free for another one only when the
 * question is where else than there it could run; a static pod, which is a file on its node, not even then.
 */
function checkNodeName({ metadata, spec: { nodeName } }: Pod, except?: string): NodeCheck {
  if (!nodeName) return passes
  const isStatic = metadata.annotations?.['kubernetes.io/config.mirror'] !== undefined
  if (nodeName === except && !isStatic) return passes
  const key = isStatic ? 'placement.refused.static-pod' : 'placement.refused.node-name'
  return against(({ name }) => name !== nodeName, message(key, { nodeName }))
}

function checkNodeSelector({ spec }: Pod): NodeCheck {
  const wanted = Object.entries(spec.nodeSelector ?? {})
  if (wanted.length === 0) return passes
  return ({ labels }) => {
    const lacking = wanted.filter(([key, value]) => labelOf(labels, key) !== value)
    if (lacking.length === 0) return []
    const named = few(lacking, ([key, value]) => `${key}=${value}`)
    return [message('placement.refused.node-selector', { labels: named })]
  }
}

function checkTerms({ spec }: Pod): NodeCheck {
  const required = spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution
  if (!required) return passes
  const { nodeSelectorTerms: terms } = required
  const reason = message('placement.refused.node-affinity', { terms: fewTerms(terms) })
  if (terms.length === 0) return always(reason)
  return against(({ name, labels }) => !matchesTerms(terms, labels, name), reason)
}

/** Terms as text: `kubernetes.io/hostname In (n1)`. */
export function fewTerms(terms: readonly NodeSelectorTerm[]): Few {
  const isEmpty = ({ matchExpressions, matchFields }: NodeSelectorTerm) =>
    matchExpressions.length + matchFields.length === 0
  return few(
    terms.filter((term) => !isEmpty(term)),
    ({ matchExpressions, matchFields }) => {
      const all = [...matchExpressions, ...matchFields]
      const more = all.length > MOST_NAMED ? [`… (${all.length})`] : []
      return [...all.slice(0, MOST_NAMED).map(requirementText), ...more].join(', ')
    },
  )
}

function requirementText({ key, operator, values }: Requirement): string {
  if (values.length === 0) return `${key} ${operator}`
  const more = values.length > MOST_NAMED ? [`… (${values.length})`] : []
  return `${key} ${operator} (${[...values.slice(0, MOST_NAMED), ...more].join(', ')})`
}
