import { describe, expect, it } from 'vitest'
import { createAgenda } from '../agenda.ts'
import { createChance } from '../chance.ts'
import { createEventRecorder } from '../event-recorder.ts'
import { memoryObjects } from '../memory-objects.ts'
import type { NodeObject, PodObject } from '../objects.ts'
import { runNodeTaints } from './node-taints.ts'
import { runPodGarbage } from './pod-garbage.ts'

function controlPlane() {
  const agenda = createAgenda(0)
  const chance = createChance(1)
  const objects = memoryObjects(agenda, chance)
  const events = createEventRecorder(objects, agenda, chance, 0)
  return { agenda, chance, objects, events, version: { minor: 20, patch: 2 } }
}

describe('what the control plane does after an eviction (semantics §3.11)', () => {
  it('taint: while the condition is True', () => {
    const plane = controlPlane()
    const { objects, agenda } = plane
    runNodeTaints(plane)
    const node = (status: string) =>
      ({
        apiVersion: 'v1',
        kind: 'Node',
        metadata: { name: 'n1' },
        spec: objects.get('nodes', undefined, 'n1')?.spec ?? {},
        status: { conditions: [{ type: 'DiskPressure', status }], nodeInfo: {} },
      }) as unknown as NodeObject
    const taintsOnce = (status: string) => {
      objects.update('nodes', node(status))
      agenda.runUntil(agenda.now() + 1000)
      return objects.get('nodes', undefined, 'n1')?.spec.taints
    }
    objects.create('nodes', node('False'))
    expect(taintsOnce('True')).toEqual([{ key: 'node.kubernetes.io/disk-pressure', effect: 'NoSchedule' }])
    expect(taintsOnce('False')).toEqual([])
  })

  it('the Failed pod object: kept until 12,500 have ended, then the oldest go', () => {
    const plane = controlPlane()
    const { objects, agenda } = plane
    runPodGarbage(plane)
    const pod = (index: number, phase: string) =>
      ({
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: {
          name: `p${index}`,
          namespace: 'default',
          creationTimestamp: new Date(index * 1000).toISOString(),
        },
        spec: { containers: [] },
        status: { phase },
      }) as unknown as PodObject
    for (let index = 0; index < 12_501; index++) objects.create('pods', pod(index, 'Failed'))
    objects.create('pods', pod(99_999, 'Running'))
    objects.update('pods', pod(12_500, 'Failed'))
    agenda.runUntil(60_000)
    expect(objects.list('pods')).toHaveLength(12_501)
    expect(objects.get('pods', 'default', 'p0')).toBeUndefined()
    expect(objects.get('pods', 'default', 'p1')).toBeDefined()
  })
})
