import { setTimeout as sleep } from 'node:timers/promises'
import type { RoundClock } from '../../src/apps/patrol-loop.ts'
import { KubeletConfiguration } from '../../src/core/kubernetes/kubelet-configuration.ts'
import type { ObservationSource } from '../../src/core/observe/observation-source.ts'
import type { NodeObservation } from '../../src/core/observe/observation.ts'

const CAPACITY = 1e9
const SETTINGS = KubeletConfiguration.parse({})

/**
 * Nodes whose disks fill and empty by the clock on the wall, each at its own pace, so that whoever knows the
 * time knows which are short, whatever became of the process that watched.
 */
export function changingNodes(count: number, periodMs: number): ObservationSource {
  return {
    async observe(at) {
      const part = <T>(value: T) => ({ value, source: 'test', observedAt: at })
      const nodes = Array.from({ length: count }, (_, index): NodeObservation => ({
        name: `n${index}`,
        kubeletConfiguration: part(SETTINGS),
        imageNames: {},
        nodefs: [reading(at, isShort(at, index, periodMs) ? 50e6 : 500e6)],
        facts: [],
      }))
      return { observedAt: at, cluster: {}, nodes }
    },
  }
}

function isShort(at: number, index: number, periodMs: number): boolean {
  const period = periodMs * (1 + index / 7)
  return Math.floor((at + index * 97) / period) % 2 === 1
}

function reading(at: number, availableBytes: number) {
  return {
    at,
    capacityBytes: CAPACITY,
    availableBytes,
    usedBytes: CAPACITY - availableBytes,
    inodes: 1000,
    inodesFree: 900,
  }
}

/** Rounds at the time on the wall, until the signal ends them. */
export async function* wallRounds(everyMs: number, signal: AbortSignal): RoundClock & AsyncGenerator<number> {
  while (!signal.aborted) {
    yield Date.now()
    await sleep(everyMs, undefined, { signal }).catch(() => undefined)
  }
}
