import type { OrphanHolders } from '../messages/image-findings.ts'
import type { OrphanedDirectory } from '../observe/orphaned-directory.ts'
import { few } from '../placement/few.ts'

/** What is seen on the node to hold directories, fit for a sentence. */
export function holdersOf(directories: readonly OrphanedDirectory[]): OrphanHolders {
  const named = (all: readonly string[]) => few(all, (name) => name)
  return {
    mounts: named(directories.flatMap(({ mounts }) => mounts)),
    processes: named(directories.flatMap(({ processes }) => processes)),
    data: named(directories.flatMap(({ data }) => data)),
  }
}
