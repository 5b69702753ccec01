import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'

const ROOT = '/sys/fs/cgroup'

/** The root of every hierarchy: one under cgroup v2, one for each controller under v1. */
function hierarchies(): string[] {
  if (isUnified()) return [ROOT]
  return readdirSync(ROOT, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => path.join(ROOT, name))
}

const isUnified = () => existsSync(path.join(ROOT, 'cgroup.controllers'))

/** Makes a cgroup in every hierarchy, for a kubelet to put its pods below. */
export function makeCgroup(name: string): void {
  for (const hierarchy of hierarchies()) {
    const directory = path.join(hierarchy, name)
    mkdirSync(directory, { recursive: true })
    if (isUnified()) {
      const controllers = readFileSync(path.join(directory, 'cgroup.controllers'), 'utf8').trim().split(/\s+/)
      const wanted = controllers.map((controller) => `+${controller}`).join(' ')
      writeFileSync(path.join(directory, 'cgroup.subtree_control'), wanted)
    } else if (path.basename(hierarchy) === 'cpuset') {
      // A new cpuset is empty, and no process can join an empty one.
      for (const file of ['cpuset.cpus', 'cpuset.mems']) {
        writeFileSync(path.join(directory, file), readFileSync(path.join(hierarchy, file)))
      }
    }
  }
}

/**
 * Removes a cgroup and all below it in every hierarchy.
 * @throws {Error} when a process is still in one of them.
 */
export function removeCgroup(name: string): void {
  for (const hierarchy of hierarchies()) removeTree(path.join(hierarchy, name))
}

function removeTree(directory: string): void {
  if (!existsSync(directory)) return
  for (const entry of readdirSync(directory, { withFileTypes: true })) {
    if (entry.isDirectory()) removeTree(path.join(directory, entry.name))
  }
  rmdirSync(directory)
}
