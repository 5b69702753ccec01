import { writeFileSync } from 'node:fs'
import { get } from 'node:http'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { z } from 'zod'
import { startBundledAgent } from './bundled-agent.ts'
import { INSIDE } from './places.ts'
import { treeUsage, type TreeUsage } from './process-tree.ts'
import type { StartService } from './services.ts'

/** The file of a recording that says what an agent took. */
export const FOOTPRINT = 'footprint.json'

const Used = z.object({
  /** Of all processes of it, a reading each second. */
  residentMiB: z.object({ median: z.number(), p95: z.number(), most: z.number() }),
  /** Of one core. */
  processorPercent: z.number(),
  writtenMiBAnHour: z.number(),
})
export type Used = z.infer<typeof Used>

export const Footprint = z.object({
  startedAt: z.string(),
  seconds: z.number(),
  pods: z.number(),
  agent: Used,
  nodeExporter: Used,
})
export type Footprint = z.infer<typeof Footprint>

/** What starts with a program is not what it takes from then on. */
const SETTLING_SECONDS = 60
const EXPORTER_PORT = 9100
/** As Prometheus does unless told otherwise. */
const SCRAPED_EVERY_SECONDS = 15
const MIB = 1024 * 1024

/**
 * Runs the bundled agent, and beside it Prometheus' node exporter, and writes what each took into the recording.
 * @param pods how many the node has
 */
export async function measureFootprint(
  start: StartService,
  { seconds, pods }: { seconds: number; pods: number },
): Promise<void> {
  const agent = startBundledAgent(start)
  const listening = `--web.listen-address=127.0.0.1:${EXPORTER_PORT}`
  const exporter = start('node-exporter', '/usr/bin/prometheus-node-exporter', [listening])
  await pause(SETTLING_SECONDS * 1000)
  const startedAt = new Date().toISOString()
  const readings = { agent: [treeUsage(agent.processId)], exporter: [treeUsage(exporter.processId)] }
  for (let second = 1; second <= seconds; second++) {
    await pause(1000)
    if (second % SCRAPED_EVERY_SECONDS === 0) await scrape()
    readings.agent.push(treeUsage(agent.processId))
    readings.exporter.push(treeUsage(exporter.processId))
  }
  const took = (Date.now() - Date.parse(startedAt)) / 1000
  const footprint: Footprint = {
    startedAt,
    seconds: Math.round(took),
    pods,
    agent: used(readings.agent, took),
    nodeExporter: used(readings.exporter, took),
  }
  writeFileSync(path.join(INSIDE.recording, FOOTPRINT), `${JSON.stringify(footprint, null, 2)}\n`)
  await agent.stop()
  await exporter.stop()
}

function scrape(): Promise<void> {
  return new Promise((resolve, reject) => {
    get({ port: EXPORTER_PORT, path: '/metrics' }, (answer) => answer.resume().once('end', resolve)).once(
      'error',
      reject,
    )
  })
}

function used(readings: readonly TreeUsage[], seconds: number): Used {
  const [first, last] = [readings[0], readings.at(-1)]
  const resident = readings.map(({ residentBytes }) => residentBytes).toSorted((a, b) => a - b)
  const at = (share: number) => rounded((resident[Math.floor((resident.length - 1) * share)] ?? 0) / MIB)
  const processorMs = (last?.processorMs ?? 0) - (first?.processorMs ?? 0)
  const written = new Map<number, number>()
  for (const { writtenBytes } of readings)
    for (const [id, bytes] of writtenBytes) written.set(id, bytes - (first?.writtenBytes.get(id) ?? 0))
  const writtenBytes = [...written.values()].reduce((sum, one) => sum + one, 0)
  return {
    residentMiB: { median: at(0.5), p95: at(0.95), most: at(1) },
    processorPercent: rounded(processorMs / 10 / seconds),
    writtenMiBAnHour: rounded((writtenBytes / MIB / seconds) * 3600),
  }
}

const rounded = (value: number) => Math.round(value * 100) / 100
