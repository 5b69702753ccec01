import { z } from 'zod'
import { message } from '../../messages/message.ts'
import { shown } from '../../tell/shown-text.ts'
import { defineClusterDetector } from '../cluster-detector.ts'
import { elapsedSince } from '../elapsed.ts'

/** The taint of DiskPressure on a Node whose condition says that there is none: the control plane takes it away by itself. */
export const diskPressureTaintLeft = defineClusterDetector({
  id: 'disk-pressure-taint-left',
  reason: 'DiskPressureTaintLeft',
  severity: 'warning',
  summary: 'A node has the taint of DiskPressure without being under pressure, so it takes no pods.',
  options: z.strictObject({
    /** How long the condition has to be over. */
    minimumSeconds: z.number().nonnegative().default(60),
  }),

  detect({ objects, observedAt }, { minimumSeconds }) {
    return (objects.nodes?.value ?? []).flatMap(({ metadata: { name }, spec, status }) => {
      const taint = (spec?.taints ?? []).find(({ key }) => key === TAINT)
      const condition = status.conditions.find(({ type }) => type === 'DiskPressure')
      const over = elapsedSince(condition?.lastTransitionTime, observedAt) ?? 0
      if (!taint || condition?.status !== 'False' || over < minimumSeconds * 1000) return []
      const words = { node: shown(name), seconds: Math.round(over / 1000), effect: shown(taint.effect) }
      return [
        {
          object: { kind: 'Node', name },
          node: name,
          message: message('finding.disk-pressure-taint-left', words),
        },
      ]
    })
  },
})

const TAINT = 'node.kubernetes.io/disk-pressure'
