import type { Pod } from '../kubernetes/pod.ts'
import { message } from '../messages/message.ts'
import { few } from './few.ts'
import type { PlacementIndex } from './index-cluster.ts'
import { labelOf } from './labels.ts'
import { allOf, always, passes, type NodeCheck } from './node-check.ts'

/** What stands in the way of any scheduling at all, and what is not evaluated here, so that it is never taken for a yes. */
export function checkUnevaluated(pod: Pod, { arePodsKnown }: PlacementIndex): NodeCheck {
  const { schedulingGates, schedulerName, resourceClaims } = pod.spec
  const reasons = []
  if (schedulingGates?.length)
    reasons.push(
      message('placement.refused.scheduling-gates', { gates: few(schedulingGates, ({ name }) => name) }),
    )
  if (!arePodsKnown) reasons.push(message('placement.unknown.pods'))
  if (schedulerName && schedulerName !== 'default-scheduler')
    reasons.push(message('placement.unknown.scheduler', { schedulerName }))
  if (resourceClaims?.length)
    reasons.push(
      message('placement.unknown.resource-claims', {
        resourceClaims: few(resourceClaims, ({ name }) => name),
      }),
    )
  return allOf([checkTopologySpread(pod), always(...reasons)])
}

/** Filter PodTopologySpread, as far as a node without the label is refused; how pods are spread is not evaluated. */
function checkTopologySpread({ spec }: Pod): NodeCheck {
  const keys = (spec.topologySpreadConstraints ?? [])
    .filter(({ whenUnsatisfiable }) => whenUnsatisfiable !== 'ScheduleAnyway')
    .map(({ topologyKey }) => topologyKey)
  if (keys.length === 0) return passes
  const unknown = [message('placement.unknown.topology-spread', { topologyKeys: few(keys, String) })]
  return ({ labels }) => {
    const lacking = keys.find((key) => labelOf(labels, key) === undefined)
    return lacking === undefined
      ? unknown
      : [message('placement.refused.topology-label', { topologyKey: lacking })]
  }
}
