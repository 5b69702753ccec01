import { readdirSync, readFileSync } from 'node:fs'

/** What a process and its children have used, at one instant. */
export interface TreeUsage {
  /** Resident, of all that run now. */
  residentBytes: number
  /** Of processor time, those that have ended and were waited for too. */
  processorMs: number
  /** Handed to block devices, by process. */
  writtenBytes: ReadonlyMap<number, number>
}

const PAGE_BYTES = 4096
/** Linux tells processor time in hundredths of a second. */
const TICK_MS = 10

interface Process {
  id: number
  parent: number
  residentBytes: number
  ticks: number
}

/** Looks at a process and all below it. */
export function treeUsage(root: number): TreeUsage {
  const processes = readdirSync('/proc').flatMap((name) => (/^\d+$/.test(name) ? statOf(name) : []))
  const tree = new Set([root])
  for (let size = 0; size !== tree.size;) {
    size = tree.size
    for (const { id, parent } of processes) if (tree.has(parent)) tree.add(id)
  }
  const own = processes.filter(({ id }) => tree.has(id))
  return {
    residentBytes: own.reduce((sum, { residentBytes }) => sum + residentBytes, 0),
    processorMs: own.reduce((sum, { ticks }) => sum + ticks, 0) * TICK_MS,
    writtenBytes: new Map(own.map(({ id }) => [id, writtenBy(id)])),
  }
}

/** One that ends meanwhile is none. */
function statOf(name: string): Process[] {
  try {
    const stat = readFileSync(`/proc/${name}/stat`, 'latin1')
    // The program's name may hold spaces and parentheses; what follows the last one are numbers.
    const fields = stat
      .slice(stat.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number)
    const [parent = 0] = fields.slice(1)
    const ticks = fields.slice(11, 15).reduce((sum, one) => sum + one, 0)
    return [{ id: Number(name), parent, residentBytes: (fields[21] ?? 0) * PAGE_BYTES, ticks }]
  } catch {
    return []
  }
}

function writtenBy(id: number): number {
  try {
    return Number(/^write_bytes: (\d+)$/m.exec(readFileSync(`/proc/${id}/io`, 'latin1'))?.[1] ?? 0)
  } catch {
    return 0
  }
}
