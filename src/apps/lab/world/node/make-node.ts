import { parseKubeletVersion } from '../../../../core/kubelet/kubelet-version.ts'
import type { Instant } from '../../../../core/units/instant.ts'
import { createDisk } from './disk.ts'
import { createImageStore } from './image-store.ts'
import { nodeAddresses } from './node-addresses.ts'
import type { NodePlan, NodeState } from './node-state.ts'

/** A node as its plan describes it, before its kubelet starts. @throws {TypeError} for a plan without a readable version */
export function makeNode(plan: NodePlan, index: number, at: Instant): NodeState {
  const version = parseKubeletVersion(plan.kubeletVersion)
  if (!version) throw new TypeError(`no version of a kubelet: ${plan.kubeletVersion}`)
  const isDocker = plan.runtime.startsWith('docker')
  const disk = createDisk(plan.disk, at)
  const imageDisk = plan.imageDisk ? createDisk(plan.imageDisk, at) : disk
  const images = createImageStore(imageDisk, isDocker ? 'docker' : 'containerd')
  for (const image of plan.images) images.add(image, at)
  disk.add(at, plan.otherBytes ?? 0, plan.otherInodes ?? 0)
  return {
    plan,
    addresses: nodeAddresses(index),
    version,
    isDocker,
    disk,
    imageDisk,
    images,
    pods: new Map(),
    directories: new Map(
      Object.entries(plan.directories ?? {}).map(([path, bytes]) => [path, disk.add(at, bytes, 1)]),
    ),
    orphans: new Map(Object.entries(plan.orphans ?? {}).map(([uid, entries]) => [uid, { entries }])),
  }
}
