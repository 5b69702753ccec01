import { describe, expect, it } from 'vitest'
import { pod, using, volume } from '../../placement/cluster.contract.ts'
import { nodeView, sentences } from '../node-view.contract.ts'
import { dataOnKubeletFilesystem } from './data-on-kubelet-filesystem.ts'

const part = <T>(value: T) => ({ value, source: 'test', observedAt: 0 })
const local = volume('pv-1', undefined, {
  local: { path: '/data/es' },
  claimRef: { namespace: 'log', name: 'data-es-0' },
})
const told = (capacityBytes: number, inodes: number) => ({
  persistentVolumes: part([local]),
  pods: part([pod('es-0', using('data-es-0'), { namespace: 'log' })]),
  summaries: [part({ pods: [], claimFilesystems: [{ claim: 'log/data-es-0', capacityBytes, inodes }] })],
})
const hostPath = (path: string) => ({
  pods: part([pod('a', { volumes: [{ name: 'v', hostPath: { path } }] }, { namespace: 'app' })]),
})

describe('data-on-kubelet-filesystem', () => {
  it('knows a local volume by the size of its filesystem, and does not know a hostPath', () => {
    const { pods, ...rest } = told(1e9, 1000)
    const all = { ...rest, pods: part([...pods.value, ...hostPath('/srv/files').pods.value]) }
    expect(sentences(dataOnKubeletFilesystem, nodeView([500], all))).toEqual([
      '1 local volume is on the filesystem that the kubelet watches: /data/es (log/data-es-0). 1 hostPath may be there, too, unless another disk is mounted at it: /srv/files (app/a). What is written there counts for no pod: when it fills the disk, pods are evicted that free nothing. Put such data on a disk of its own.',
    ])
  })

  it.each([
    ['a volume on a disk of another size', nodeView([500], told(2e9, 1000))],
    ['one of which the kubelet tells no size', nodeView([500], { ...told(1e9, 1000), summaries: [] })],
    ['a node without readings', nodeView([], told(1e9, 1000))],
    ['a hostPath to logs', nodeView([500], hostPath('/var/log'))],
    ['a hostPath to a socket', nodeView([500], hostPath('/run/containerd/containerd.sock'))],
    ['a node of which nothing is known', nodeView([500])],
  ])('is quiet about %s', (_, view) => expect(sentences(dataOnKubeletFilesystem, view)).toEqual([]))
})
