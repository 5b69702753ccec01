import { existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { isRunning, PidNamespace, ProcessIdentity } from './process-identity.ts'

/** What has to be known of a node to take it down, whatever became of the process that brought it up. */
export const NodeState = z.object({
  name: z.string(),
  /** It holds the node's namespaces: when it ends, every process, mount and loop device of the node goes too. */
  guardian: ProcessIdentity,
  /** Known as soon as there is one. */
  pidNamespace: PidNamespace.optional(),
  ports: z.object({ api: z.number(), kubelet: z.number() }),
  mounts: z.array(z.string()),
  cgroup: z.string(),
  /** Settings of the machine that a kubelet changes, as they were. */
  sysctls: z.record(z.string(), z.string()),
})
export type NodeState = z.infer<typeof NodeState>

const FILE = 'state.json'

/** The folder of a node. */
export const stateDirectory = (nodes: string, name: string): string => path.join(nodes, name)

/** The state of a node; undefined when there is none of that name. */
export function readState(nodes: string, name: string): NodeState | undefined {
  const file = path.join(stateDirectory(nodes, name), FILE)
  return existsSync(file) ? NodeState.parse(JSON.parse(readFileSync(file, 'utf8'))) : undefined
}

/** Writes a node's state into its folder, whole or not at all. */
export function writeState(nodes: string, state: NodeState): void {
  const file = path.join(stateDirectory(nodes, state.name), FILE)
  writeFileSync(`${file}.new`, `${JSON.stringify(state, null, 2)}\n`)
  renameSync(`${file}.new`, file)
}

/** The names of all nodes that left a state, up or not. */
export function namesOfNodes(nodes: string): string[] {
  if (!existsSync(nodes)) return []
  return readdirSync(nodes).filter((name) => existsSync(path.join(nodes, name, FILE)))
}

/** Whether a node is up, or on its way. */
export const isUp = (state: NodeState | undefined): boolean =>
  state !== undefined && isRunning(state.guardian)
