import { expect, it } from 'vitest'
import { Pod } from '../../kubernetes/pod.ts'
import { recordedPods } from './recorded-pods.ts'
import type { RecordedRun } from './recorded-run.ts'

const STARTED = '2026-11-26T09:00:00Z'
const AT = Date.parse(STARTED)

/** The containers of a pod that a snapshot shows. */
function containersOf(pod: object) {
  const run = {
    nodeName: 'n',
    readings: [],
    actions: [],
    snapshots: [{ pods: [Pod.parse(pod)], events: [] }],
  } as unknown as RecordedRun
  return recordedPods(run)[0]?.containers
}

it('counts init containers, whose images stay in use while their pod is there (semantics §1.3)', () => {
  const pod = {
    metadata: { name: 'two', namespace: 'default', uid: 'u' },
    spec: {
      nodeName: 'n',
      initContainers: [{ name: 'first', image: 'app7' }],
      containers: [{ name: 'a', image: 'app1' }],
    },
    status: {
      startTime: STARTED,
      initContainerStatuses: [{ name: 'first', containerID: 'containerd://1' }],
      containerStatuses: [{ name: 'a', containerID: 'containerd://2' }],
    },
  }
  expect(containersOf(pod)).toEqual([
    { id: '1', name: 'first', image: 'app7', createdAt: AT },
    { id: '2', name: 'a', image: 'app1', createdAt: AT },
  ])
})
