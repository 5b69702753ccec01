import { formatBytes } from '../units/bytes.ts'
import {
  en,
  evictedEn,
  evictedZh,
  reclaimEn,
  reclaimZh,
  goneEn,
  goneZh,
  removedEn,
  removedZh,
  zh,
  type FactWords,
} from './fact-words.ts'
import { spanEn, spanZh } from './span-words.ts'
import { text, type Text } from './text.ts'

type Sentence = (p: FactWords) => string
const say = (english: Sentence, chinese: Sentence): Text<FactWords> => text({ en: english, 'zh-CN': chinese })

/** One sentence for every fact id, under `fact.<id>`. */
export const factMessages = {
  'fact.image-gc-started': say(
    (p) =>
      p.usedPercent === undefined
        ? 'Image garbage collection started: the image filesystem is over its high threshold.'
        : `Image garbage collection started: ${p.usedPercent} % used${p.highThresholdPercent === undefined ? '' : ` (threshold ${p.highThresholdPercent} %)`}${p.bytes === undefined ? '' : `, ${formatBytes(p.bytes)} to free`}${p.lowThresholdPercent === undefined ? '' : ` to get to ${p.lowThresholdPercent} %`}.`,
    (p) =>
      p.usedPercent === undefined
        ? '镜像垃圾回收开始：镜像文件系统超过高阈值。'
        : `镜像垃圾回收开始：已用 ${p.usedPercent}%${p.highThresholdPercent === undefined ? '' : `（阈值 ${p.highThresholdPercent}%）`}${p.bytes === undefined ? '' : `，需释放 ${formatBytes(p.bytes)}`}${p.lowThresholdPercent === undefined ? '' : ` 才能降到 ${p.lowThresholdPercent}%`}。`,
  ),
  'fact.image-gc-removed-image': say(removedEn, removedZh),
  'fact.image-gone': say(goneEn, goneZh),
  'fact.image-gc-freed-nothing': say(
    (p) =>
      `Image garbage collection freed nothing${p.bytes === undefined ? '' : ` of the ${formatBytes(p.bytes)} it wanted`}: ${p.tooYoung === undefined ? 'no image was eligible. The next collection can free something only once containers are gone' : `all ${p.tooYoung} idle images were too young (first seen less than ${p.minimumAgeSeconds} s ago). The next collection, 5 min later, may remove them`}.`,
    (p) =>
      `镜像垃圾回收没有释放任何空间${p.bytes === undefined ? '' : `（需要 ${formatBytes(p.bytes)}）`}：${p.tooYoung === undefined ? '没有可删除的镜像。除非先清理容器，否则下一次回收同样无效' : `${p.tooYoung} 个闲置镜像都太新（发现时间不足 ${p.minimumAgeSeconds} 秒）。5 分钟后的下一次回收可能会删除它们`}。`,
  ),
  'fact.image-gc-failed': say(
    (p) =>
      `Image garbage collection failed${p.bytes === undefined ? '' : `: it wanted ${formatBytes(p.bytes)}`}${p.freedBytes === undefined ? '' : ` and got ${formatBytes(p.freedBytes)}`}.`,
    (p) =>
      `镜像垃圾回收失败${p.bytes === undefined ? '' : `：需要释放 ${formatBytes(p.bytes)}`}${p.freedBytes === undefined ? '' : `，实际释放 ${formatBytes(p.freedBytes)}`}。`,
  ),
  'fact.image-gc-stats-not-ready': say(
    () => 'The first image garbage collection after a start had no statistics yet. Harmless.',
    () => '启动后的首次镜像垃圾回收尚无统计数据，无害。',
  ),
  'fact.image-too-young': say(
    (p) => `Images were too young to be removed: ${en(p.images, 'names unknown')}.`,
    (p) => `镜像太新，未被删除：${zh(p.images, '名称未知')}。`,
  ),
  'fact.image-delete-failed': say(
    (p) => `Images could not be deleted: ${en(p.images, 'names unknown')}.`,
    (p) => `镜像删除失败：${zh(p.images, '名称未知')}。`,
  ),
  'fact.node-level-reclaim': say(reclaimEn, reclaimZh),
  'fact.eviction-threshold-met': say(
    (p) =>
      `An eviction threshold was met; the kubelet set out to reclaim ${p.resource ?? 'resources'}${p.count > 1 ? `, ${p.count} times` : ''}.`,
    (p) =>
      `达到驱逐阈值，kubelet 开始回收 ${p.resource ?? '资源'}${p.count > 1 ? `（共 ${p.count} 次）` : ''}。`,
  ),
  'fact.reclaim-succeeded': say(
    () => 'That ended the shortage without evicting another pod.',
    () => '此举缓解了压力，无需再驱逐 Pod。',
  ),
  'fact.eviction-must-evict': say(
    () => 'It was not enough: the kubelet had to evict pods.',
    () => '仍然不足：kubelet 必须驱逐 Pod。',
  ),
  'fact.pods-ranked': say(
    (p) => `The kubelet ranked the pods for eviction: ${en(p.pods, '')}.`,
    (p) => `kubelet 对 Pod 进行驱逐排序：${zh(p.pods, '')}。`,
  ),
  'fact.pod-evicted': say(evictedEn, evictedZh),
  'fact.eviction-cleanup-done': say(
    (p) => `What ${en(p.pods, 'the evicted pod')} held was cleaned up.`,
    (p) => `${zh(p.pods, '被驱逐的 Pod')} 占用的资源已清理。`,
  ),
  'fact.eviction-cleanup-timeout': say(
    (p) => `${en(p.pods, 'The evicted pod')} was not cleaned up within 30 s.`,
    (p) => `${zh(p.pods, '被驱逐的 Pod')} 未能在 30 秒内清理完毕。`,
  ),
  'fact.eviction-kill-timeout': say(
    (p) => `The kubelet evicted ${en(p.pods, 'a pod')}, but the runtime did not stop it in time.`,
    (p) => `kubelet 驱逐 ${zh(p.pods, 'Pod')}，但运行时未能及时停止它。`,
  ),
  'fact.eviction-no-pods-left': say(
    () => 'The kubelet found no pod left to evict: what fills the disk belongs to no pod.',
    () => 'kubelet 已没有可驱逐的 Pod：占满磁盘的数据不属于任何 Pod。',
  ),
  'fact.eviction-blocked-critical-pod': say(
    (p) =>
      `${en(p.pods, 'A critical pod')} ${p.pods.length > 1 ? 'were' : 'was'} spared from eviction as critical.`,
    (p) => `${zh(p.pods, '关键 Pod')} 因属于关键 Pod 而未被驱逐。`,
  ),
  'fact.pod-admission-rejected': say(
    (p) =>
      `${en(p.pods, 'Pods')} ${p.pods.length > 1 ? 'were' : 'was'} refused${p.count > 1 ? ` ${p.count} times` : ''} by the node while it was under disk pressure.`,
    (p) => `节点处于磁盘压力期间拒绝了 ${zh(p.pods, 'Pod')}${p.count > 1 ? `（${p.count} 次）` : ''}。`,
  ),
  'fact.disk-pressure-condition': say(
    () => 'The node reported DiskPressure: no new pod is scheduled to it.',
    () => '节点上报 DiskPressure：不再有新的 Pod 调度到该节点。',
  ),
  'fact.disk-pressure-cleared': say(
    (p) =>
      `The node reported that disk pressure had ended${p.lastedSeconds === undefined ? '' : `, ${spanEn(p.lastedSeconds)} after it began`}.`,
    (p) =>
      `节点上报磁盘压力已解除${p.lastedSeconds === undefined ? '' : `，共持续 ${spanZh(p.lastedSeconds)}`}。`,
  ),
  'fact.image-pull-failed-network': say(
    (p) =>
      `${en(p.images, 'An image')} could not be pulled: ${p.registry ?? 'the registry'} cannot be reached.`,
    (p) => `无法拉取 ${zh(p.images, '镜像')}：${p.registry ?? '镜像仓库'}不可达。`,
  ),
  'fact.image-pull-failed-notfound': say(
    (p) => `${en(p.images, 'An image')} could not be pulled: the registry does not have it.`,
    (p) => `无法拉取 ${zh(p.images, '镜像')}：镜像仓库中不存在。`,
  ),
  'fact.image-pull-failed-auth': say(
    (p) => `${en(p.images, 'An image')} could not be pulled: the registry denied access.`,
    (p) => `无法拉取 ${zh(p.images, '镜像')}：镜像仓库拒绝访问。`,
  ),
  'fact.image-pull-failed-no-space': say(
    (p) => `${en(p.images, 'An image')} could not be pulled: there is no space left on the node.`,
    (p) => `无法拉取 ${zh(p.images, '镜像')}：节点空间不足。`,
  ),
  'fact.image-pull-backoff': say(
    (p) => `Pulling ${en(p.images, 'an image')} is put off after failures.`,
    (p) => `拉取 ${zh(p.images, '镜像')} 失败后进入退避。`,
  ),
  'fact.image-not-present': say(
    (p) => `${en(p.images, 'An image')} is not on the node, and its pull policy is Never.`,
    (p) => `${zh(p.images, '镜像')} 不在节点上，且其拉取策略为 Never。`,
  ),
  'fact.sandbox-image-missing': say(
    (p) =>
      `${en(p.pods, 'A pod')} cannot start: the pause image ${en(p.images, '')} is gone and cannot be pulled.`,
    (p) => `${zh(p.pods, 'Pod')} 无法启动：pause 镜像 ${zh(p.images, '')} 已不在节点上，且无法拉取。`,
  ),
  'fact.orphaned-pod-volumes': say(
    (p) => `A pod that is gone left volumes on the disk${p.path === undefined ? '' : ` (${p.path})`}.`,
    (p) => `已不存在的 Pod 在磁盘上留下了卷${p.path === undefined ? '' : `(${p.path})`}。`,
  ),
  'fact.manifests-path-missing': say(
    (p) =>
      `The static pod directory ${p.path ?? ''} does not exist. Noise; \`mkdir -p ${p.path ?? '/etc/kubernetes/manifests'}\` on the node ends it.`,
    (p) =>
      `静态 Pod 目录 ${p.path ?? ''} 不存在。属于噪音；在节点上执行 \`mkdir -p ${p.path ?? '/etc/kubernetes/manifests'}\` 即可消除。`,
  ),
  'fact.no-space-left': say(
    (p) => `A write failed: no space left on device${p.path === undefined ? '' : ` (${p.path})`}.`,
    (p) => `写入失败：设备上没有剩余空间${p.path === undefined ? '' : `(${p.path})`}。`,
  ),
  'fact.inodes-exhausted': say(
    () => 'The filesystem has no inodes left.',
    () => '文件系统的 inode 已耗尽。',
  ),
  'fact.read-only-filesystem': say(
    (p) => `A filesystem is read-only${p.path === undefined ? '' : ` (${p.path})`}.`,
    (p) => `文件系统为只读${p.path === undefined ? '' : `(${p.path})`}。`,
  ),
  'fact.filesystem-error': say(
    () => `The kernel reported a filesystem error.`,
    () => `内核报告文件系统错误。`,
  ),
  'fact.volume-mount-timeout': say(
    (p) => `${en(p.pods, 'A pod')} waited in vain for its volumes to be mounted.`,
    (p) => `${zh(p.pods, 'Pod')} 等待卷挂载超时。`,
  ),
  'fact.volume-mount-failed': say(
    (p) =>
      `A volume of ${en(p.pods, 'a pod')} could not be mounted${p.path === undefined ? '' : `: ${p.path} does not exist`}.`,
    (p) => `${zh(p.pods, 'Pod')} 的卷挂载失败${p.path === undefined ? '' : `：${p.path} 不存在`}。`,
  ),
  'fact.volume-attach-failed': say(
    (p) => `A volume of ${en(p.pods, 'a pod')} could not be attached.`,
    (p) => `${zh(p.pods, 'Pod')} 的卷附加失败。`,
  ),
  'fact.pvc-not-found': say(
    (p) =>
      `${en(p.pods, 'A pod')} names a claim that does not exist${p.claim === undefined ? '' : `: ${p.claim}`}.`,
    (p) => `${zh(p.pods, 'Pod')} 引用的 PVC 不存在${p.claim === undefined ? '' : `：${p.claim}`}。`,
  ),
  'fact.pvc-terminating': say(
    (p) =>
      `${p.claim === undefined ? 'A claim' : `The claim ${p.claim}`} is being deleted and waits for something to let go of it.`,
    (p) => `${p.claim === undefined ? '有 PVC ' : `PVC ${p.claim} `}正在删除，等待占用者释放。`,
  ),
  'fact.local-ephemeral-limit-exceeded': say(
    (p) => `${en(p.pods, 'A pod')} exceeded its limit of local ephemeral storage.`,
    (p) => `${zh(p.pods, 'Pod')} 超出其本地临时存储限制。`,
  ),
  'fact.emptydir-limit-exceeded': say(
    (p) => `${en(p.pods, 'A pod')} exceeded the size limit of an emptyDir.`,
    (p) => `${zh(p.pods, 'Pod')} 超出 emptyDir 的大小限制。`,
  ),
  'fact.container-log-rotation-failed': say(
    () => `A container log could not be rotated.`,
    () => `容器日志轮转失败。`,
  ),
  'fact.container-gc-failed': say(
    () => `Container garbage collection failed.`,
    () => `容器垃圾回收失败。`,
  ),
  'fact.pleg-unhealthy': say(
    () => `The kubelet cannot list its containers in time (PLEG is not healthy).`,
    () => `kubelet 无法及时列出容器（PLEG 不健康）。`,
  ),
  'fact.invalid-disk-capacity': say(
    () => 'The kubelet had no capacity of the image filesystem yet. Harmless after a start.',
    () => 'kubelet 尚未取得镜像文件系统的容量。启动后出现属于正常。',
  ),
  'fact.runtime-down': say(
    () => `The container runtime is down.`,
    () => `容器运行时已停止。`,
  ),
  'fact.kubelet-not-running': say(
    () => 'The kubelet is not running.',
    () => 'kubelet 未在运行。',
  ),
  'fact.etcd-space-exceeded': say(
    () => `etcd refuses writes: its database is over quota.`,
    () => `etcd 拒绝写入：数据库超出配额。`,
  ),
}
