import { message, type Message } from '../messages/message.ts'
import type { Taint } from '../kubernetes/node.ts'
import type { Toleration } from '../kubernetes/pod-scheduling.ts'
import type { Pod } from '../kubernetes/pod.ts'
import { few } from './few.ts'
import { isBeyond } from './labels.ts'
import type { NodeCheck } from './node-check.ts'

const UNSCHEDULABLE = 'node.kubernetes.io/unschedulable'
const NOT_READY = /^node\.kubernetes\.io\/(?:not-ready|unreachable)$/

/** Filters NodeUnschedulable and TaintToleration: a cordon and every hard taint have to be tolerated. */
export function checkTaints({ spec }: Pod): NodeCheck {
  const tolerations = spec.tolerations ?? []
  const isTolerated = (taint: Taint) => tolerations.some((toleration) => tolerates(toleration, taint))
  const toleratesCordon = isTolerated({ key: UNSCHEDULABLE, effect: 'NoSchedule' })

  return ({ isCordoned, hardTaints }) => {
    const reasons: Message[] = []
    if (!isCordoned && hardTaints.every(isTolerated)) return reasons
    const isCordon = isCordoned && !toleratesCordon
    if (isCordon) reasons.push(message('placement.refused.unschedulable'))
    // A cordon puts a taint of its own on the node: one reason is enough.
    const taints = hardTaints.filter(
      (taint) => !(isCordon && taint.key === UNSCHEDULABLE) && !isTolerated(taint),
    )
    const notReady = taints.filter(({ key }) => NOT_READY.test(key))
    const others = taints.filter(({ key }) => !NOT_READY.test(key))
    if (notReady.length > 0)
      reasons.push(message('placement.refused.not-ready', { taints: few(notReady, taintText) }))
    if (others.length > 0)
      reasons.push(message('placement.refused.taints', { taints: few(others, taintText) }))
    return reasons
  }
}

/** Whether one toleration tolerates a taint. Its key and effect may be empty and then mean all; for how long does not matter here. */
function tolerates({ key, operator, value, effect }: Toleration, taint: Taint): boolean {
  if (effect && effect !== taint.effect) return false
  if (key && key !== taint.key) return false
  switch (operator ?? '') {
    case '':
    case 'Equal':
      return (value ?? '') === (taint.value ?? '')
    case 'Exists':
      return true
    case 'Gt':
    case 'Lt':
      return isBeyond(operator as 'Gt' | 'Lt', taint.value ?? '', value ?? '')
    default:
      return false
  }
}

/** As kubectl writes a taint: `key=value:effect`. */
function taintText({ key, value, effect }: Taint): string {
  return value ? `${key}=${value}:${effect}` : `${key}:${effect}`
}
