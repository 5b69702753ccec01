import { rmdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import { removeCgroup } from './cgroups.ts'
import { isUp, namesOfNodes, stateDirectory, type NodeState } from './node-state.ts'
import { isRunning, processesIn } from './process-identity.ts'
import { restoreSysctls } from './sysctls.ts'
import { until } from './until.ts'

/**
 * Ends a node whoever brought it up: its guardian, then what outlives the namespaces. May be repeated.
 * @throws {Error} naming what could not be removed.
 */
export async function takeDown(nodes: string, state: NodeState): Promise<void> {
  signal(state, 'SIGTERM')
  await until('the node to end', 20, () => !isUp(state)).catch(() => signal(state, 'SIGKILL'))
  await until('the node to end', 10, () => !isUp(state))
  await release(nodes, state)
}

function signal({ guardian }: NodeState, name: NodeJS.Signals): void {
  if (isRunning(guardian)) process.kill(guardian.pid, name)
}

/**
 * Removes what outlives a node's namespaces: empty cgroups, changed settings of the machine, its folder.
 * @throws {Error} naming what could not be removed.
 */
export async function release(nodes: string, state: NodeState): Promise<void> {
  const { pidNamespace } = state
  if (pidNamespace !== undefined) {
    await until('its processes to end', 20, () => processesIn(pidNamespace).length === 0)
  }
  // A cgroup stays busy for a moment after its last process has ended.
  await until('its cgroups to empty', 20, () => {
    removeCgroup(state.cgroup)
    return true
  })
  const others = namesOfNodes(nodes).filter((name) => name !== state.name)
  if (others.length === 0) restoreSysctls(state.sysctls)
  rmSync(stateDirectory(nodes, state.name), { recursive: true, force: true })
  for (const directory of [nodes, path.dirname(nodes)]) {
    try {
      rmdirSync(directory)
    } catch {
      return
    }
  }
}
