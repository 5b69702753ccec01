import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { KUBERNETES, type Places } from './places.ts'

/** Why this machine cannot run the test bed; undefined when it can. */
export function unfitBecause(): string | undefined {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'it needs root on Linux'
  const release = existsSync('/etc/os-release') ? readFileSync('/etc/os-release', 'utf8') : ''
  if (!/^ID=debian$/m.test(release) || !/^VERSION_ID="12"$/m.test(release)) return 'it needs Debian 12'
  if (!existsSync('/dev/loop-control')) return 'this kernel offers no loop devices'
  return undefined
}

/** Whether Kubernetes has been built. */
export const isBuilt = ({ binaries }: Pick<Places, 'binaries'>): boolean =>
  KUBERNETES.servers.every((server) => existsSync(path.join(binaries, server)))
