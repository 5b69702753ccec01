import { describe, expect, it } from 'vitest'
import { createFramer } from '../../explain/frame/framer.ts'
import { foldFacts } from '../../explain/fold.ts'
import { readFacts } from '../../explain/read-facts.ts'
import { Node } from '../../kubernetes/node.ts'
import { ago, clusterOf, clusterSentences, clusterView } from '../cluster-view.contract.ts'
import { nodeView } from '../node-view.contract.ts'
import { nodeNotReadyWithDiskTrouble } from './node-not-ready-with-disk-trouble.ts'

const node = (ready: string, pressure = 'False', message = 'Kubelet stopped posting node status.') =>
  Node.parse({
    metadata: { name: 'n1' },
    status: {
      conditions: [
        { type: 'Ready', status: ready, message, lastTransitionTime: ago(120) },
        { type: 'DiskPressure', status: pressure },
      ],
    },
  })
const known = (view: ReturnType<typeof nodeView>) => ({ nodes: new Map([['n1', view]]) })

function stated(time: string) {
  const framer = createFramer({ file: 'kernel', year: 1970 })
  const line = `E${time} 1 file.go:1] write /var/lib/kubelet/x: no space left on device`
  return foldFacts([], [...framer.push(line), ...framer.end()].flatMap(readFacts))
}

describe('node-not-ready-with-disk-trouble', () => {
  it('says what points at the disk', () => {
    expect(
      clusterSentences(nodeNotReadyWithDiskTrouble, clusterOf({ nodes: [node('Unknown', 'True')] })),
    ).toEqual([
      'Node/n1: n1 has not been ready for 2 min ("Kubelet stopped posting node status."), and its disk is a likely cause: it is under DiskPressure. On the node, look at `df -h`, `df -i` and `dmesg -T | tail -n 50`, then at `systemctl status kubelet containerd docker`.',
    ])
  })

  it.each([
    [
      'its own message',
      node('False', 'False', 'failed to write: no space left on device'),
      {},
      'its own message',
    ],
    [
      'its last readings',
      node('Unknown'),
      known(nodeView([50])),
      'below an eviction threshold when last read',
    ],
    [
      'what its log stated',
      node('False'),
      known(nodeView([500], { facts: stated('0101 00:55:00.000000') })),
      'writes failed for want of space',
    ],
  ])('concludes it from %s', (_, object, more, said) => {
    const [sentence] = clusterSentences(nodeNotReadyWithDiskTrouble, clusterOf({ nodes: [object] }, more))
    expect(sentence).toContain(said)
  })

  it.each([
    ['a node that is ready', clusterOf({ nodes: [node('True', 'True')] })],
    [
      'a node that is down for reasons unknown',
      clusterOf({ nodes: [node('Unknown')] }, known(nodeView([500]))),
    ],
    [
      'what was stated before the last hour',
      clusterOf(
        { nodes: [node('False')] },
        known(
          nodeView([500], { facts: stated('0101 00:00:00.000000').map((fact) => ({ ...fact, lastAt: -1 })) }),
        ),
      ),
    ],
    ['nodes that could not be had', clusterView()],
  ])('is quiet about %s', (_, cluster) => {
    expect(clusterSentences(nodeNotReadyWithDiskTrouble, cluster)).toEqual([])
  })
})
