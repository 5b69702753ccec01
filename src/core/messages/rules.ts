import { text } from './text.ts'

const because = (en: string, zh: string) => text({ en: () => en, 'zh-CN': () => zh })

/** Why one thing follows from another, under `rule.<id>`. */
export const ruleMessages = {
  'rule.threshold-raises-pressure': because(
    'A met threshold raises the condition at once.',
    '阈值一旦达到，节点状况立即变化。',
  ),
  'rule.eviction-reclaims-first': because(
    'Below an eviction threshold the kubelet deletes idle containers and images before it evicts.',
    '低于驱逐阈值时，kubelet 会先删除闲置的容器和镜像，然后才驱逐。',
  ),
  'rule.collection-removes-idle-images': because(
    'It deletes images that no container uses; whether a registry can give them back is not asked.',
    '它删除没有容器使用的镜像，并不考虑能否从镜像仓库重新取得。',
  ),
  'rule.collection-finds-too-little': because(
    'The bytes are not in images that may be deleted.',
    '占用空间的数据不在可删除的镜像中。',
  ),
  'rule.reclaim-ends-shortage': because(
    'After deleting idle images no threshold was met any more.',
    '删除闲置镜像之后，已不再达到任何阈值。',
  ),
  'rule.reclaim-is-not-enough': because(
    'After deleting what was idle a threshold was still met.',
    '删除闲置内容之后，仍然达到阈值。',
  ),
  'rule.limit-evicts': because(
    'A pod over its own limit is evicted, however much the disk has left.',
    '超出自身限制的 Pod 会被驱逐，与磁盘剩余空间无关。',
  ),
  'rule.reclaim-removed-pause-image': because(
    'Pods had run on this node, so the pause image was there; before it was missed, the kubelet was deleting idle images for want of disk.',
    '该节点此前运行过 Pod，因此 pause 镜像曾在节点上；缺失之前，kubelet 正因磁盘不足而删除闲置镜像。',
  ),
  'rule.removed-image-is-gone.inferred': because(
    'The kubelet had removed images from this node before; the lines name those only by id, so that it was this one is a conclusion.',
    'kubelet 此前曾在该节点上删除镜像；日志只给出镜像 id，因此认定是同一镜像属于推断。',
  ),
  'rule.shortage-evicts-first-ranked': because(
    'The kubelet ranks pods by what they use of its own accounting (logs, writable layers, emptyDir) and evicts one a pass.',
    'kubelet 按自身的统计口径（日志、可写层、emptyDir）对 Pod 排序，每轮驱逐一个。',
  ),
  'rule.shortage-evicts': because(
    'The eviction manager was at work on this node.',
    '该节点上的驱逐管理器正在工作。',
  ),
  'rule.evicted-pod-is-cleaned-up': because(
    'After an eviction the kubelet waits up to 30 s until the pod is gone.',
    '驱逐之后，kubelet 最多等待 30 秒直到 Pod 消失。',
  ),
  'rule.pressure-refuses-pods': because(
    'Under disk pressure the kubelet admits no ordinary pod.',
    '处于磁盘压力时，kubelet 不接纳普通 Pod。',
  ),
  'rule.pressure-ends': because(
    'The condition ends once no threshold was met for the transition period.',
    '在过渡期内不再达到任何阈值后，该状况解除。',
  ),
  'rule.shortage-removes-images': because(
    'They went while the disk was short, when the kubelet deletes idle images; no line of its log was seen.',
    '这些镜像在磁盘不足期间消失，此时 kubelet 会删除闲置镜像；未见其日志。',
  ),
  'rule.gone-image-is-missed': because(
    'The image was on the node and is there no longer, so it had to be pulled, and no registry gave it.',
    '该镜像曾在该节点上，现已不在，因此需要拉取，而没有镜像仓库提供它。',
  ),
  'rule.image-is-gone': because(
    'The node no longer lists it, or its kubelet had to pull it again.',
    '节点不再列出它，或 kubelet 不得不重新拉取它。',
  ),
  'rule.removed-image-is-gone': because(
    'The image was deleted by the kubelet, and no registry gives it back.',
    '该镜像已被 kubelet 删除，且没有镜像仓库能重新提供。',
  ),
  'rule.failed-pull-blocks-sandbox': because('The image could not be pulled.', '该镜像无法拉取。'),
  'rule.full-disk-breaks-rotation': because(
    'Compressing a rotated log needs free space.',
    '压缩轮转后的日志需要可用空间。',
  ),
  'rule.full-disk-breaks-mount': because(
    'Mounting it had to write to the full filesystem.',
    '挂载时需要写入已满的文件系统。',
  ),
  'rule.evicted-pod-leaves-directory': because(
    'It is the directory of the pod that was evicted.',
    '这是被驱逐 Pod 的目录。',
  ),
  'rule.unmountable-volume-times-out': because('The volume could not be mounted.', '该卷无法挂载。'),
  'rule.inodes-run-out': because('The filesystem has too few free inodes.', '文件系统的空闲 inode 过少。'),
  'rule.disk-crosses-collection-threshold': because(
    'The use of the image filesystem is over its high threshold.',
    '镜像文件系统的使用率超过高阈值。',
  ),
  'rule.disk-crosses-eviction-threshold': because(
    'Less was available than the threshold asks for.',
    '可用空间低于阈值。',
  ),
  'rule.disk-is-short': because(
    'The kubelet only does this when its disk is short.',
    'kubelet 只有在磁盘不足时才会这样做。',
  ),
  'rule.collection-wanted-more': because(
    'Collection wanted more than it could get.',
    '垃圾回收所需超过所能释放。',
  ),
  'rule.disk-is-full': because('Nothing more could be written.', '已无法再写入。'),
  'rule.image-was-removed': because(
    'No line says why the kubelet removed it.',
    '没有日志说明 kubelet 删除它的原因。',
  ),
  'rule.registry-does-not-answer': because('Stated outright, not concluded.', '原文如此，并非推断。'),
  'rule.registry-lacks-image': because('Stated outright, not concluded.', '原文如此，并非推断。'),
  'rule.registry-denies': because('Stated outright, not concluded.', '原文如此，并非推断。'),
  'rule.directory-was-left': because('Stated outright, not concluded.', '原文如此，并非推断。'),
  'rule.claim-is-blocked': because('Stated outright, not concluded.', '原文如此，并非推断。'),
  'rule.volume-cannot-be-mounted': because('Stated outright, not concluded.', '原文如此，并非推断。'),
  'rule.limit-was-exceeded': because('Stated outright, not concluded.', '原文如此，并非推断。'),
  'rule.filesystem-is-damaged': because('Stated outright, not concluded.', '原文如此，并非推断。'),
  'rule.runtime-does-not-answer': because('Stated outright, not concluded.', '原文如此，并非推断。'),
  'rule.etcd-is-over-quota': because('Stated outright, not concluded.', '原文如此，并非推断。'),
}
