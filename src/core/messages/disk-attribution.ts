import { formatBytes } from '../units/bytes.ts'
import { holdersEn, holdersZh, type OrphanHolders } from './image-findings.ts'
import { text } from './text.ts'

/** What is said of where a filesystem's bytes are. */
export const diskAttributionMessages = {
  'disk.title': text<{
    mountPoint: string
    usedBytes: number
    capacityBytes: number
    reservedBytes: number
    availableBytes: number
  }>({
    en: (p) =>
      `${p.mountPoint}: ${formatBytes(p.usedBytes)} of ${formatBytes(p.capacityBytes)} in use, ${formatBytes(p.reservedBytes)} kept for root, ${formatBytes(p.availableBytes)} available`,
    'zh-CN': (p) =>
      `${p.mountPoint}：共 ${formatBytes(p.capacityBytes)}，已用 ${formatBytes(p.usedBytes)}，为 root 保留 ${formatBytes(p.reservedBytes)}，可用 ${formatBytes(p.availableBytes)}`,
  }),
  'disk.unknown': text({
    en: () => 'Where the bytes of its disks are could not be found out.',
    'zh-CN': () => '无法得知其磁盘空间的去向。',
  }),
  'disk.without-sandbox': text({
    en: () => 'Directories of pods without a sandbox: of pods that are gone, or have not started yet',
    'zh-CN': () => '没有沙箱的 Pod 目录：Pod 已不存在，或尚未启动',
  }),
  'disk.held': text<{ path: string; holders: OrphanHolders }>({
    en: (p) => `${p.path}.${holdersEn(p.holders)}`,
    'zh-CN': (p) => `${p.path}。${holdersZh(p.holders)}`,
  }),
  'disk.heading': text({ en: () => 'Where the bytes are', 'zh-CN': () => '空间去向' }),
  'disk.walked': text<{ time: string }>({
    en: (p) => `As of ${p.time}.`,
    'zh-CN': (p) => `截至 ${p.time}。`,
  }),
  'disk.kind.image-layers': text({ en: () => 'image layers, unpacked', 'zh-CN': () => '镜像层（已解包）' }),
  'disk.kind.image-content': text({
    en: () => 'image content, as pulled',
    'zh-CN': () => '镜像内容（拉取原样）',
  }),
  'disk.kind.writable-layers': text({ en: () => 'writable layers', 'zh-CN': () => '容器可写层' }),
  'disk.kind.container-logs': text({ en: () => 'container logs', 'zh-CN': () => '容器日志' }),
  'disk.kind.rotated-container-logs': text({
    en: () => 'container logs, rotated',
    'zh-CN': () => '容器日志（已轮转）',
  }),
  'disk.kind.empty-dirs': text({ en: () => 'emptyDir volumes', 'zh-CN': () => 'emptyDir 卷' }),
  'disk.kind.local-volumes': text({ en: () => 'local persistent volumes', 'zh-CN': () => '本地持久卷' }),
  'disk.kind.other-volumes': text({ en: () => 'other volumes', 'zh-CN': () => '其他卷' }),
  'disk.kind.pod-directories': text({ en: () => 'pod directories', 'zh-CN': () => 'Pod 目录' }),
  'disk.kind.orphaned-pods': text({
    en: () => 'pods without a sandbox (gone, or not started)',
    'zh-CN': () => '没有沙箱的 Pod（已不存在或尚未启动）',
  }),
  'disk.kind.kubelet': text({ en: () => "the kubelet's own files", 'zh-CN': () => 'kubelet 自身文件' }),
  'disk.kind.runtime': text({ en: () => "the runtime's own files", 'zh-CN': () => '运行时自身文件' }),
  'disk.kind.runtime-leftovers': text({
    en: () => 'what the runtime did not finish',
    'zh-CN': () => '运行时未完成的残留',
  }),
  'disk.kind.journal': text({ en: () => 'journal', 'zh-CN': () => 'journal 日志' }),
  'disk.kind.system-logs': text({ en: () => 'system logs', 'zh-CN': () => '系统日志' }),
  'disk.kind.deleted-open-files': text({
    en: () => 'deleted files, still open',
    'zh-CN': () => '已删除但仍被打开的文件',
  }),
  'disk.kind.other-files': text({ en: () => 'other files', 'zh-CN': () => '其他文件' }),
  'disk.kind.remainder': text({ en: () => 'not found by a walk', 'zh-CN': () => '遍历未找到' }),
  'disk.kind.others': text({ en: () => 'others', 'zh-CN': () => '其余' }),
  'disk.others': text<{ count: number }>({
    en: (p) => `${p.count} others`,
    'zh-CN': (p) => `其余 ${p.count} 项`,
  }),
}
