import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { Node } from '../../src/core/kubernetes/node.ts'
import { PersistentVolumeClaim } from '../../src/core/kubernetes/persistent-volume-claim.ts'
import { PersistentVolume } from '../../src/core/kubernetes/persistent-volume.ts'
import { Pod } from '../../src/core/kubernetes/pod.ts'
import { say } from '../../src/core/messages/message.ts'
import { indexCluster, type Cluster } from '../../src/core/placement/index-cluster.ts'
import { fitsNowhereElse, placePod } from '../../src/core/placement/place-pod.ts'

interface Item {
  kind: string
  metadata: { name: string; labels?: Record<string, string> }
}

/** The objects of a recorded snapshot, and a second node like the recorded one. */
async function recorded(name: string, snapshot: string) {
  const file = path.join('recordings', name, `${snapshot}-objects.json.gz`)
  const text = (await promisify(gunzip)(await readFile(file))).toString('utf8')
  const { items } = JSON.parse(text) as { items: Item[] }
  const ofKind = (kind: string) => items.filter((item) => item.kind === kind)
  const nodes = ofKind('Node').map((item) => Node.parse(item))
  const cluster = {
    nodes: [...nodes, ...nodes.map((node) => renamed(node, 'other-node'))],
    pods: ofKind('Pod').map((item) => Pod.parse(item)),
    claims: ofKind('PersistentVolumeClaim').map((item) => PersistentVolumeClaim.parse(item)),
    volumes: ofKind('PersistentVolume').map((item) => PersistentVolume.parse(item)),
  }
  return { cluster, podOf: (pod: string) => found(cluster.pods, pod) }
}

function renamed(node: Node, name: string): Node {
  const labels = { ...node.metadata.labels, 'kubernetes.io/hostname': name }
  return { ...node, metadata: { ...node.metadata, name, labels } }
}

function found(pods: readonly Pod[], name: string): Pod {
  const pod = pods.find(({ metadata }) => metadata.name === name)
  if (!pod) throw new Error(`no pod ${name} in the recording`)
  return pod
}

const said = (pod: Pod, cluster: Cluster, except?: string) =>
  placePod(pod, indexCluster(cluster), { except }).map(
    ({ node, verdict, reasons }) =>
      `${node} ${verdict}: ${reasons.map((reason) => say(reason, 'en')).join(' ')}`,
  )

const TIED =
  'other-node refused: The volume pv-es-0 of claim log/data-es-0 can be used only where kubernetes.io/hostname In (lab-node).'

describe('placing the pods of a recorded node', () => {
  it.each([
    ['incident', 'before'],
    ['incident', 'mid'],
    ['incident', 'end'],
    ['healthy', 'end'],
    ['missing-volume-path', 'end'],
  ])('es-0 fits nowhere else, for its volume is local: %s, %s', async (recording, snapshot) => {
    const { cluster, podOf } = await recorded(recording, snapshot)
    expect(said(podOf('es-0'), cluster, 'lab-node')).toEqual([TIED])
    expect(fitsNowhereElse(podOf('es-0'), indexCluster(cluster))).toBe('yes')
  })

  it('others fit on a second node like it', async () => {
    const { cluster, podOf } = await recorded('incident', 'before')
    expect(said(podOf('app1'), cluster, 'lab-node')).toEqual(['other-node fits: '])
    expect(fitsNowhereElse(podOf('app1'), indexCluster(cluster))).toBe('no')
  })

  it('under disk pressure the evicted pod fits nowhere, as the real scheduler said', async () => {
    const { cluster, podOf } = await recorded('incident', 'end')
    const taints = [{ key: 'node.kubernetes.io/disk-pressure', effect: 'NoSchedule' }]
    const nodes = cluster.nodes.map((node) =>
      node.metadata.name === 'lab-node' ? { ...node, spec: { taints } } : node,
    )
    const { nodeName, ...spec } = podOf('es-0').spec
    expect(nodeName).toBe('lab-node')
    expect(said({ ...podOf('es-0'), spec }, { ...cluster, nodes })).toEqual([
      'lab-node refused: The pod does not tolerate the taint node.kubernetes.io/disk-pressure:NoSchedule.',
      TIED,
    ])
  })

  it('without its claim it does not run on its own node either', async () => {
    const { cluster, podOf } = await recorded('incident', 'end')
    const claims = cluster.claims.map((claim) => ({
      ...claim,
      metadata: { ...claim.metadata, deletionTimestamp: '2026-11-24T08:30:00Z' },
    }))
    expect(said(podOf('es-0'), { ...cluster, claims })[0]).toBe(
      'lab-node refused: The claim log/data-es-0 is being deleted.',
    )
    expect(said(podOf('es-0'), { ...cluster, claims: [] })[0]).toBe(
      'lab-node refused: The claim log/data-es-0 does not exist.',
    )
  })
})
