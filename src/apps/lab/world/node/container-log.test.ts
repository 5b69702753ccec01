import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { BEGUN_AT, runFor } from '../run-scenario.contract.ts'
import { healthyCluster } from '../../scenarios/healthy-cluster.ts'
import { airGappedDiskFull } from '../../scenarios/air-gapped-disk-full.ts'
import type { LabWorld } from '../lab-world.ts'

/** The log of the first running pod that is named so. */
function logOf(world: LabWorld, name: RegExp) {
  const pod = world.objects
    .list('pods')
    .find(({ metadata, status }) => name.test(metadata.name) && status.phase === 'Running')
  const container = pod?.spec.containers[0]?.name ?? ''
  const kubelet = world.kubelets.get(pod?.spec.nodeName ?? '')
  return (after: number, most: number, previous = false) =>
    kubelet?.containerLog(pod?.metadata.uid ?? '', { container, previous, after, most })
}

describe('the log of a container', () => {
  const running = runFor(healthyCluster, 120)
  const read = logOf(running, /^web/)
  const all = read(-Infinity, 1e6)?.lines ?? []

  it('says the same whenever it is read, in order, and nothing of the future', () => {
    fc.assert(
      fc.property(fc.double({ min: -10_000, max: 130_000, noNaN: true }), fc.nat(500), (afterMs, most) => {
        const wanted = all.filter(({ at }) => at > BEGUN_AT + afterMs)
        const lines = read(BEGUN_AT + afterMs, most)?.lines
        expect(lines).toEqual(most === 0 ? [] : wanted.slice(-most))
      }),
    )
    expect(all.length).toBeGreaterThan(1000)
    expect(all.map(({ at }) => at)).toEqual(all.map(({ at }) => at).toSorted((a, b) => a - b))
    expect(all.at(-1)?.at).toBeLessThanOrEqual(running.agenda.now())
  })

  it('goes on while the container runs, and has nothing before its first run', () => {
    expect(read(-Infinity, 1)?.isOver).toBe(false)
    expect(read(-Infinity, 1, true)).toBeUndefined()
  })

  it.each([
    [/^es-1/, /\[es-1\] started$/],
    [/^kibana/, /^\{"type":"log","@timestamp":"/],
    [/^logstash/, /Pipelines running/],
    [/^coredns/, /CoreDNS/],
    [/^calico/, /log level set to info/],
    [/^kube-proxy/, /^I\d{4} .* Starting service config controller/],
  ])('sounds like its program: %s', (name, wanted) => {
    const lines = logOf(runFor(airGappedDiskFull, 10), name)(-Infinity, 10_000)?.lines ?? []
    expect(lines.slice(0, 4).some(({ text }) => wanted.test(text))).toBe(true)
  })
})
