import { hostname } from 'node:os'
import {
  containerdStore,
  type StoreAnswer,
} from '../../adapters/observe/containerd-store/containerd-store.ts'
import { criRuntime } from '../../adapters/observe/cri/cri-runtime.ts'
import { filesystemReader } from '../../adapters/observe/host/filesystem-reader.ts'
import { hostFiles, type HostFiles } from '../../adapters/observe/host/host-files.ts'
import { systemClock } from '../../adapters/observe/kubernetes-api/system-clock.ts'
import { ownKubelet } from '../../adapters/observe/own-kubelet/own-kubelet.ts'
import { registryProbe } from '../../adapters/observe/registry-probe/registry-probe.ts'
import { isLocal, mountOf } from '../../core/observe/host/mountinfo.ts'
import type { AgentChoice } from './agent-options.ts'
import { kubeletEndpoint } from './kubelet-endpoint.ts'
import { findKubelet, realOr, type KubeletPlaces } from './kubelet-settings.ts'
import { logOfKubelet } from './log-of-kubelet.ts'
import { pullableImages } from './pullable-images.ts'
import { registryHosts } from './registry-settings.ts'
import { nodeSource, type NodeSource } from './node-source.ts'
import { lookAtDisks } from './seen-on-disks.ts'
import { walkNowAndThen, type WalkingPace } from './walk-now-and-then.ts'

/** The node that an agent runs on. */
export interface OpenNode {
  nodeName: string
  source: NodeSource
  /** When what takes its time is known for a first observation: what registries say of the images. */
  settled(): Promise<void>
  close(): Promise<void>
}

/** Finds kubelet and runtime of this host and makes them a source of observations. */
export async function openNode(choice: AgentChoice, pace: WalkingPace): Promise<OpenNode> {
  const host = hostFiles(choice.hostRoot)
  const first = await findKubelet(host)
  const nodeName = choice.nodeName ?? process.env['NODE_NAME'] ?? nameOf(first)
  const socket = choice.runtime ?? host.path(first.runtimeSocket).toString()
  const runtime = criRuntime(socket, { clock: systemClock })
  const log = await logOfKubelet(choice, { host, places: first, node: nodeName, clock: systemClock })
  const filesystems = filesystemReader(host, systemClock)
  const walk = walkNowAndThen({ host, filesystems, clock: systemClock }, pace)
  const store = containerdStore()
  const registries = registryProbe((registry) => registryHosts(host, registry))
  const pullable = pullableImages(registries, { now: Date.now, random: Math.random })
  let places = first
  const source = nodeSource({
    nodeName,
    host,
    filesystems,
    runtime,
    readStore: (directory) => readLocal(host, directory, (root) => store.read(root)),
    kubelet: ownKubelet(() => kubeletEndpoint(choice, places, systemClock)),
    // A kubelet may be started anew, with other options.
    places: async () => (places = await findKubelet(host)),
    log: () => log.read(),
    more: lookAtDisks({ host, walk, nodeName }),
    ...(choice.registries && { pullable }),
  })
  return {
    nodeName,
    source,
    async settled() {
      if (!choice.registries) return
      const { value: images } = await runtime.images()
      pullable.known(images ?? [], Date.now())
      await pullable.settled()
    },
    async close() {
      runtime.close()
      await log.close()
      await registries.close()
    },
  }
}

/** A directory on a filesystem that may never answer is not read. */
async function readLocal(host: HostFiles, directory: string, read: (root: Buffer) => Promise<StoreAnswer>) {
  const real = await realOr(host, directory)
  const mount = mountOf(real, await host.mounts().catch(() => []))
  return mount && isLocal(mount) ? read(host.path(real)) : {}
}

function nameOf({ process }: KubeletPlaces): string {
  return process?.flags.get('hostname-override') ?? hostname().toLowerCase()
}
