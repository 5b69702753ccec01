import type { ApiConnection } from '../../src/adapters/observe/kubernetes-api/connection.ts'
import { fixedCredentials } from '../../src/adapters/observe/kubernetes-api/kubeconfig/fixed-credentials.ts'
import type { FakeApiServer } from './fake-api-server.ts'
import { sampleNode, samplePod, sampleStorageClass, sampleVolumeAttachment } from './sample-objects.ts'
import type { FakeKubelet } from './serve-node.ts'

/** A kubelet that answers as a healthy one. */
export function sampleKubelet(node: string): FakeKubelet {
  const fs = {
    capacityBytes: 1e11,
    availableBytes: 6e10,
    usedBytes: 4e10,
    inodes: 6e6,
    inodesFree: 5e6,
    inodesUsed: 1e6,
  }
  return {
    summary: () => ({ node: { nodeName: node, fs, runtime: { imageFs: fs } }, pods: [] }),
    configz: () => ({ kubeletconfig: { evictionHard: { 'nodefs.available': '10%' } } }),
    metrics: () =>
      '# TYPE process_start_time_seconds gauge\nprocess_start_time_seconds 1.7672256e+09\n' +
      'kubelet_evictions{eviction_signal="nodefs.available"} 3\ngo_goroutines 12\n',
  }
}

/** Fills a server with a few objects of most resources. */
export function populate({ store, kubelets }: FakeApiServer): void {
  for (const name of ['node-0', 'node-1']) {
    store.put('nodes', sampleNode(name))
    kubelets.set(name, sampleKubelet(name))
  }
  for (let index = 0; index < 7; index++)
    store.put('pods', samplePod(`pod-${index}`, index < 4 ? 'default' : 'log'))
  store.put('storageclasses', sampleStorageClass('local'))
  store.put('volumeattachments', sampleVolumeAttachment('attached-0'))
}

/** How a client reaches a fake server with its token. */
export function fakeConnection(server: FakeApiServer, changed: Partial<ApiConnection> = {}): ApiConnection {
  return {
    server: new URL(server.url),
    authorities: server.authority.certificate,
    isCertificateChecked: true,
    headers: {},
    credentials: fixedCredentials({ authorization: `Bearer ${server.token}` }),
    ...changed,
  }
}
