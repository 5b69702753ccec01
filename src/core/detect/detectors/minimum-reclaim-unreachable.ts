import { z } from 'zod'
import { message } from '../../messages/message.ts'
import { defineDetector } from '../detector.ts'
import { nodeSettings, percentOf, type NodeSettings, type SetThreshold } from '../threshold-settings.ts'
import { parseQuantity } from '../../units/quantity.ts'

/**
 * A threshold with its minimum reclaim is all of the disk: an eviction is not over before both are free, which
 * never is (semantics §3.6 steps 7 and 16, all versions).
 */
export const minimumReclaimUnreachable = defineDetector({
  id: 'minimum-reclaim-unreachable',
  reason: 'MinimumReclaimUnreachable',
  severity: 'warning',
  summary:
    'A threshold with its minimum reclaim asks for the whole disk: an eviction would go on to the last pod.',
  options: z.strictObject({}),

  detect(view) {
    const settings = nodeSettings(view)
    if (!settings) return []
    return settings.thresholds
      .filter((threshold) => asksForAll(threshold, settings))
      .map((threshold) => {
        const { signal } = threshold
        const size = settings.sizes[signal]
        return message('finding.minimum-reclaim-unreachable', {
          signal,
          threshold,
          minimumReclaim: settings.configuration.evictionMinimumReclaim?.[signal] ?? '',
          ...(size === undefined ? {} : { size }),
        })
      })
  },
})

function asksForAll(
  { signal, setting, below }: SetThreshold,
  { configuration, sizes }: NodeSettings,
): boolean {
  const minimumReclaim = configuration.evictionMinimumReclaim?.[signal]
  if (minimumReclaim === undefined) return false
  const [percent, more] = [percentOf(setting), percentOf(minimumReclaim)]
  if (percent !== undefined && more !== undefined) return percent + more >= 100
  const size = sizes[signal]
  if (size === undefined || size === 0 || below === undefined) return false
  const reclaim = more === undefined ? (parseQuantity(minimumReclaim) ?? 0) : (size * more) / 100
  return below + reclaim >= size
}
