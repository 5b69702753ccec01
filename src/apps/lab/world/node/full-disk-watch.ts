import type { Agenda } from '../agenda.ts'
import type { NodeState } from './node-state.ts'

/** A disk that fills up stops whoever writes to it: what is returned looks again when that will be. */
export function fullDiskWatch(
  node: NodeState,
  agenda: Agenda,
  change: (what: () => void) => void,
): () => void {
  let cancel = () => {}
  const disks = new Set([node.disk, node.imageDisk])
  const stopGrowth = () => {
    for (const disk of disks) {
      const { availableBytes, inodesFree } = disk.figures(agenda.now())
      if (availableBytes === 0 || inodesFree === 0) disk.stopGrowth(agenda.now())
    }
  }
  return () => {
    cancel()
    const now = agenda.now()
    const fullAt = Math.min(
      ...[...disks].flatMap((disk) => [disk.availableAt(now, 0), disk.inodesFreeAt(now, 0)]),
    )
    cancel = agenda.at(fullAt, () => change(stopGrowth))
  }
}
