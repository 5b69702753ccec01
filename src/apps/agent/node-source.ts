import { nodeAsker } from '../../adapters/observe/cluster/node-parts.ts'
import type { FilesystemReader } from '../../adapters/observe/host/filesystem-reader.ts'
import type { HostFiles } from '../../adapters/observe/host/host-files.ts'
import type { OwnKubelet } from '../../adapters/observe/own-kubelet/own-kubelet.ts'
import { KubeletConfiguration } from '../../core/kubernetes/kubelet-configuration.ts'
import type { Answer } from '../../core/observe/cluster-api.ts'
import type { ContainerRuntime } from '../../core/observe/container-runtime.ts'
import type { Gap } from '../../core/observe/gap.ts'
import { settingsInEffect } from '../../core/observe/host/kubelet-command-line.ts'
import { mountOf } from '../../core/observe/host/mountinfo.ts'
import type { FilesystemReading, NodeObservation } from '../../core/observe/observation.ts'
import type { ObservationSource } from '../../core/observe/observation-source.ts'
import type { Duration } from '../../core/units/duration.ts'
import type { Instant } from '../../core/units/instant.ts'
import { realOr, type KubeletPlaces } from './kubelet-settings.ts'
import type { StatedLog } from './log-of-kubelet.ts'
import type { PullableImages } from './pullable-images.ts'
import { askRuntime, type ReadStore, type RuntimeParts } from './runtime-parts.ts'

/** What the node's own view is made from. */
export interface NodeSourceParts {
  nodeName: string
  host: HostFiles
  filesystems: FilesystemReader
  runtime: ContainerRuntime
  /** Reads the runtime's own metadata; absent where nothing reads it. */
  readStore?: ReadStore
  kubelet: OwnKubelet
  places: () => Promise<KubeletPlaces>
  /** What the kubelet's log stated since the last call, and what of it could not be had. */
  log: StatedLog['read']
  /** What registries say of the images; absent where they are not asked. */
  pullable?: PullableImages
  /** More that is seen on the node, at its own pace. */
  more?: (parts: { runtime: RuntimeParts; places: KubeletPlaces; at: Instant }) => Promise<{
    seen: Partial<NodeObservation>
    gaps: readonly Gap[]
  }>
}

/** Readings of the filesystems that the kubelet watches; absent where none could be had, or there is no such filesystem. */
export interface Sample {
  nodefs?: FilesystemReading
  imagefs?: FilesystemReading
}

/** A node as somebody on it sees it. */
export interface NodeSource extends ObservationSource {
  /** Takes a reading of the filesystems; the next observation has it. */
  sample(): Promise<Sample>
}

/** The runtime and the kubelet are asked so often; a kubelet counts no more often itself. */
const ASK_EVERY: Duration = 10_000
/** Readings that are kept for the next observation. */
const MOST_READINGS = 600

interface Asked {
  at: Instant
  runtime: RuntimeParts
  said: Awaited<ReturnType<ReturnType<typeof nodeAsker>['ask']>>
  version: Answer<string>
  places: KubeletPlaces
}

/** Observes the node it runs on. What cannot be had is a gap; nothing of it throws. */
export function nodeSource(parts: NodeSourceParts): NodeSource {
  const { nodeName, host, filesystems, runtime, kubelet } = parts
  const asker = nodeAsker(kubelet)
  let asked: Asked | undefined
  let nodefs: FilesystemReading[] = []
  let imagefs: FilesystemReading[] = []
  let sampling: Gap[] = []

  const withPullable = ({ images }: RuntimeParts['parts'], at: Instant): Partial<NodeObservation> =>
    images && parts.pullable ? { images: { ...images, value: parts.pullable.known(images.value, at) } } : {}

  /** The runtime names a directory as it was told, which may be a link to another disk. */
  async function whereItIs(said: RuntimeParts): Promise<RuntimeParts> {
    if (said.rootDirectory === undefined) return said
    return { ...said, rootDirectory: await realOr(host, said.rootDirectory) }
  }

  async function ask(at: Instant): Promise<Asked> {
    const places = await parts.places()
    const born = String(places.process?.pid ?? '')
    const [saidByRuntime, said, version] = await Promise.all([
      askRuntime(runtime, parts.readStore, nodeName, at),
      asker.ask(nodeName, born, at),
      asked?.version.value !== undefined && asked.places.process?.pid === places.process?.pid
        ? asked.version
        : kubelet.version(nodeName),
    ])
    return { at, runtime: await whereItIs(saidByRuntime), said, version, places }
  }

  async function sample(): Promise<Sample> {
    const places = asked?.places ?? (await parts.places())
    const mounts = await host.mounts().catch(() => [])
    const own = mountOf(places.rootDirectory, mounts)
    const ofImages = asked?.runtime.rootDirectory
    const other = ofImages === undefined ? undefined : mountOf(ofImages, mounts)
    const [kubelets, images] = await Promise.all([
      filesystems.read(places.rootDirectory, mounts),
      ofImages !== undefined && other?.device !== own?.device
        ? filesystems.read(ofImages, mounts)
        : undefined,
    ])
    sampling = [kubelets.gap, images?.gap].flatMap((gap) => (gap ? { ...gap, node: nodeName } : []))
    if (kubelets.value) nodefs = [...nodefs.slice(-MOST_READINGS), kubelets.value]
    if (images?.value) imagefs = [...imagefs.slice(-MOST_READINGS), images.value]
    return {
      ...(kubelets.value && { nodefs: kubelets.value }),
      ...(images?.value && { imagefs: images.value }),
    }
  }

  return {
    sample,
    async observe(at) {
      if (asked === undefined || at - asked.at >= ASK_EVERY || at < asked.at) asked = await ask(at)
      await sample()
      const { runtime: ofRuntime, said, version, places } = asked
      const log = await parts.log()
      const onDisk = said.parts.kubeletConfiguration ? {} : settingsOnDisk(places, at)
      const more = (await parts.more?.({ runtime: ofRuntime, places, at })) ?? { seen: {}, gaps: [] }
      const node: NodeObservation = {
        name: nodeName,
        ...(version.value === undefined ? {} : { kubeletVersion: version.value }),
        ...withoutReadings(said.parts),
        ...onDisk,
        ...ofRuntime.parts,
        ...withPullable(ofRuntime.parts, at),
        ...sandboxFlag(places),
        ...more.seen,
        imageNames: { ...log.imageNames, ...ofRuntime.parts.imageNames },
        nodefs: nodefs.length > 0 ? nodefs : said.parts.nodefs,
        ...(imagefs.length > 0 ? { imagefs } : {}),
        facts: log.facts,
      }
      nodefs = []
      imagefs = []
      // What its files say is no gap, though the kubelet tells it only to who may use nodes/proxy.
      const isOnDisk = onDisk.kubeletConfiguration !== undefined && hasAllFiles(places)
      const unsaid = said.gaps.filter(({ part }) => part !== 'configz' || !isOnDisk)
      const gaps = [...unsaid, ...ofRuntime.gaps, ...(version.gap ? [version.gap] : []), ...sampling]
      return { observedAt: at, cluster: {}, nodes: [node], gaps: [...gaps, ...log.gaps, ...more.gaps] }
    },
  }
}

function withoutReadings({ kubeletConfiguration, summary }: Asked['said']['parts']) {
  return { ...(kubeletConfiguration && { kubeletConfiguration }), ...(summary && { summary }) }
}

/** The settings by the kubelet's own file and flags, where it does not say them itself. */
function settingsOnDisk({ process, file }: KubeletPlaces, at: Instant): Partial<NodeObservation> {
  if (process === undefined && file === undefined) return {}
  const value = KubeletConfiguration.parse(settingsInEffect(file, process?.flags ?? new Map()))
  return { kubeletConfiguration: { value, source: 'configuration file', observedAt: at } }
}

/** Whether the file that the kubelet was told to read could be read, too. */
function hasAllFiles({ process, file }: KubeletPlaces): boolean {
  return file !== undefined || !process?.flags.has('config')
}

/** What the kubelet protects is what its own flag names, whatever the runtime makes sandboxes from. */
function sandboxFlag({ process }: KubeletPlaces): Partial<NodeObservation> {
  const flag = process?.flags.get('pod-infra-container-image')
  return flag === undefined ? {} : { sandboxImage: flag }
}
