import { describe, expect, it } from 'vitest'
import { readLog } from '../../../adapters/observe/recording/recorded-log.ts'
import type { ClaimObject, NodeObject } from '../world/objects.ts'
import type { LabWorld } from '../world/lab-world.ts'
import { BEGUN_AT, events, pods, runFor, saidBy } from '../world/run-scenario.contract.ts'
import { airGappedDiskFull } from './air-gapped-disk-full.ts'

const NODE = 'k8work2'

/** Where each of these first stands among the lines; in order when they happen in this order. */
function firstOf(lines: readonly string[], ...patterns: RegExp[]): number[] {
  return patterns.map((pattern) => lines.findIndex((line) => pattern.test(line)))
}

function claim(world: LabWorld): ClaimObject | undefined {
  return world.objects.get<ClaimObject>('persistentvolumeclaims', 'log', 'data-es-0')
}

function imagesOf(world: LabWorld): string[] {
  const node = world.objects.get<NodeObject>('nodes', undefined, NODE)
  return (node?.status.images ?? []).flatMap(({ names }) => names)
}

describe('air-gapped-disk-full', () => {
  it('decides in the order of the incident: images, pods, a kill that takes too long, a collection that frees nothing', () => {
    const world = runFor(airGappedDiskFull, 1200)
    const order = firstOf(
      saidBy(world, NODE),
      /^attempting to delete unused images$/,
      /^\[imageGCManager\]: Removing image/,
      /able to reduce ephemeral-storage pressure without evicting pods/,
      /must evict pod\(s\)/,
      /pods ranked for eviction: es-0_log/,
      /es-0_log\(…\) failed to evict timeout waiting to kill pod/,
      /timed out waiting for pods es-0_log/,
      /Failed to admit pod kube-proxy|Failed to admit pod calico-node/,
      /Disk usage on image filesystem is at 8\d% which is over the high threshold \(85%\)/,
      /Image garbage collection failed multiple times in a row: .*but freed 0 bytes/,
    )
    expect(order).toEqual(order.toSorted((a, b) => a - b))
    expect(order).not.toContain(-1)
  })

  it('loses every image, the pause image among them, and can place the evicted pod nowhere', () => {
    const world = runFor(airGappedDiskFull, 1200)
    expect(imagesOf(world)).toEqual([])
    expect(pods(world)).toContain('log/es-0 - Pending')
    expect(events(world).join('\n')).toContain(
      "FailedScheduling Pod/es-0 0/3 nodes are available: 1 node(s) had volume node affinity conflict, 2 node(s) had taints that the pod didn't tolerate.",
    )
    const taints = world.objects.get<NodeObject>('nodes', undefined, NODE)?.spec.taints ?? []
    expect(taints.map(({ key }) => key)).toEqual(['node.kubernetes.io/disk-pressure'])
  })

  it('goes on as its owner told: no sandbox, no directory, a claim that hangs until its finalizers are taken', () => {
    const world = runFor(airGappedDiskFull, 2100)
    expect(events(world).join('\n')).toMatch(
      /FailedMount Pod\/es-0 .*path "\/data\/es-k8work2" does not exist/,
    )
    expect(events(world).join('\n')).toMatch(/FailedCreatePodSandBox Pod\/kube-proxy/)
    world.agenda.runUntil(BEGUN_AT + 2400_000)
    expect(claim(world)?.metadata.deletionTimestamp).toBeDefined()
    expect(claim(world)?.metadata.finalizers).toEqual(['kubernetes.io/pvc-protection'])
    expect(pods(world).join('\n')).toMatch(/ImagePullBackOff|ErrImagePull/)
    world.agenda.runUntil(BEGUN_AT + 2490_000)
    expect(claim(world)).toBeUndefined()
    world.agenda.runUntil(BEGUN_AT + 2700_000)
    expect(claim(world)?.status.phase).toBe('Bound')
    expect(pods(world)).toContain('log/es-0 k8work2 Running')
  })

  it('writes a log in which explain finds the facts', () => {
    const world = runFor(airGappedDiskFull, 2400)
    const log = world.kubelets.get(NODE)?.log.read(world.agenda.now()) ?? ''
    const { facts } = readLog(log, { file: 'messages', node: NODE, year: 2026 })
    expect(new Set(facts.map(({ fact }) => fact.id))).toEqual(
      new Set([
        'eviction-threshold-met',
        'node-level-reclaim',
        'image-gc-removed-image',
        'reclaim-succeeded',
        'eviction-must-evict',
        'pods-ranked',
        'eviction-no-pods-left',
        'eviction-kill-timeout',
        'pod-evicted',
        'eviction-cleanup-done',
        'eviction-cleanup-timeout',
        'pod-admission-rejected',
        'disk-pressure-condition',
        'disk-pressure-cleared',
        'image-gc-started',
        'image-gc-failed',
        'image-gc-freed-nothing',
        'sandbox-image-missing',
        'image-pull-failed-network',
        'image-pull-backoff',
        'volume-mount-failed',
        'volume-mount-timeout',
        'pvc-terminating',
        'manifests-path-missing',
        'orphaned-pod-volumes',
      ]),
    )
  })
})
