import { readdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { z } from 'zod'
import { AGENT, startBundledAgent } from './bundled-agent.ts'
import { fillVolume } from './fill-disk.ts'
import type { ImageName } from './image-catalogue.ts'
import { INSIDE, NODE_NAME } from './places.ts'
import { plannedRamp } from './ramp.ts'
import { kubeletLog, type RunningNode } from './running-node.ts'
import { logOf } from './services.ts'
import { until } from './until.ts'

/** The file of a recording that says who spoke first. */
export const AHEAD = 'ahead.json'

/** Instants of a ramp, in milliseconds since 1970. */
const RampSeen = z.object({
  /** MiB. */
  perSecond: z.number(),
  beganAt: z.number(),
  /** When the level of 15 % was crossed, at which image collection and eviction begin. */
  crossedAt: z.number(),
  /** The agent's first message; null when there was none before the ramp's end. */
  toldAt: z.number().nullable(),
  /** The kubelet's first line about doing something. */
  actedAt: z.number(),
})
export type RampSeen = z.infer<typeof RampSeen>
export const RampsSeen = z.array(RampSeen)

const LEVEL_PERCENT = 85
/** A ramp begins so long before the level is crossed, and goes on for so long after. */
const BEFORE_SECONDS = 40
const AFTER_SECONDS = 15
/** For the level to be seen as it is before the ramp begins. */
const QUIET_SECONDS = 25
const PATIENCE_SECONDS = 300
const LOOK_EVERY_MS = 50

/** Ramps of the local volume, one after the other, watched by the bundled agent; the recording says who spoke first. */
export async function measureAhead(
  node: RunningNode,
  images: readonly ImageName[],
  rates: readonly number[],
): Promise<void> {
  const agent = startBundledAgent(node.start)
  const seen: RampSeen[] = []
  for (const perSecond of rates) {
    await prepare(node, images, perSecond)
    seen.push(await race(perSecond))
    writeFileSync(path.join(INSIDE.recording, AHEAD), `${JSON.stringify(seen, null, 2)}\n`)
  }
  await agent.stop()
}

/** An empty volume, all images, no pressure, and as much used as leaves the ramp its time. */
async function prepare(node: RunningNode, images: readonly ImageName[], perSecond: number): Promise<void> {
  emptyVolume()
  await until('the end of DiskPressure', PATIENCE_SECONDS, () => isCalm(node))
  for (const image of images) await node.importImage(image)
  await fillVolume(LEVEL_PERCENT - percentOf(perSecond * BEFORE_SECONDS))
  await pause(QUIET_SECONDS * 1000)
  await until('the agent to say that all is well', PATIENCE_SECONDS, () => !isTroubled())
}

async function race(perSecond: number): Promise<RampSeen> {
  const [agentFrom, kubeletFrom, beganAt] = [logOf(AGENT).length, kubeletLog().length, Date.now()]
  const untilPercent = Math.min(96, LEVEL_PERCENT + percentOf(perSecond * AFTER_SECONDS))
  const now = { isOver: false }
  const ramp = plannedRamp({ to: 'volume', perSecond, untilPercent })
    .run()
    .finally(() => (now.isOver = true))
  let crossedAt: number | null = null
  let toldAt: number | null = null
  while (!now.isOver) {
    await pause(LOOK_EVERY_MS)
    if (toldAt === null && /^\d\d:\d\d:\d\d {2}OPENED/m.test(logOf(AGENT).slice(agentFrom)))
      toldAt = Date.now()
    if (crossedAt === null && usedPercent() >= LEVEL_PERCENT) crossedAt = Date.now()
  }
  await ramp
  if (crossedAt === null) throw new Error(`a ramp of ${perSecond} MiB/s never crossed ${LEVEL_PERCENT} %`)
  const actedAt = await until('the kubelet to act', PATIENCE_SECONDS, () => firstAct(kubeletLog(kubeletFrom)))
  return { perSecond, beganAt, crossedAt, toldAt, actedAt }
}

/** Its clock is ours; klog leaves out the year. */
function firstAct(log: string): number | undefined {
  const line =
    /^\w(\d\d)(\d\d) (\d\d:\d\d:\d\d\.\d{3}).*(?:attempting to reclaim|over the high threshold|Removing image)/m
  const [, month, day, time] = line.exec(log) ?? []
  return time === undefined ? undefined : Date.parse(`${new Date().getFullYear()}-${month}-${day}T${time}`)
}

/** Whether the last that the agent said is not that an incident is over. */
function isTroubled(): boolean {
  const [, last] = [...logOf(AGENT).matchAll(/^\d\d:\d\d:\d\d {2}(OPENED|CHANGED|RESOLVED)/gm)].at(-1) ?? []
  return last !== undefined && last !== 'RESOLVED'
}

async function isCalm({ api }: RunningNode): Promise<boolean> {
  const { status } = JSON.parse(await api.get(`/api/v1/nodes/${NODE_NAME}`)) as {
    status: { conditions: { type: string; status: string }[] }
  }
  return status.conditions.some((one) => one.type === 'DiskPressure' && one.status === 'False')
}

function emptyVolume(): void {
  for (const name of readdirSync(INSIDE.volume)) rmSync(path.join(INSIDE.volume, name), { recursive: true })
}

function usedPercent(): number {
  const { blocks, bavail } = statfsSync(INSIDE.disk)
  return 100 * (1 - bavail / blocks)
}

function percentOf(mebibytes: number): number {
  const { blocks, bsize } = statfsSync(INSIDE.disk)
  return (100 * mebibytes * 1024 * 1024) / (blocks * bsize)
}
