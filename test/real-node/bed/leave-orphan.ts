import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { INSIDE } from './places.ts'
import { runProgram } from './run-program.ts'

/** The plugin whose volumes the kubelet never removes the content of. */
const VOLUMES = 'volumes/kubernetes.io~local-volume'

/**
 * Leaves what a pod leaves that was deleted while its node was down: a directory with a volume in it, which
 * belongs to no pod, and in which a volume may still be mounted.
 */
export async function leaveOrphan({ uid, mounted }: { uid: string; mounted: boolean }): Promise<void> {
  const directory = path.join(INSIDE.kubelet, 'pods', uid, VOLUMES, `pv-of-${uid.slice(0, 8)}`)
  mkdirSync(directory, { recursive: true })
  if (mounted) await runProgram('mount', ['--bind', INSIDE.volume, directory])
  else writeFileSync(path.join(directory, 'left-behind'), 'data that nobody has a copy of\n')
}
