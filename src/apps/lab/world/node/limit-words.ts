import type { LimitExceeded } from '../../../../core/kubelet/eviction/local-limits.ts'
import { formatQuantity } from '../../../../core/units/quantity.ts'
import type { PodObject } from '../objects.ts'

/** Why a pod was evicted that is over a limit of its own (semantics §3.8), trailing blank included; limits as they are written. */
export function exceededText(exceeded: LimitExceeded, { spec }: PodObject): string {
  switch (exceeded.kind) {
    case 'empty-dir': {
      const limit = spec.volumes?.find(({ name }) => name === exceeded.volume)?.emptyDir?.sizeLimit
      return `Usage of EmptyDir volume "${exceeded.volume}" exceeds the limit "${limit ?? formatQuantity(exceeded.limitBytes)}". `
    }
    case 'pod':
      return `Pod ephemeral local storage usage exceeds the total limit of containers ${formatQuantity(exceeded.limitBytes)}. `
    case 'container':
      return `Container ${exceeded.container} exceeded its local ephemeral storage limit "${formatQuantity(exceeded.limitBytes)}". `
  }
}
