import { describe, expect, it } from 'vitest'
import { pod } from '../../placement/cluster.contract.ts'
import { nodeView, sentences, twoDisks } from '../node-view.contract.ts'
import { etcdOnFillingDisk } from './etcd-on-filling-disk.ts'

const MIRROR = { 'kubernetes.io/config.mirror': 'x' }
const etcd = (annotations: object = MIRROR, paths = ['/etc/kubernetes/pki/etcd', '/var/lib/etcd']) => ({
  pods: {
    value: [
      pod(
        'etcd-n1',
        {
          containers: [{ name: 'etcd' }],
          volumes: paths.map((path, index) => ({ name: `v${index}`, hostPath: { path } })),
        },
        { namespace: 'kube-system', annotations },
      ),
    ],
    source: 'test',
    observedAt: 0,
  },
})

describe('etcd-on-filling-disk', () => {
  it('says what to look at', () => {
    expect(sentences(etcdOnFillingDisk, nodeView([190], etcd()))).toEqual([
      'kube-system/etcd-n1 keeps the data of etcd in /var/lib/etcd of this node, whose disk has 190 MB of 1.00 GB left: if it is on that disk, a full one stops the control plane. See whether it is (`df -h /var/lib/etcd`), and give etcd a disk of its own.',
    ])
  })

  it('goes on saying it below the threshold', () => {
    expect(sentences(etcdOnFillingDisk, nodeView([50], etcd()))).toHaveLength(1)
  })

  it.each([
    ['plenty of space', nodeView([500], etcd())],
    ['the disk of the images', { ...twoDisks(500, 50), ...etcd() }],
    ['a pod that is not static', nodeView([50], etcd({}))],
    ['an etcd that keeps nothing on the node', nodeView([50], etcd(MIRROR, ['/etc/kubernetes/pki/etcd']))],
    ['unknown pods', nodeView([50])],
    ['no readings', nodeView([], etcd())],
  ])('is quiet about %s', (_, view) => expect(sentences(etcdOnFillingDisk, view)).toEqual([]))
})
