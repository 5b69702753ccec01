import { describe, expect, it } from 'vitest'
import { createBell } from './bell.ts'
import { liveClock } from './live-clock.ts'

async function instants(times: Parameters<typeof liveClock>[0]): Promise<number[]> {
  const seen: number[] = []
  for await (const at of liveClock(times)) seen.push(at)
  return seen
}

describe('liveClock', () => {
  it('gives one round, at once, when it is to last no longer', async () => {
    const before = Date.now()
    const [at, ...more] = await instants({ everyMs: 60_000, forMs: 0 })
    expect(more).toEqual([])
    expect((at ?? 0) - before).toBeLessThan(1000)
  })

  it('goes on for as long as it is to, and says when there is time', async () => {
    let idle = 0
    const seen = await instants({ everyMs: 5, forMs: 20, onIdle: () => idle++ })
    expect(seen.length).toBeGreaterThan(1)
    expect(seen).toEqual(seen.toSorted((a, b) => a - b))
    expect(idle).toBe(seen.length - 1)
  })

  it('ends when it is told to, also while it waits', async () => {
    const stopping = new AbortController()
    const seen: number[] = []
    for await (const at of liveClock({
      everyMs: 60_000,
      signal: stopping.signal,
      onIdle: () => stopping.abort(),
    })) {
      seen.push(at)
    }
    expect(seen).toHaveLength(1)
  })

  it('gives one at once when somebody rings, also during a round', async () => {
    const bell = createBell()
    const stopping = new AbortController()
    const seen: number[] = []
    for await (const at of liveClock({ everyMs: 60_000, signal: stopping.signal, bell })) {
      if (seen.push(at) === 3) stopping.abort()
      else bell.ring()
    }
    expect(seen).toHaveLength(3)
  })
})
