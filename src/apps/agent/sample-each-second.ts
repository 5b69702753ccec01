import { liveClock } from '../live-clock.ts'
import type { NodeSource, Sample } from './node-source.ts'

const EVERY_MS = 1000

/** Takes readings between the rounds, so that a fall is known as it went; ends with the signal. */
export async function sampleEachSecond(
  source: Pick<NodeSource, 'sample'>,
  signal: AbortSignal,
  onSample?: (sample: Sample) => void,
): Promise<void> {
  for await (const _ of liveClock({ everyMs: EVERY_MS, signal })) {
    const sample = await source.sample()
    onSample?.(sample)
  }
}
