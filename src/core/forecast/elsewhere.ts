import type { Pod } from '../kubernetes/pod.ts'
import { message, type Message } from '../messages/message.ts'
import { podName } from '../observe/node-view.ts'
import type { Observation } from '../observe/observation.ts'
import { indexCluster, type PlacementIndex } from '../placement/index-cluster.ts'
import { fitsNowhereElse, placePod, type Placement } from '../placement/place-pod.ts'
import type { Consequence, NodesRefusing } from './consequences.ts'

/** So many reasons are told apart. */
const MOST_REASONS = 4

/** The cluster as placing pods takes it; undefined while its nodes are not known. */
export function placementIndex({ cluster }: Observation): PlacementIndex | undefined {
  const { nodes, pods, persistentVolumeClaims, persistentVolumes, storageClasses } = cluster
  if (!nodes) return undefined
  return indexCluster({
    nodes: nodes.value,
    pods: pods?.value,
    claims: persistentVolumeClaims?.value,
    volumes: persistentVolumes?.value,
    storageClasses: storageClasses?.value,
  })
}

/** Which of the pods that are evicted could run on no other node, and why each other node will not have them. */
export function fitNowhereElse(pods: readonly Pod[], nodeName: string, index: PlacementIndex): Consequence[] {
  return pods.flatMap((pod): Consequence[] => {
    const answer = fitsNowhereElse(pod, index, { except: nodeName })
    if (answer === 'no') return []
    const name = podName(pod)
    const certainty = answer === 'yes' ? 'certain' : 'possible'
    return [
      {
        kind: 'fits-nowhere-else',
        subject: name,
        certainty,
        message: message('forecast.fits-nowhere-else', {
          pod: name,
          certainty,
          others: index.nodes.filter((node) => node.name !== nodeName).length,
        }),
        nodes: refusing(placePod(pod, index, { except: nodeName })),
      },
    ]
  })
}

/** The nodes by what refuses the pod there, the reason that most have first. */
function refusing(placements: readonly Placement[]): NodesRefusing[] {
  const groups = new Map<string, { reason: Message; nodes: string[] }>()
  for (const { node, reasons } of placements) {
    const [reason] = reasons
    if (!reason) continue
    const key = JSON.stringify(reason)
    const group = groups.get(key) ?? { reason, nodes: [] }
    group.nodes.push(node)
    groups.set(key, group)
  }
  return [...groups.values()].toSorted((a, b) => b.nodes.length - a.nodes.length).slice(0, MOST_REASONS)
}
