import { parseKubeletVersion } from '../kubelet/kubelet-version.ts'
import { message, type Message } from '../messages/message.ts'
import type { NodeView } from '../observe/node-view.ts'
import type { FilesystemReading } from '../observe/observation.ts'
import type { PlacementIndex } from '../placement/index-cluster.ts'
import type { Duration } from '../units/duration.ts'
import type { Instant } from '../units/instant.ts'
import { consequencesOf, evictedPods, type Consequence } from './consequences.ts'
import { playNode } from './described/simulate-node.ts'
import { forecastLevels, type ForecastLevel } from './forecast-levels.ts'
import type { Growth } from './growth/growth.ts'
import { project } from './growth/project.ts'
import { growingConsumers, type GrowingConsumer } from './observed/growing-consumers.ts'
import type { Freed } from './observed/freed-by-images.ts'
import { maybeYoungUntil, withUnknownAges } from './observed/unknown-ages.ts'
import { pressureSoFar, type UnseenShortage } from './observed/pressure-so-far.ts'
import { observedNode } from './observed/observed-node.ts'
import { bytesUnavailable, diskGrowth, inodesUsed, knownReadings, type DiskGrowth } from './disk-growth.ts'
import { fitNowhereElse } from './elsewhere.ts'
import { rangedActions, type ForecastAction } from './ranged-actions.ts'

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

/** What a forecast may be told beside the node itself. */
export interface ForecastOptions {
  horizon?: Duration
  /** The other nodes, for whether evicted pods fit there; without it nothing is said of that. */
  elsewhere?: PlacementIndex | undefined
}

/**
 * Forecasts a node from what is known of it: growth, the instants at which levels are crossed, and by the
 * model the kubelet's actions. A node that crosses nothing within the horizon and is under no pressure is not simulated.
 */
export function forecastNode(
  view: NodeView,
  { horizon = DEFAULT_HORIZON, elsewhere }: ForecastOptions = {},
): NodeForecast {
  const now = view.observedAt
  const readings = knownReadings(view)
  const latest = readings.at(-1)
  const growths = diskGrowth(readings, now, horizon)
  const { bytes } = growths
  const levels = latest ? forecastLevels(view, latest, growths, horizon) : []
  const isCrossing = levels.some(({ at }) => at.p10 !== null)
  const isActing = isCrossing || view.diskPressure?.value.isUnder === true
  const actions = isActing && latest ? forecastActions({ ...view, readings }, latest, growths, horizon) : []
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
    gaps: gapsOf(view, latest, bytes, actions),
  }
}

function forecastActions(
  view: NodeView,
  latest: FilesystemReading,
  { bytes, inodes }: DiskGrowth,
  horizon: Duration,
): ForecastAction[] {
  if (!bytes) return []
  let soFar: ReturnType<typeof pressureSoFar> | undefined
  const run = (which: 'p10' | 'p50' | 'p90', unseen: UnseenShortage, freed: Freed) => {
    // From what is in use now, to where the growth leads.
    const after = (growth: Growth, used: number) => (ms: Duration) =>
      ms <= 0 ? 0 : project(growth, view.observedAt + ms)[which] - used
    const outlook = {
      bytesAfter: after(bytes, bytesUnavailable(latest)),
      inodesAfter: inodes && after(inodes, inodesUsed(latest)),
    }
    const node = observedNode(view, outlook, horizon, freed)
    return node ? playNode(node, (kubelet) => (soFar ??= pressureSoFar(view, kubelet))[unseen]) : []
  }
  const runs = {
    fast: run('p90', 'earliest', 'least'),
    middle: run('p50', 'middle', 'middle'),
    slow: run('p10', 'latest', 'most'),
  }
  const ranged = rangedActions(runs, view.observedAt)
  return withUnknownAges(ranged, maybeYoungUntil(view))
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
  actions: readonly ForecastAction[],
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
    [
      actions.some(({ at }) => (at.p10 ?? at.p50 ?? Infinity) < (maybeYoungUntil(view) ?? 0)),
      message('forecast.gap-start'),
    ],
  ]
  return isUnknown.flatMap(([isGap, sentence]) => (isGap ? sentence : []))
}
