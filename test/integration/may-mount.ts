import { existsSync, readFileSync } from 'node:fs'

export const MKFS = '/sbin/mkfs.ext4'
/** The bit of the right to mount among the capabilities of a process: root in a container has it not. */
const CAP_SYS_ADMIN = 1n << 21n

/** Why no filesystem in a file can be mounted here; undefined where it can. */
export function reasonNotToMount(): string | undefined {
  if (!existsSync(MKFS) || !existsSync('/dev/loop-control')) return 'no ext4 or no loop devices here'
  const [, effective = '0'] = /^CapEff:\s*([0-9a-f]+)$/m.exec(readFileSync('/proc/self/status', 'utf8')) ?? []
  return (BigInt(`0x${effective}`) & CAP_SYS_ADMIN) === 0n ? 'this user may not mount' : undefined
}
