import { names, text } from './text.ts'

interface ForPods {
  node?: string
  pods: readonly string[]
}

const onEn = (node: string | undefined) => (node === undefined ? 'the node' : node)
const onZh = (node: string | undefined) => (node === undefined ? '节点' : `节点 ${node} `)

/** What to do, under `advice.<what>`. */
export const adviceMessages = {
  'advice.find-what-fills': text<{ node?: string; paths: readonly string[] }>({
    en: (p) =>
      p.paths.length > 0
        ? `See what fills the disk of ${onEn(p.node)} before deleting anything: \`du -xh -d 1 ${p.paths.join(' ')} | sort -h\`, then \`du -xh -d 3 / | sort -h | tail -n 20\`.`
        : `See what fills the disk of ${onEn(p.node)} before deleting anything: \`df -h\`, then \`du -xh -d 3 / | sort -h | tail -n 20\`.`,
    'zh-CN': (p) =>
      p.paths.length > 0
        ? `删除任何东西之前，先查明是什么占满了${onZh(p.node)}的磁盘：\`du -xh -d 1 ${p.paths.join(' ')} | sort -h\`，再执行 \`du -xh -d 3 / | sort -h | tail -n 20\`。`
        : `删除任何东西之前，先查明是什么占满了${onZh(p.node)}的磁盘：\`df -h\`，再执行 \`du -xh -d 3 / | sort -h | tail -n 20\`。`,
  }),
  'advice.find-what-fills-inodes': text<{ node?: string }>({
    en: (p) =>
      `See where the many files are on ${onEn(p.node)}: \`df -i\`, then \`du --inodes -x -d 3 / | sort -n | tail -n 20\`.`,
    'zh-CN': (p) =>
      `查明${onZh(p.node)}上的大量文件位于何处：\`df -i\`，再执行 \`du --inodes -x -d 3 / | sort -n | tail -n 20\`。`,
  }),
  'advice.free-from-inside': text<{ volumes: readonly string[] }>({
    en: (p) =>
      `Free space from inside the application${p.volumes.length > 0 ? ` (${names(p.volumes, 'en')})` : ''}. Never delete the directory of a volume itself: the claim would point at nothing and its pod hang in Init.`,
    'zh-CN': (p) =>
      `从应用内部释放空间${p.volumes.length > 0 ? `(${names(p.volumes, 'zh-CN')})` : ''}。切勿直接删除卷目录本身：否则 PVC 将指向不存在的目录，Pod 会一直停在 Init 状态。`,
  }),
  'advice.restore-images': text<{ node?: string; images: readonly string[]; first: readonly string[] }>({
    en: (p) =>
      `Bring back the images that were removed from ${onEn(p.node)}${p.first.length > 0 ? `, ${names(p.first, 'en')} first: until then no pod can start` : ''}. From a node that still has one: \`ctr -n k8s.io images export image.tar NAME\`, here: \`ctr -n k8s.io images import image.tar\` (docker: \`docker save\` and \`docker load\`). Removed: ${names(p.images, 'en', 20)}.`,
    'zh-CN': (p) =>
      `恢复${onZh(p.node)}上被删除的镜像${p.first.length > 0 ? `，首先是 ${names(p.first, 'zh-CN')}：在此之前任何 Pod 都无法启动` : ''}。在仍有该镜像的节点上执行 \`ctr -n k8s.io images export image.tar NAME\`，再在本节点执行 \`ctr -n k8s.io images import image.tar\`（docker 则用 \`docker save\` 与 \`docker load\`）。被删除的镜像：${names(p.images, 'zh-CN', 20)}。`,
  }),
  'advice.know-removed-images': text<{ images: readonly string[] }>({
    en: (p) =>
      `Nothing here asks for the removed images again. What a registry serves comes back by itself; load again what was loaded by hand, before a pod needs it${p.images.length > 0 ? `: ${names(p.images, 'en', 20)}` : ''}.`,
    'zh-CN': (p) =>
      `此处没有再次需要被删除的镜像。镜像仓库中有的会自动重新拉取；手动导入过的，请在 Pod 需要之前重新导入${p.images.length > 0 ? `：${names(p.images, 'zh-CN', 20)}` : ''}。`,
  }),
  'advice.keep-images': text({
    en: () =>
      'Keep copies of images that no registry can give back, and pin them where kubelet and runtime can (see docs/kubelet-semantics.md §1.5): otherwise the next shortage deletes them again.',
    'zh-CN': () =>
      '为无法从镜像仓库取回的镜像保留副本，并在 kubelet 与运行时支持时将其固定（见 docs/kubelet-semantics.md §1.5），否则下一次空间不足时还会被删除。',
  }),
  'advice.watch-evicted-pods': text<ForPods>({
    en: (p) =>
      `Check that ${p.pods.length > 0 ? names(p.pods, 'en') : 'what was evicted'} runs again: \`kubectl get pods -A -o wide\`. A pod bound to a local volume can run on no other node.`,
    'zh-CN': (p) =>
      `确认 ${p.pods.length > 0 ? names(p.pods, 'zh-CN') : '被驱逐的 Pod'} 已恢复运行：\`kubectl get pods -A -o wide\`。绑定本地卷的 Pod 无法在其他节点上运行。`,
  }),
  'advice.check-orphan': text<{ node?: string; uids: readonly string[] }>({
    en: (p) =>
      `Do not \`rm -rf\` the directory: something may still be mounted in it. On ${onEn(p.node)} check first with \`grep -F ${p.uids[0] ?? 'UID'} /proc/*/mountinfo\` and \`crictl pods | grep -F ${p.uids[0]?.slice(0, 8) ?? 'UID'}\`; unmount what is mounted, then remove empty directories with \`rmdir\` only.`,
    'zh-CN': (p) =>
      `不要对该目录执行 \`rm -rf\`：其中可能仍有挂载。先在${onZh(p.node)}上用 \`grep -F ${p.uids[0] ?? 'UID'} /proc/*/mountinfo\` 和 \`crictl pods | grep -F ${p.uids[0]?.slice(0, 8) ?? 'UID'}\` 检查；卸载仍挂载的内容，然后只用 \`rmdir\` 删除空目录。`,
  }),
  'advice.recreate-directory': text<{ node?: string; path: string }>({
    en: (p) =>
      `Create the directory again on ${onEn(p.node)}, with its owner and mode: \`mkdir -p ${p.path}\`. The kubelet retries by itself; what was in it is lost, the identity of the volume is kept. No object needs to be deleted.`,
    'zh-CN': (p) =>
      `在${onZh(p.node)}上重新创建该目录，并恢复其属主与权限：\`mkdir -p ${p.path}\`。kubelet 会自动重试；原有内容已丢失，但卷的身份得以保留。无需删除任何对象。`,
  }),
  'advice.look-at-volume': text<ForPods & { volumes: readonly string[] }>({
    en: (p) =>
      p.pods.length === 0 && p.volumes.length > 0
        ? `Ask what holds the claim: \`kubectl describe pvc\` of ${names(p.volumes, 'en')} names the pods that use it.`
        : `Ask what holds the volume: \`kubectl describe pod\` and \`kubectl describe pvc\` of ${p.pods.length > 0 ? names(p.pods, 'en') : 'the pod'}.`,
    'zh-CN': (p) =>
      p.pods.length === 0 && p.volumes.length > 0
        ? `查明该 PVC 被什么占用：对 ${names(p.volumes, 'zh-CN')} 执行 \`kubectl describe pvc\`，可看到使用它的 Pod。`
        : `查明卷被什么占用：对 ${p.pods.length > 0 ? names(p.pods, 'zh-CN') : '该 Pod'} 执行 \`kubectl describe pod\` 和 \`kubectl describe pvc\`。`,
  }),
  'advice.reach-registry': text<{ node?: string; images: readonly string[] }>({
    en: (p) =>
      `Make the registry reachable from ${onEn(p.node)}, or load the image by hand: ${names(p.images, 'en')}.`,
    'zh-CN': (p) => `使${onZh(p.node)}能够访问镜像仓库，或手动导入镜像：${names(p.images, 'zh-CN')}。`,
  }),
  'advice.correct-image': text<{ images: readonly string[] }>({
    en: (p) => `Check the name, the tag and the pull secret of ${names(p.images, 'en')}.`,
    'zh-CN': (p) => `检查 ${names(p.images, 'zh-CN')} 的名称、标签和拉取凭据。`,
  }),
  'advice.raise-limit': text<ForPods>({
    en: (p) =>
      `Make ${p.pods.length > 0 ? names(p.pods, 'en') : 'the pod'} write less, or raise its ephemeral-storage limit.`,
    'zh-CN': (p) =>
      `减少 ${p.pods.length > 0 ? names(p.pods, 'zh-CN') : '该 Pod'} 的写入量，或提高其 ephemeral-storage 限制。`,
  }),
  'advice.check-node': text<{ node?: string }>({
    en: (p) =>
      `Look at the kernel log of ${onEn(p.node)}: \`dmesg -T | tail -n 50\`, and at its runtime: \`systemctl status containerd docker kubelet\`.`,
    'zh-CN': (p) =>
      `查看${onZh(p.node)}的内核日志 \`dmesg -T | tail -n 50\` 与运行时状态 \`systemctl status containerd docker kubelet\`。`,
  }),
  'advice.defragment-etcd': text({
    en: () =>
      'Compact and defragment etcd, then disarm its alarm: `etcdctl compact`, `etcdctl defrag`, `etcdctl alarm disarm`.',
    'zh-CN': () =>
      '压缩并整理 etcd，然后解除告警：`etcdctl compact`、`etcdctl defrag`、`etcdctl alarm disarm`。',
  }),
}
