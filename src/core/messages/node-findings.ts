import { shellWord } from './shell-word.ts'
import { spanEn, spanZh } from './span-words.ts'
import { text } from './text.ts'

/** What points at a node's disk. */
export type DiskTrouble = keyof typeof TROUBLE

const TROUBLE = {
  pressure: { en: 'it is under DiskPressure', zh: '处于 DiskPressure 状态' },
  said: { en: 'its own message names the disk', zh: '其状态信息提到了磁盘' },
  short: {
    en: 'its disk was below an eviction threshold when last read',
    zh: '最近一次读数显示磁盘低于驱逐阈值',
  },
  full: { en: 'writes failed for want of space or inodes', zh: '写入因空间或 inode 不足而失败' },
  failing: { en: 'its kernel reported errors of a filesystem', zh: '内核报告了文件系统错误' },
} as const

const lastingEn = (seconds: number | undefined) => (seconds === undefined ? '' : ` for ${spanEn(seconds)}`)
const lastingZh = (seconds: number | undefined) => (seconds === undefined ? '' : `已持续 ${spanZh(seconds)}`)

/** What detectors say of Nodes by their conditions and taints. */
export const nodeFindings = {
  'finding.node-under-disk-pressure': text<{ node: string; seconds?: number; endsAfter?: string }>({
    en: (p) =>
      `${p.node} has been under DiskPressure${lastingEn(p.seconds)}: its kubelet deletes idle images and evicts pods until enough is free, and pods that do not tolerate it are not scheduled there. ${p.endsAfter === undefined ? `Free space on it: see what fills it with \`df -h\` and \`du -xh -d 3 / | sort -h | tail -n 20\`.` : `By its last reading every threshold is met again: it ends ${p.endsAfter} after the last shortage (evictionPressureTransitionPeriod).`}`,
    'zh-CN': (p) =>
      `${p.node} 处于 DiskPressure 状态${lastingZh(p.seconds)}：kubelet 会删除闲置镜像并驱逐 Pod，直到空间足够；不容忍该状态的 Pod 不会调度到此节点。${p.endsAfter === undefined ? '请释放该节点的空间：用 `df -h` 与 `du -xh -d 3 / | sort -h | tail -n 20` 查明占用。' : `最近一次读数显示所有阈值都已满足：该状态将在最后一次不足的 ${p.endsAfter} 之后结束（evictionPressureTransitionPeriod）。`}`,
  }),
  'finding.disk-pressure-taint-left': text<{ node: string; seconds: number; effect: string }>({
    en: (p) =>
      `${p.node} keeps the taint node.kubernetes.io/disk-pressure:${p.effect}, though its condition has said for ${spanEn(p.seconds)} that there is no pressure: pods are kept away for nothing. The control plane takes the taint away within seconds: look whether kube-controller-manager runs; a taint that someone set by hand goes with \`kubectl taint nodes ${shellWord(p.node)} node.kubernetes.io/disk-pressure-\`.`,
    'zh-CN': (p) =>
      `${p.node} 仍带有污点 node.kubernetes.io/disk-pressure:${p.effect}，但其状态在 ${spanZh(p.seconds)}前就已表明没有磁盘压力：Pod 被无故挡在外面。控制面会在数秒内移除该污点：请检查 kube-controller-manager 是否在运行；若是人工添加的污点，可执行 \`kubectl taint nodes ${shellWord(p.node)} node.kubernetes.io/disk-pressure-\` 移除。`,
  }),
  'finding.node-not-ready-with-disk-trouble': text<{
    node: string
    seconds?: number
    said?: string
    troubles: readonly DiskTrouble[]
  }>({
    en: (p) =>
      `${p.node} has not been ready${lastingEn(p.seconds)}${p.said === undefined ? '' : ` ("${p.said}")`}, and its disk is a likely cause: ${p.troubles.map((trouble) => TROUBLE[trouble].en).join('; ')}. On the node, look at \`df -h\`, \`df -i\` and \`dmesg -T | tail -n 50\`, then at \`systemctl status kubelet containerd docker\`.`,
    'zh-CN': (p) =>
      `${p.node} 未就绪${lastingZh(p.seconds)}${p.said === undefined ? '' : `（“${p.said}”）`}，原因很可能是磁盘：${p.troubles.map((trouble) => TROUBLE[trouble].zh).join('；')}。请在节点上查看 \`df -h\`、\`df -i\` 与 \`dmesg -T | tail -n 50\`，再查看 \`systemctl status kubelet containerd docker\`。`,
  }),
  'finding.filesystem-read-only': text<{
    mountPoint: string
    kubelet: boolean
    runtime: boolean
    logs: boolean
  }>({
    en: (p) =>
      `The filesystem at ${p.mountPoint}, with the things of ${allOf(['the kubelet', p.kubelet], ['the runtime', p.runtime], ['the logs', p.logs]).join(' and ')}, is read-only: nothing can be written, and evictions free nothing. The kernel does that after an error of the disk; \`dmesg -T | grep -iE 'remount|i/o error|ext4|xfs'\` on the node says which. Drain the node, then check the disk (\`fsck\`, \`xfs_repair\`) before mounting it for writing again.`,
    'zh-CN': (p) =>
      `${p.mountPoint} 上的文件系统（存放 ${allOf(['kubelet 数据', p.kubelet], ['容器运行时数据', p.runtime], ['日志', p.logs]).join('、')}）处于只读状态：无法写入，驱逐也不能释放空间。内核通常在磁盘出错后这样处理；可在节点上执行 \`dmesg -T | grep -iE 'remount|i/o error|ext4|xfs'\` 查看原因。请先驱逐（drain）该节点，检查磁盘（\`fsck\`、\`xfs_repair\`）后再重新以读写方式挂载。`,
  }),
}

function allOf(...words: readonly (readonly [word: string, applies: boolean])[]): string[] {
  return words.flatMap(([word, applies]) => (applies ? [word] : []))
}
