import { formatBytes } from '../units/bytes.ts'
import { text } from './text.ts'

interface OnFilesystem {
  /** Which of two filesystems it is; absent where images and the kubelet's data share one. */
  holds?: 'kubelet-data' | 'images'
}

interface ThresholdWords extends OnFilesystem {
  signal: string
  isSoft: boolean
  setting: string
  unit: 'bytes' | 'inodes'
  below: number
  available: number
}

const amount = (unit: 'bytes' | 'inodes', value: number) =>
  unit === 'bytes' ? formatBytes(value) : `${value} inodes`

const placeEn = {
  all: '',
  'kubelet-data': " on the filesystem of the kubelet's data",
  images: ' on the image filesystem',
}
const placeZh = { all: '', 'kubelet-data': 'kubelet 数据所在文件系统上', images: '镜像文件系统上' }
const diskEn = {
  all: 'The disk',
  'kubelet-data': "The filesystem of the kubelet's data",
  images: 'The image filesystem',
}
const diskZh = { all: '磁盘', 'kubelet-data': 'kubelet 数据所在文件系统', images: '镜像文件系统' }

/** What the kubelet does: where images are elsewhere, deleting them would free nothing here (semantics §3.5). */
const actsEn = ({ holds }: OnFilesystem) =>
  holds === 'kubelet-data'
    ? 'evicts pods (it deletes no image for that: images are on another filesystem)'
    : 'deletes every idle image, and if that is not enough it evicts pods'
const actsZh = ({ holds }: OnFilesystem) =>
  holds === 'kubelet-data'
    ? '驱逐 Pod（镜像位于另一文件系统，不会为此删除镜像）'
    : '删除所有闲置镜像，若仍不足则驱逐 Pod'

const thresholdEn = (p: ThresholdWords) =>
  `the ${p.isSoft ? 'soft' : 'hard'} eviction threshold ${p.signal} < ${p.setting} (${amount(p.unit, p.below)})`
const thresholdZh = (p: ThresholdWords) =>
  `${p.isSoft ? '软' : '硬'}驱逐阈值 ${p.signal} < ${p.setting}（${amount(p.unit, p.below)}）`

/** What detectors say of levels at which the kubelet acts: crossed, or near. */
export const thresholdFindings = {
  'finding.image-gc-threshold-crossed': text<
    OnFilesystem & { usedPercent: number; highThresholdPercent: number; bytesToFree?: number }
  >({
    en: (p) =>
      `${diskEn[p.holds ?? 'all']} is ${p.usedPercent} % used as image garbage collection counts it (threshold ${p.highThresholdPercent} %): its next pass, at most five minutes away, deletes idle images${p.bytesToFree === undefined ? '' : ` to free ${formatBytes(p.bytesToFree)}`}.`,
    'zh-CN': (p) =>
      `按镜像垃圾回收的口径，${diskZh[p.holds ?? 'all']}已用 ${p.usedPercent}%（阈值 ${p.highThresholdPercent}%）：最迟五分钟内的下一轮回收将删除闲置镜像${p.bytesToFree === undefined ? '' : `，以释放 ${formatBytes(p.bytesToFree)}`}。`,
  }),
  'finding.image-gc-threshold-near': text<
    OnFilesystem & { highThresholdPercent: number; available: number; below: number }
  >({
    en: (p) =>
      `${formatBytes(p.available)} are available${placeEn[p.holds ?? 'all']}: ${formatBytes(p.available - p.below)} less, and image garbage collection (threshold ${p.highThresholdPercent} %) deletes idle images. Free space before that, or keep copies of images that no registry can give back.`,
    'zh-CN': (p) =>
      `${placeZh[p.holds ?? 'all']}剩余 ${formatBytes(p.available)}：再减少 ${formatBytes(p.available - p.below)}，镜像垃圾回收（阈值 ${p.highThresholdPercent}%）就会删除闲置镜像。请在此之前释放空间，或为无法从镜像仓库取回的镜像保留副本。`,
  }),
  'finding.eviction-threshold-crossed': text<ThresholdWords>({
    en: (p) =>
      `Only ${amount(p.unit, p.available)} are available${placeEn[p.holds ?? 'all']}, below ${thresholdEn(p)}: ${p.isSoft ? 'after its grace period' : 'within ten seconds'} the kubelet ${actsEn(p)}.`,
    'zh-CN': (p) =>
      `${placeZh[p.holds ?? 'all']}仅剩 ${amount(p.unit, p.available)} 可用，低于${thresholdZh(p)}：kubelet 将${p.isSoft ? '在宽限期后' : '在十秒内'}${actsZh(p)}。`,
  }),
  'finding.eviction-threshold-near': text<ThresholdWords>({
    en: (p) =>
      `${amount(p.unit, p.available)} are available${placeEn[p.holds ?? 'all']}: ${amount(p.unit, p.available - p.below)} less, and ${thresholdEn(p)} is met; then the kubelet ${actsEn(p)}. ${p.unit === 'bytes' ? 'Free space before that, or find what grows.' : 'Find where the many files are: `du --inodes -x -d 3 / | sort -n | tail -n 20`.'}`,
    'zh-CN': (p) =>
      `${placeZh[p.holds ?? 'all']}剩余 ${amount(p.unit, p.available)}：再减少 ${amount(p.unit, p.available - p.below)} 就会达到${thresholdZh(p)}，届时 kubelet 将${actsZh(p)}。${p.unit === 'bytes' ? '请在此之前释放空间，或查明是什么在增长。' : '请查明大量文件位于何处：`du --inodes -x -d 3 / | sort -n | tail -n 20`。'}`,
  }),
}
