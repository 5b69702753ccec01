import {
  assessPressure,
  NO_PRESSURE_KNOWN,
  type EvictionManagerState,
} from '../../kubelet/eviction/eviction-pass.ts'
import { observeSignals, type FilesystemFigures } from '../../kubelet/eviction/signals.ts'
import { hasOwnImageFilesystem, type NodeView } from '../../observe/node-view.ts'
import type { FilesystemReading } from '../../observe/observation.ts'
import type { Instant } from '../../units/instant.ts'
import { knownReadings } from '../disk-growth.ts'
import { PERIOD, type SimulatedKubelet, type SimulationState } from '../simulation/simulated-kubelet.ts'

/** Which of the instants is taken at which a kubelet may have seen a shortage that no reading shows. */
export type UnseenShortage = 'earliest' | 'middle' | 'latest'

/** What a kubelet remembers of the shortages up to now, as far as it decides what it does next. */
export type PressureSoFar = Pick<SimulationState, 'eviction' | 'hasDiskPressure'>

/**
 * What the eviction manager of an observed node has concluded so far (semantics §3.6): the model looks at the
 * readings as the kubelet did, every ten seconds since it started. The Node's condition, where it is known,
 * says whether there is pressure; without it the model does.
 */
export function pressureSoFar(
  view: NodeView,
  kubelet: SimulatedKubelet,
): Readonly<Record<UnseenShortage, PressureSoFar>> {
  const told = view.diskPressure?.value
  const always = (so: PressureSoFar) => ({ earliest: so, middle: so, latest: so })
  if (told && !told.isUnder) return always({ eviction: NO_PRESSURE_KNOWN, hasDiskPressure: false })
  const { thresholds, transitionPeriod, version } = kubelet
  const readings = lookedAt(view)
  const first = readings[0]?.nodefs.at ?? view.observedAt
  const before = told && (told.since ?? -Infinity) <= first ? actedOnAll(kubelet) : NO_PRESSURE_KNOWN
  let so: PressureSoFar = { eviction: before, hasDiskPressure: false }
  for (const { nodefs, imagefs } of readings) {
    const observations = observeSignals({ nodefs, imagefs }, version)
    const { state, hasDiskPressure } = assessPressure(
      so.eviction,
      thresholds,
      observations,
      nodefs.at,
      transitionPeriod,
    )
    so = { eviction: state, hasDiskPressure }
  }
  if (!told) return always(so)
  const earliest = Math.max(told.since ?? -Infinity, view.observedAt - transitionPeriod)
  const latest = Math.max(earliest, first)
  const since = (unseenAt: Instant): PressureSoFar => ({
    eviction: { ...so.eviction, pressureSeenAt: so.eviction.pressureSeenAt ?? unseenAt },
    hasDiskPressure: true,
  })
  return { earliest: since(earliest), middle: since((earliest + latest) / 2), latest: since(latest) }
}

/** Pressure that began before the first reading: some threshold was acted on, which is any that is not resolved yet. */
function actedOnAll({ thresholds }: SimulatedKubelet): EvictionManagerState {
  return { ...NO_PRESSURE_KNOWN, actedOn: thresholds.filter(({ kind }) => kind === 'hard') }
}

interface Look {
  nodefs: FilesystemFigures & { at: Instant }
  imagefs: FilesystemFigures | undefined
}

/** The readings that a kubelet may have looked at since it started. */
function lookedAt(view: NodeView): Look[] {
  const isOwn = hasOwnImageFilesystem(view)
  const images = isOwn ? (view.imagefsReadings ?? []) : []
  const startedAt = view.kubeletStartedAt ?? -Infinity
  const looks: Look[] = []
  let [next, index] = [startedAt, 0]
  for (const reading of knownReadings(view)) {
    if (reading.at < next) continue
    next = reading.at + PERIOD.eviction
    while ((images[index + 1]?.at ?? Infinity) <= reading.at) index++
    const imagefs = isOwn ? images[index] : reading
    looks.push({ nodefs: figures(reading), imagefs: imagefs && figures(imagefs) })
  }
  return looks
}

function figures({
  at,
  capacityBytes,
  availableBytes,
  inodes,
  inodesFree,
}: FilesystemReading): Look['nodefs'] {
  return { at, capacityBytes, availableBytes, inodes, inodesFree }
}
