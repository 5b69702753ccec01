import { formatBytes } from '../units/bytes.ts'

/** A level of what is available: as it is set, and as it is on the node where that is known. */
export interface LevelWords {
  /** Such as `10%` or `1Gi`. */
  setting: string
  unit: 'bytes' | 'inodes'
  below?: number
}

/** `10 % free (20.0 GB)`, in English. */
export function freeEn({ setting, unit, below }: LevelWords): string {
  const share = setting.replace(/%$/, ' %')
  const amount = below === undefined ? '' : ` (${unit === 'bytes' ? formatBytes(below) : `${below} inodes`})`
  return unit === 'bytes' ? `${share} free${amount}` : `${share} of inodes free${amount}`
}

/** `剩余 10%（20.0 GB）`, in Chinese. */
export function freeZh({ setting, unit, below }: LevelWords): string {
  const amount = below === undefined ? '' : `（${unit === 'bytes' ? formatBytes(below) : `${below} 个`}）`
  return unit === 'bytes' ? `剩余 ${setting}${amount}` : `剩余 ${setting} 的 inode${amount}`
}
