import type { FilesystemReading } from '../../core/observe/observation.ts'
import { needsRound } from '../../core/patrol/needs-round.ts'
import type { Duration } from '../../core/units/duration.ts'
import type { Instant } from '../../core/units/instant.ts'
import type { Patrol } from '../patrol-loop.ts'
import type { Sample } from './node-source.ts'

/** A round that found nothing in them is not made again for so long. */
const REST: Duration = 5000
/** More than one round's; the round has those before. */
const MOST_READINGS = 600

/** Looks at each sample that is taken between rounds, and rings when it makes a round worth while at once. */
export function watchClosely(patrol: Pick<Patrol, 'nodes' | 'open'>, ring: () => void) {
  let rangAt: Instant = -Infinity
  let nodefs: FilesystemReading[] = []
  let imagefs: FilesystemReading[] = []
  return (sample: Sample): void => {
    const [view] = patrol.nodes()
    if (sample.nodefs) nodefs = [...nodefs.slice(-MOST_READINGS), sample.nodefs]
    if (sample.imagefs) imagefs = [...imagefs.slice(-MOST_READINGS), sample.imagefs]
    if (!view) return
    nodefs = later(nodefs, view.readings)
    imagefs = later(imagefs, view.imagefsReadings ?? [])
    const at = sample.nodefs?.at ?? sample.imagefs?.at ?? -Infinity
    if (at - rangAt < REST) return
    const seen = {
      ...view,
      readings: [...view.readings, ...nodefs],
      ...(view.imagefsReadings && { imagefsReadings: [...view.imagefsReadings, ...imagefs] }),
    }
    if (!needsRound(seen, patrol.open())) return
    rangAt = at
    ring()
  }
}

/** Those that a round has not seen. */
function later(readings: FilesystemReading[], seen: readonly FilesystemReading[]): FilesystemReading[] {
  const last = seen.at(-1)?.at ?? -Infinity
  return readings.filter(({ at }) => at > last)
}
