import { formatBytes } from '../units/bytes.ts'
import { names, text } from './text.ts'

type ImplausibleFigures =
  | { why: 'no-capacity' | 'no-size' }
  | { why: 'available-over-capacity'; availableBytes: number; usedBytes: number; capacityBytes: number }
  | { why: 'inodes-free-over-inodes'; inodesFree: number; inodes: number }
  | { why: 'clock-went-back'; seconds: number }

/** What detectors say of input that cannot be understood or believed. */
export const inputFindings = {
  'finding.kubelet-version-unknown': text<{ version: string }>({
    en: (p) =>
      `The kubelet calls its version "${p.version}", which is no version of Kubernetes 1: rules that differ from version to version are not applied to this node. Run \`kubelet --version\` on the node to see what it is.`,
    'zh-CN': (p) =>
      `kubelet 自称版本为“${p.version}”，不是 Kubernetes 1 的任何版本：因版本而异的规则不会用于该节点。请在节点上执行 \`kubelet --version\` 查明实际版本。`,
  }),
  'finding.kubelet-configuration-unreadable': text<{
    problems: readonly { field: string; value: string }[]
    /** Entries for an eviction signal that there is not. */
    unknownSignals?: readonly { field: string }[]
  }>({
    en: ({ problems, unknownSignals = [] }) =>
      [
        problems.length > 0 &&
          `The kubelet's configuration says ${names(problems.map(problem), 'en')}, which is no value that a kubelet takes: it counts as not set, and everything else counts.`,
        unknownSignals.length > 0 &&
          `The kubelet's configuration has ${names(unknownSignals.map(fieldOf), 'en')}, but no kubelet knows an eviction signal of that name: it is no threshold of anything.`,
        `Correct it in the kubelet's configuration file.`,
      ]
        .filter((sentence) => sentence !== false)
        .join(' '),
    'zh-CN': ({ problems, unknownSignals = [] }) =>
      [
        problems.length > 0 &&
          `kubelet 配置中的 ${names(problems.map(problem), 'zh-CN')} 不是 kubelet 接受的值：这些项按未设置处理，其余设置照常生效。`,
        unknownSignals.length > 0 &&
          `kubelet 配置中有 ${names(unknownSignals.map(fieldOf), 'zh-CN')}，但 kubelet 没有这个名称的驱逐信号：该项不是任何阈值。`,
        `请在 kubelet 配置文件中更正。`,
      ]
        .filter((sentence) => sentence !== false)
        .join(''),
  }),
  'finding.disk-figures-implausible': text<ImplausibleFigures>({ en: figuresEn, 'zh-CN': figuresZh }),
}

const fieldOf = ({ field }: { field: string }) => field
const problem = ({ field, value }: { field: string; value: string }) => `${field}: ${value}`

function figuresEn(p: ImplausibleFigures): string {
  switch (p.why) {
    case 'no-capacity':
      return 'The disk is said to have a capacity of 0 bytes, so this reading is not used. Just after a start of the kubelet that passes; if it stays, image garbage collection fails with it: look at `df -h /var/lib/kubelet` on the node.'
    case 'no-size':
      return 'A reading of the disk has a figure that is no size, so it is not used. Look at `df -h /var/lib/kubelet` and `df -i /var/lib/kubelet` on the node.'
    case 'available-over-capacity':
      return `The disk is said to have ${formatBytes(p.availableBytes)} available and ${formatBytes(p.usedBytes)} used of ${formatBytes(p.capacityBytes)}, which cannot be, so this reading is not used. Look at \`df -h /var/lib/kubelet\` on the node.`
    case 'inodes-free-over-inodes':
      return `The disk is said to have ${p.inodesFree} free inodes of ${p.inodes}, which cannot be, so this reading is not used. Look at \`df -i /var/lib/kubelet\` on the node.`
    case 'clock-went-back':
      return `The clock of the node went back by ${p.seconds} s: what was measured at later times is given up, and growth is reckoned anew from there. Look at \`timedatectl\` on the node.`
  }
}

function figuresZh(p: ImplausibleFigures): string {
  switch (p.why) {
    case 'no-capacity':
      return '磁盘容量被报告为 0 字节，因此不采用该读数。kubelet 刚启动时会自行恢复；若一直如此，镜像垃圾回收也会因此失败：请在节点上查看 `df -h /var/lib/kubelet`。'
    case 'no-size':
      return '磁盘读数中有一项不是有效的大小，因此不采用该读数。请在节点上查看 `df -h /var/lib/kubelet` 与 `df -i /var/lib/kubelet`。'
    case 'available-over-capacity':
      return `磁盘被报告为共 ${formatBytes(p.capacityBytes)}，可用 ${formatBytes(p.availableBytes)}，已用 ${formatBytes(p.usedBytes)}，这不可能，因此不采用该读数。请在节点上查看 \`df -h /var/lib/kubelet\`。`
    case 'inodes-free-over-inodes':
      return `磁盘被报告为共 ${p.inodes} 个 inode，空闲 ${p.inodesFree} 个，这不可能，因此不采用该读数。请在节点上查看 \`df -i /var/lib/kubelet\`。`
    case 'clock-went-back':
      return `节点时钟回退了 ${p.seconds} 秒：已放弃更晚时刻的测量值，并从此处重新计算增长。请在节点上查看 \`timedatectl\`。`
  }
}
