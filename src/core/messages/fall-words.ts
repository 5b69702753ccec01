import { formatAboutBytes, formatBytes } from '../units/bytes.ts'
import { names } from './text.ts'

/** How a disk filled, as far as the data can bear it. */
export interface FallWords {
  node: string
  unit: 'bytes' | 'inodes'
  /** Set where images have a filesystem of their own, and this is it. */
  isOfImages?: boolean
  from: number
  to: number
  seconds: number
  /** Set while the level at which the kubelet acts is still ahead. */
  coming?: { below: number; seconds: number; evicts: boolean }
  /** Bytes in nothing that the kubelet counts, when they are a good part of the fall. */
  unattributedBytes?: number
  /** The time of the figures this was reckoned with, when they are older than the fall's end. */
  countedAt?: string
  suspects: readonly {
    kind: 'persistent-volume' | 'host-path'
    name: string
    path: string
    claim?: string
    pods: readonly string[]
  }[]
  emptyDirPods: readonly string[]
  grown: readonly { kind: keyof typeof GROWN_EN; pod?: string; bytes: number }[]
}

const GROWN_EN = {
  log: 'the container log of',
  'local-volumes': 'the emptyDir volumes of',
  'writable-layer': 'the writable layer of',
  containers: 'the logs and writable layers of',
  images: 'images',
}
const GROWN_ZH = {
  log: '的容器日志',
  'local-volumes': '的 emptyDir 卷',
  'writable-layer': '的可写层',
  containers: '的日志与可写层',
  images: '镜像',
}

/** How a disk filled, in English. */
export function fellEn(p: FallWords): string {
  const amount = (value: number) => (p.unit === 'bytes' ? formatBytes(value) : value.toLocaleString('en'))
  const what = p.unit === 'bytes' ? 'Free space' : 'The number of free inodes'
  const of = p.isOfImages ? ' of the image filesystem' : ''
  const sentences = [`${what}${of} fell from ${amount(p.from)} to ${amount(p.to)} in ${p.seconds} s.`]
  if (p.coming) {
    const { below, seconds, evicts } = p.coming
    const then = `deletes idle images${evicts ? ' and, if that is not enough, evicts pods' : ''}`
    sentences.push(
      `If it goes on like this, it is below ${amount(below)} in about ${seconds} s; then the kubelet ${then}.`,
    )
  }
  for (const { kind, pod, bytes } of p.grown) {
    sentences.push(
      `In that time ${GROWN_EN[kind]}${pod === undefined ? '' : ` ${pod}`} grew by ${formatBytes(bytes)}.`,
    )
  }
  if (p.unattributedBytes === undefined) return sentences.join(' ')
  const counted = p.countedAt === undefined ? '' : `, as they were counted at ${p.countedAt}`
  sentences.push(
    `About ${formatAboutBytes(p.unattributedBytes)} are in no image, no container log and no writable layer${counted}.`,
  )
  const suspects = suspectsOf(p).map(suspectEn)
  if (p.emptyDirPods.length > 0) suspects.push(`an emptyDir volume of ${names(p.emptyDirPods, 'en', 4)}`)
  if (suspects.length === 0) {
    sentences.push(
      `Nothing observed says what wrote them; on ${p.node}, \`du -xh -d 3 / | sort -h | tail -n 20\` tells.`,
    )
  } else {
    const why =
      p.emptyDirPods.length > 0
        ? ''
        : `, for no statistic counts what is in ${suspects.length === 1 ? 'it' : 'them'}`
    sentences.push(
      `Suspected, not proven: ${suspects.join(', or ')}${why}${howToCheck(p, (paths) => `; \`du -xsh ${paths}\` on ${p.node} tells`)}.`,
    )
  }
  return sentences.join(' ')
}

/** How a disk filled, in Chinese. */
export function fellZh(p: FallWords): string {
  const amount = (value: number) => (p.unit === 'bytes' ? formatBytes(value) : `${value} 个`)
  const what = p.unit === 'bytes' ? '可用空间' : '空闲 inode'
  const of = p.isOfImages ? '镜像文件系统的' : ''
  const sentences = [`${of}${what}在 ${p.seconds} 秒内从 ${amount(p.from)} 降到 ${amount(p.to)}。`]
  if (p.coming) {
    const { below, seconds, evicts } = p.coming
    const then = `删除未使用的镜像${evicts ? '，仍不足时驱逐 Pod' : ''}`
    sentences.push(`照此下去，约 ${seconds} 秒后将低于 ${amount(below)}，届时 kubelet 会${then}。`)
  }
  for (const { kind, pod, bytes } of p.grown) {
    sentences.push(
      `同期${pod === undefined ? '' : ` ${pod} `}${GROWN_ZH[kind]}增长了 ${formatBytes(bytes)}。`,
    )
  }
  if (p.unattributedBytes === undefined) return sentences.join('')
  const counted = p.countedAt === undefined ? '' : `（按 ${p.countedAt} 的统计）`
  sentences.push(`约 ${formatAboutBytes(p.unattributedBytes)} 不属于任何镜像、容器日志或可写层${counted}。`)
  const suspects = suspectsOf(p).map(suspectZh)
  if (p.emptyDirPods.length > 0) suspects.push(`${names(p.emptyDirPods, 'zh-CN', 4)} 的 emptyDir 卷`)
  if (suspects.length === 0) {
    sentences.push(
      `现有数据无法说明由谁写入；可在 ${p.node} 上执行 \`du -xh -d 3 / | sort -h | tail -n 20\` 查明。`,
    )
  } else {
    const why = p.emptyDirPods.length > 0 ? '' : '，因为没有任何统计会计入其中的数据'
    sentences.push(
      `怀疑（尚未证实）是${suspects.join('，或')}${why}${howToCheck(p, (paths) => `；在 ${p.node} 上执行 \`du -xsh ${paths}\` 即可确认`)}。`,
    )
  }
  return sentences.join('')
}

/** The first few: a sentence is no inventory. */
const suspectsOf = ({ suspects }: FallWords) => suspects.slice(0, 3)

function suspectEn({ kind, name, path, claim, pods }: FallWords['suspects'][number]): string {
  const users = pods.length > 0 ? ` of ${names(pods, 'en', 3)}` : ''
  if (kind === 'host-path') return `the hostPath ${path}${users}`
  return `the directory of the local PersistentVolume ${name}${claim === undefined ? '' : ` (claim ${claim}${users})`}`
}

function suspectZh({ kind, name, path, claim, pods }: FallWords['suspects'][number]): string {
  const users = pods.length > 0 ? `，由 ${names(pods, 'zh-CN', 3)} 使用` : ''
  if (kind === 'host-path') return ` hostPath ${path}${users === '' ? '' : `（${users.slice(1)}）`}`
  return `本地 PersistentVolume ${name}${claim === undefined ? '' : `（PVC ${claim}${users}）`}的目录`
}

function howToCheck(p: FallWords, say: (paths: string) => string): string {
  const paths = suspectsOf(p).map(({ path }) => path)
  return paths.length > 0 ? say(paths.join(' ')) : ''
}
