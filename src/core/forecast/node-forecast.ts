import { diskLevels, type DiskLevel } from '../kubelet/disk-levels.ts'
import { parseKubeletVersion } from '../kubelet/kubelet-version.ts'
import { message, type Message } from '../messages/message.ts'
import type { NodeView } from '../observe/node-view.ts'
import type { FilesystemReading } from '../observe/observation.ts'
import { takeReadings } from '../observe/plausible-readings.ts'
import type { PlacementIndex } from '../placement/index-cluster.ts'
import type { Duration } from '../units/duration.ts'
import type { Instant } from '../units/instant.ts'
import { consequencesOf, evictedPods, type Consequence } from './consequences.ts'
import { simulateNode } from './described/simulate-node.ts'
import { crossing } from './growth/crossing.ts'
import { estimateGrowth } from './growth/estimate-growth.ts'
import type { Growth } from './growth/growth.ts'
import { project } from './growth/project.ts'
import { growingConsumers, type GrowingConsumer } from './observed/growing-consumers.ts'
import { observedNode } from './observed/observed-node.ts'
import { fitNowhereElse } from './elsewhere.ts'
import { rangedActions, type ForecastAction, type InstantRange } from './ranged-actions.ts'

/** A level of the disk, and when it is crossed. */
export interface ForecastLevel extends Omit<DiskLevel, 'id' | 'kind'> {
  id: DiskLevel['id'] | 'full' | 'inodes-full'
  kind: DiskLevel['kind'] | 'full'
  at: InstantRange
}

/** How many bytes will be available at an instant: least, middle, most of what is expected. */
export interface BandPoint {
  at: Instant
  low: number
  middle: number
  high: number
}

/** What will become of a node's disk, what its kubelet will do about it, and to whom. */
export interface NodeForecast {
  node: string
  madeAt: Instant
  horizon: Duration
  /** How the bytes in use grow, per second; absent while too little is known. */
  growth?: Growth
  /** Who grows, most first. */
  consumers: readonly GrowingConsumer[]
  /** The soonest first. */
  levels: readonly ForecastLevel[]
  band: readonly BandPoint[]
  actions: readonly ForecastAction[]
  consequences: readonly Consequence[]
  /** What is not known, and what that means. */
  gaps: readonly Message[]
}

/** How far a forecast looks unless told otherwise. */
export const DEFAULT_HORIZON: Duration = 24 * 3_600_000

const BAND_POINTS = 48
const NEVER: InstantRange = { p10: null, p50: null, p90: null }

/** What a forecast may be told beside the node itself. */
export interface ForecastOptions {
  horizon?: Duration
  /** The other nodes, for whether evicted pods fit there; without it nothing is said of that. */
  elsewhere?: PlacementIndex | undefined
}

/**
 * Forecasts a node from what is known of it: growth, the instants at which levels are crossed, and by the
 * model the kubelet's actions. A node that crosses nothing within the horizon is not simulated.
 */
export function forecastNode(
  view: NodeView,
  { horizon = DEFAULT_HORIZON, elsewhere }: ForecastOptions = {},
): NodeForecast {
  const now = view.observedAt
  const readings = knownReadings(view)
  const latest = readings.at(-1)
  const bytes = estimateGrowth(
    readings.map(({ at, ...reading }) => ({ at, value: unavailable(reading) })),
    now,
  )
  const inodes = inodeGrowth(readings, now, horizon)
  const levels = latest ? forecastLevels(view, latest, { bytes, inodes }, horizon) : []
  const isCrossing = levels.some(({ at }) => at.p10 !== null)
  const actions =
    isCrossing && bytes && latest
      ? forecastActions({ ...view, readings }, latest, { bytes, inodes }, horizon)
      : []
  return {
    node: view.name,
    madeAt: now,
    horizon,
    ...(bytes === undefined ? {} : { growth: bytes }),
    consumers: growingConsumers(view, bytes),
    levels,
    band: latest && bytes ? band(latest, bytes, now, horizon) : [],
    actions,
    consequences: [
      ...consequencesOf(view, actions),
      ...(elsewhere ? fitNowhereElse(evictedPods(view, actions), view.name, elsewhere) : []),
    ],
    gaps: gapsOf(view, latest, bytes),
  }
}

/** Older readings at most one a minute, then the latest as they came, of the disk as large as it is now; none that cannot be. */
function knownReadings({ history, readings }: NodeView): FilesystemReading[] {
  const begin = readings[0]?.at ?? Infinity
  const known = takeReadings([], [...history.filter(({ at }) => at < begin), ...readings]).readings
  const size = known.at(-1)?.capacityBytes
  return known.filter(({ capacityBytes }) => capacityBytes === size)
}

/** Of so many times what was seen to change in its time, inodes must be able to run short for their growth to be worth estimating. */
const INODES_MARGIN = 10

/** How inodes in use grow; undefined also where there are far more than could be used up within the horizon. */
function inodeGrowth(
  readings: readonly FilesystemReading[],
  now: Instant,
  horizon: Duration,
): Growth | undefined {
  let [least, most] = [Infinity, -Infinity]
  for (const { inodesFree } of readings) {
    least = Math.min(least, inodesFree)
    most = Math.max(most, inodesFree)
  }
  const span = (readings.at(-1)?.at ?? 0) - (readings[0]?.at ?? 0)
  const change = (most - least) * Math.max(1, horizon / Math.max(span, 1))
  const latest = readings.at(-1)
  if (latest && latest.inodesFree - INODES_MARGIN * change > latest.inodes / 2) return undefined
  return estimateGrowth(
    readings.map(({ at, ...reading }) => ({ at, value: inodesUsed(reading) })),
    now,
  )
}

const unavailable = ({ capacityBytes, availableBytes }: Omit<FilesystemReading, 'at'>) =>
  capacityBytes - availableBytes
const inodesUsed = ({ inodes, inodesFree }: Omit<FilesystemReading, 'at'>) => inodes - inodesFree

function forecastLevels(
  { kubeletConfiguration }: NodeView,
  latest: FilesystemReading,
  growths: { bytes: Growth | undefined; inodes: Growth | undefined },
  horizon: Duration,
): ForecastLevel[] {
  const acted = kubeletConfiguration ? diskLevels(kubeletConfiguration.value, latest) : []
  const full = [
    { id: 'full', kind: 'full', unit: 'bytes', below: 1, setting: '0' },
    ...(latest.inodes > 0
      ? [{ id: 'inodes-full', kind: 'full', unit: 'inodes', below: 1, setting: '0' } as const]
      : []),
  ] as const
  const levels = [...acted, ...full].flatMap((level) => {
    const growth = growths[level.unit]
    const size = level.unit === 'bytes' ? latest.capacityBytes : latest.inodes
    const isCrossed = (level.unit === 'bytes' ? latest.availableBytes : latest.inodesFree) < level.below
    if (isCrossed) return { ...level, at: { p10: latest.at, p50: latest.at, p90: latest.at } }
    if (growth) return { ...level, at: crossing(growth, size - level.below + 1, horizon) }
    return level.unit === 'inodes' && growths.bytes ? { ...level, at: NEVER } : []
  })
  const order = ({ at }: ForecastLevel) => at.p50 ?? at.p10 ?? Infinity
  return levels.toSorted((a, b) => order(a) - order(b) || b.below - a.below)
}

function forecastActions(
  view: NodeView,
  latest: FilesystemReading,
  { bytes, inodes }: { bytes: Growth; inodes: Growth | undefined },
  horizon: Duration,
): ForecastAction[] {
  const run = (which: 'p10' | 'p50' | 'p90') => {
    // From what is in use now, to where the growth leads.
    const after = (growth: Growth, used: number) => (ms: Duration) =>
      ms <= 0 ? 0 : project(growth, view.observedAt + ms)[which] - used
    const outlook = {
      bytesAfter: after(bytes, unavailable(latest)),
      inodesAfter: inodes && after(inodes, inodesUsed(latest)),
    }
    const node = observedNode(view, outlook, horizon)
    return (node && simulateNode(node)) ?? []
  }
  return rangedActions({ fast: run('p90'), middle: run('p50'), slow: run('p10') }, view.observedAt)
}

/** Close together at first, then farther apart: what comes soon is seen best. */
function band(latest: FilesystemReading, growth: Growth, now: Instant, horizon: Duration): BandPoint[] {
  const available = (used: number) =>
    Math.min(Math.max(Math.round(latest.capacityBytes - used), 0), latest.capacityBytes)
  return Array.from({ length: BAND_POINTS + 1 }, (_, index) => {
    const at = now + horizon * (index / BAND_POINTS) ** 3
    const { p10, p50, p90 } = project(growth, at)
    return { at, low: available(p90), middle: available(p50), high: available(p10) }
  })
}

function gapsOf(
  view: NodeView,
  latest: FilesystemReading | undefined,
  growth: Growth | undefined,
): Message[] {
  const { kubeletConfiguration, kubeletVersion = '', images, pods, summaries } = view
  const isUnknown: readonly (readonly [boolean, Message])[] = [
    [!latest, message('forecast.gap-readings')],
    [latest !== undefined && !growth, message('forecast.gap-growth')],
    [!kubeletConfiguration, message('forecast.gap-settings')],
    [!parseKubeletVersion(kubeletVersion), message('forecast.gap-version', { version: kubeletVersion })],
    [!images, message('forecast.gap-images')],
    [!pods, message('forecast.gap-pods')],
    [pods !== undefined && summaries.length === 0, message('forecast.gap-usage')],
  ]
  return isUnknown.flatMap(([isGap, sentence]) => (isGap ? sentence : []))
}
