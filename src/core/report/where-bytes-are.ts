import { podPartRates, type PodPartRate } from '../forecast/observed/consumer-rates.ts'
import { message, type Message } from '../messages/message.ts'
import { consumerGrowth, type ConsumerGrowth } from '../observe/attribution/consumer-growth.ts'
import { consumerName } from '../observe/attribution/consumer-name.ts'
import { countedBefore, countedByKubelet } from '../observe/attribution/counted-by-kubelet.ts'
import type { ConsumerKind, DiskAttribution, DiskConsumer } from '../observe/attribution/disk-attribution.ts'
import { uncountedVolumes, type NodeView } from '../observe/node-view.ts'
import type { Part } from '../observe/observation.ts'
import { few } from '../placement/few.ts'
import { shown } from '../tell/shown-text.ts'

/** Something that holds bytes of a filesystem, and what it is made of. */
export interface ConsumerRow {
  name: Message | string
  bytes: number
  /** Negative for who shrinks; absent where too little is known. */
  bytesPerSecond?: number
  rows: readonly ConsumerRow[]
}

/** Where the bytes of a filesystem are: kinds, below them pods, below them containers and volumes. */
export interface ConsumedDisk extends Omit<DiskAttribution, 'consumers'> {
  kinds: readonly (ConsumerRow & { kind: ConsumerKind })[]
  /** Who may hold what is not counted. */
  note?: Message
}

/** Where the bytes of a node are, by whoever knows best. */
export interface WhereBytesAre extends Part<readonly ConsumedDisk[]> {
  /** Whether every byte was looked for on the node; else it is what the kubelet counts. */
  isWalked: boolean
}

/** A node has one or two filesystems that its kubelet counts; from outside they have no paths. */
const COUNTED = { kubelet: 'nodefs', images: 'imagefs' } as const

/** Where a node's bytes are, as its agent found them, else as its kubelet counts them; undefined while nothing is known. */
export function whereBytesAre(view: NodeView): WhereBytesAre | undefined {
  const walked = view.diskAttribution
  const part = walked ?? countedByKubelet(view, COUNTED)
  if (!part) return undefined
  const earlier = walked ? view.earlierDiskAttribution : countedBefore(view, COUNTED)
  const rates: Rates = { growth: consumerGrowth(part, earlier), ofPods: ratesOfPods(view) }
  const value = part.value.map(({ consumers, ...disk }) => ({
    ...disk,
    ...(walked ? {} : suspects(view)),
    kinds: consumers.map((kind) => kindRow(disk.mountPoint, kind, rates, walked !== undefined)),
  }))
  return { ...part, value, isWalked: walked !== undefined }
}

interface Rates {
  growth: ConsumerGrowth
  /** By kind and `namespace/name`: the kubelet counts more often than anybody walks. */
  ofPods: (kind: ConsumerKind, pod: string) => number | undefined
}

function kindRow(mountPoint: string, kind: DiskConsumer, { growth, ofPods }: Rates, isWalked: boolean) {
  const { kind: id, bytes, consumers = [] } = kind
  const rate = (one: DiskConsumer) => (one.kind === 'others' ? undefined : growth(mountPoint, one))
  const leaf = (one: DiskConsumer, name = consumerName(one)): ConsumerRow => ({
    name,
    bytes: one.bytes,
    ...perSecond(rate(one)),
    rows: [],
  })
  const rows = byPod(consumers).map((group): ConsumerRow => {
    const [first] = group
    const pod = first?.pod
    if (!first || pod === undefined) return leaf(first ?? kind)
    const ofPod = ofPods(id, pod) ?? sumOf(group.map(rate))
    if (group.length === 1) return { ...leaf(first), ...perSecond(ofPod) }
    return {
      name: shown(pod),
      bytes: group.reduce((sum, one) => sum + one.bytes, 0),
      ...perSecond(ofPod),
      rows: group.map((one) =>
        leaf(one, one.name === undefined ? message(`disk.kind.${id}`) : shown(one.name)),
      ),
    }
  })
  const own = growth(mountPoint, { kind: id })
  const isUncounted = id === 'remainder' && !isWalked
  return {
    kind: id,
    name: isUncounted ? message('disk.uncounted') : message(`disk.kind.${id}`),
    bytes,
    ...perSecond(own),
    rows: rows.toSorted((a, b) => Number(isOthers(a)) - Number(isOthers(b)) || b.bytes - a.bytes),
  }
}

/** Those of a pod together, in the order of their first; what belongs to no pod stands alone. */
function byPod(consumers: readonly DiskConsumer[]): DiskConsumer[][] {
  const groups = new Map<string, DiskConsumer[]>()
  for (const [index, one] of consumers.entries()) {
    const key = one.pod === undefined || one.kind === 'others' ? `${index}` : `pod ${one.pod}`
    const group = groups.get(key)
    if (group) group.push(one)
    else groups.set(key, [one])
  }
  return [...groups.values()]
}

function isOthers({ name }: ConsumerRow): boolean {
  return typeof name !== 'string' && name.key === 'disk.others'
}

const PART_OF_KIND: Partial<Record<ConsumerKind, PodPartRate['kind']>> = {
  'container-logs': 'logs',
  'writable-layers': 'writable-layer',
  'empty-dirs': 'volumes',
}

function ratesOfPods(view: NodeView): Rates['ofPods'] {
  const latest = view.summaries.at(-1)
  if (view.summaries.length < 2 || !latest) return () => undefined
  const byUid = podPartRates(view)
  const uids = new Map(latest.value.pods.map(({ uid, namespace, name }) => [`${namespace}/${name}`, uid]))
  return (kind, pod) => {
    const part = PART_OF_KIND[kind]
    return byUid.get(uids.get(pod) ?? '')?.find((one) => one.kind === part)?.bytesPerSecond
  }
}

function sumOf(rates: readonly (number | undefined)[]): number | undefined {
  return rates.reduce((sum, rate) => (sum === undefined || rate === undefined ? undefined : sum + rate), 0)
}

function perSecond(rate: number | undefined): Pick<ConsumerRow, 'bytesPerSecond'> {
  return rate === undefined ? {} : { bytesPerSecond: rate }
}

/** Volumes that no kubelet counts: their bytes are in what is left. */
function suspects(view: NodeView): Pick<ConsumedDisk, 'note'> {
  const volumes = uncountedVolumes(view)
  if (volumes.length === 0) return {}
  const name = ({ path, claim, pods }: (typeof volumes)[number]) =>
    [path, claim ?? pods[0]].flatMap((part) => part ?? []).join(' ')
  return { note: message('disk.uncounted.suspects', { volumes: few(volumes, name) }) }
}
