import { describe, expect, it } from 'vitest'
import { KubeletConfiguration } from '../kubernetes/kubelet-configuration.ts'
import { Pod } from '../kubernetes/pod.ts'
import { readObservation, writeObservation } from './observation-file.ts'
import type { Observation } from './observation.ts'

const part = <T>(value: T) => ({ value, source: 'list', observedAt: 5 })

const observation: Observation = {
  observedAt: 5,
  cluster: {
    pods: part([
      Pod.parse({
        metadata: { namespace: 'app', name: 'web', annotations: { a: 'b' } },
        spec: { nodeName: 'n1', containers: [{ name: 'c', resources: { limits: { memory: '1Gi' } } }] },
        status: { phase: 'Running' },
      }),
    ]),
  },
  nodes: [
    {
      name: 'n1',
      kubeletConfiguration: part(
        KubeletConfiguration.parse({
          imageGCHighThresholdPercent: 'many',
          evictionHard: { 'nodefs.available': '7%' },
        }),
      ),
      summary: part({
        pods: [],
        isSingleFilesystem: true,
        claimFilesystems: [{ claim: 'app/data', capacityBytes: 9, inodes: 3 }],
      }),
      images: {
        ...part([{ id: 'sha256:a', names: ['a:1'], reportedBytes: 5, onDiskBytes: 4096, lastUsedAt: 3 }]),
        seenBy: 'agent',
      },
      agent: { heardAt: 4, isHeard: true },
      imageNames: { a: ['b'] },
      nodefs: [{ at: 1, capacityBytes: 9, availableBytes: 2, usedBytes: 7, inodes: 0, inodesFree: 0 }],
      facts: [
        {
          id: 'pod-evicted',
          at: 1,
          atText: null,
          order: 1,
          isCoarse: true,
          node: 'n1',
          source: { file: 'events/app/e', line: 0 },
          from: 'events',
          fields: { pods: [{ namespace: 'app', name: 'web' }], usageBytes: 5, resource: 'ephemeral-storage' },
          subject: 'app/web',
          raw: 'Evicted',
        },
      ],
    },
  ],
  gaps: [{ part: 'events', why: 'forbidden', detail: 'no' }],
}

describe('a saved observation', () => {
  it('is read as it was written, what could not be understood of the settings included', () => {
    const text = writeObservation({ subject: 'lab', observation })
    expect(readObservation(text)).toEqual({ subject: 'lab', observation })
    expect(observation.nodes[0]?.kubeletConfiguration?.value.problems).toHaveLength(1)
  })

  it.each([
    ['no JSON', 'kind: Observation', /JSON/],
    ['something else', '{"kind":"Pod"}', /apiVersion/],
    [
      'broken',
      JSON.stringify({
        apiVersion: 'kubepatrol.io/v1alpha1',
        kind: 'Observation',
        subject: 'x',
        observation: { observedAt: 'now', cluster: {}, nodes: [] },
      }),
      /observation\.observedAt/,
    ],
  ])('that is %s is refused with the place', (_, text, problem) => {
    expect(readObservation(text)).toEqual({ problem: expect.stringMatching(problem) })
  })
})
