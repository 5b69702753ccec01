import { formatBytes } from '../units/bytes.ts'
import { text } from './text.ts'

export const causeMessages = {
  'cause.disk-filled': text({
    en: () => 'The disk of the node filled up.',
    'zh-CN': () => '节点磁盘被写满。',
  }),
  'cause.disk-filled.usage': text<{ usedPercent: number; bytesToFree: number }>({
    en: (p) =>
      `The disk of the node filled up: ${p.usedPercent} % used, ${formatBytes(p.bytesToFree)} too much.`,
    'zh-CN': (p) => `节点磁盘被写满:已用 ${p.usedPercent}%,超出 ${formatBytes(p.bytesToFree)}。`,
  }),
}
