import { formatBytes } from '../units/bytes.ts'
import { countEn, fewEn, fewZh, type Few } from './few-words.ts'
import { shellWord } from './shell-word.ts'
import { text } from './text.ts'

/** What detectors say of what will cause the next shortage, or make it worse. */
export const preventionFindings = {
  'finding.ephemeral-storage-unbounded': text<{
    namespace: string
    containers: number
    withoutRequest: number
    owners: Few
  }>({
    en: (p) =>
      `Nothing but the size of its disk limits what ${countEn(p.containers, 'container')} in the namespace ${p.namespace} can write on a node, for want of an ephemeral-storage limit (${fewEn(p.owners)}).${p.withoutRequest > 0 ? ` Without a request, too, ${p.withoutRequest} of ${p.containers} would go first in an eviction.` : ''} Set requests and limits, or a LimitRange for the namespace.`,
    'zh-CN': (p) =>
      `命名空间 ${p.namespace} 中有 ${p.containers} 个容器没有 ephemeral-storage 限制，可能写满节点磁盘${p.withoutRequest > 0 ? `；其中 ${p.withoutRequest} 个也没有请求值，驱逐时会最先被选中` : ''}：${fewZh(p.owners)}。请设置 requests 与 limits，或为该命名空间设置 LimitRange。`,
  }),
  'finding.empty-dir-unbounded': text<{ namespace: string; volumes: number; owners: Few }>({
    en: (p) =>
      `Nothing but the size of its disk limits what ${countEn(p.volumes, 'emptyDir volume')} in the namespace ${p.namespace} can take of a node (${fewEn(p.owners)}). Set sizeLimit on the volume, or ephemeral-storage limits on the containers.`,
    'zh-CN': (p) =>
      `命名空间 ${p.namespace} 中有 ${p.volumes} 个 emptyDir 卷不受任何限制，可能写满节点磁盘：${fewZh(p.owners)}。请为卷设置 sizeLimit，或为容器设置 ephemeral-storage 限制。`,
  }),
  'finding.ended-pods-piling-up': text<{
    namespace: string
    failed: number
    evicted: number
    withClaims: number
    owners: Few
  }>({
    en: (p) =>
      `${p.failed} failed pods, ${p.evicted} of them evicted, are left as objects in the namespace ${p.namespace}: ${fewEn(p.owners)}.${p.withClaims > 0 ? ` ${countEn(p.withClaims, 'of them still holds', 'of them still hold')} a claim, which cannot be deleted until then.` : ''} Read why they failed, then \`kubectl -n ${shellWord(p.namespace)} delete pods --field-selector=status.phase=Failed\`.`,
    'zh-CN': (p) =>
      `命名空间 ${p.namespace} 中残留 ${p.failed} 个失败的 Pod 对象，其中 ${p.evicted} 个是被驱逐的：${fewZh(p.owners)}。${p.withClaims > 0 ? `其中 ${p.withClaims} 个仍占用 PVC，在此之前 PVC 无法删除。` : ''}请先查明失败原因，再执行 \`kubectl -n ${shellWord(p.namespace)} delete pods --field-selector=status.phase=Failed\`。`,
  }),
  'finding.data-on-kubelet-filesystem': text<{ certain: Few; possible: Few }>({
    en: (p) =>
      [
        ...(p.certain.count > 0
          ? [
              `${countEn(p.certain.count, 'local volume is', 'local volumes are')} on the filesystem that the kubelet watches: ${fewEn(p.certain)}.`,
            ]
          : []),
        ...(p.possible.count > 0
          ? [
              `${countEn(p.possible.count, 'hostPath may be', 'hostPaths may be')} there, too, unless another disk is mounted at it: ${fewEn(p.possible)}.`,
            ]
          : []),
        'What is written there counts for no pod: when it fills the disk, pods are evicted that free nothing. Put such data on a disk of its own.',
      ].join(' '),
    'zh-CN': (p) =>
      [
        ...(p.certain.count > 0
          ? [`${p.certain.count} 个本地卷位于 kubelet 监视的文件系统上：${fewZh(p.certain)}。`]
          : []),
        ...(p.possible.count > 0
          ? [
              `${p.possible.count} 个 hostPath 也可能位于其上（除非该路径挂载了其他磁盘）：${fewZh(p.possible)}。`,
            ]
          : []),
        '写入其中的数据不计入任何 Pod：写满磁盘时，被驱逐的 Pod 并不会释放空间。请将此类数据放在独立的磁盘上。',
      ].join(''),
  }),
  'finding.container-logs-over-disk': text<{
    size: string
    files: number
    containers: number
    mostBytes: number
    capacityBytes: number
  }>({
    en: (p) =>
      `The logs of ${countEn(p.containers, 'container')} may come to ${formatBytes(p.mostBytes)} before the kubelet deletes any (containerLogMaxSize ${p.size} × containerLogMaxFiles ${p.files} each), and the disk has ${formatBytes(p.capacityBytes)}. Lower containerLogMaxSize.`,
    'zh-CN': (p) =>
      `${p.containers} 个容器的日志在 kubelet 删除之前最多可达 ${formatBytes(p.mostBytes)}（每个 containerLogMaxSize ${p.size} × containerLogMaxFiles ${p.files}），而磁盘只有 ${formatBytes(p.capacityBytes)}。请调低 containerLogMaxSize。`,
  }),
  'finding.etcd-on-filling-disk': text<{
    holds?: 'kubelet-data' | 'images'
    pod: string
    path: string
    available: number
    capacityBytes: number
  }>({
    en: (p) =>
      `${p.pod} keeps the data of etcd in ${p.path} of this node, whose disk has ${formatBytes(p.available)} of ${formatBytes(p.capacityBytes)} left: if it is on that disk, a full one stops the control plane. See whether it is (\`df -h ${shellWord(p.path)}\`), and give etcd a disk of its own.`,
    'zh-CN': (p) =>
      `${p.pod} 将 etcd 数据存放在本节点的 ${p.path}，而该节点的磁盘只剩 ${formatBytes(p.available)}（共 ${formatBytes(p.capacityBytes)}）：若位于同一块磁盘，写满会使控制面停止。请用 \`df -h ${shellWord(p.path)}\` 确认，并为 etcd 配备独立的磁盘。`,
  }),
}
