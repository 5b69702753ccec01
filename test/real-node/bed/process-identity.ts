import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { z } from 'zod'

/** A process that cannot be taken for a later one of the same pid. */
export const ProcessIdentity = z.object({
  pid: z.number().int().positive(),
  /** In clock ticks since the start of the machine. */
  startedAtTicks: z.string(),
  bootId: z.string(),
})
export type ProcessIdentity = z.infer<typeof ProcessIdentity>

const bootId = () => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()

/** @throws {Error} when there is no such process. */
export function identify(pid: number): ProcessIdentity {
  const status = readFileSync(`/proc/${pid}/stat`, 'utf8')
  // The name, in parentheses, may hold anything; the start is the 20th field after it.
  const startedAtTicks = status.slice(status.lastIndexOf(')') + 2).split(' ')[19] ?? ''
  return { pid, startedAtTicks, bootId: bootId() }
}

/** Whether this very process is still there. */
export function isRunning(process: ProcessIdentity): boolean {
  try {
    const { startedAtTicks, bootId: boot } = identify(process.pid)
    return startedAtTicks === process.startedAtTicks && boot === process.bootId
  } catch {
    return false
  }
}

/** The pid namespace of a process, such as `pid:[4026532201]`. */
export const pidNamespaceOf = (pid: number | 'self'): string => readlinkSync(`/proc/${pid}/ns/pid`)

/**
 * A pid namespace by its first process, with which it ends. Its number alone would not do: the kernel gives that to
 * the next namespace, which may be another node's.
 */
export const PidNamespace = z.object({ number: z.string(), first: ProcessIdentity })
export type PidNamespace = z.infer<typeof PidNamespace>

/** The namespace that has this number now. @throws {Error} when there is none, or its first process is ending. */
export function pidNamespace(number: string): PidNamespace {
  const first = processesOf(number).find((pid) => /^NSpid:.*\t1$/m.test(statusOf(pid)))
  if (first === undefined) throw new Error(`${number} has no first process`)
  return { number, first: identify(first) }
}

/** The processes of a pid namespace, as the caller numbers them. */
export function processesIn({ number, first }: PidNamespace): number[] {
  const processes = processesOf(number)
  return isRunning(first) ? processes : []
}

function processesOf(number: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        return pidNamespaceOf(pid) === number
      } catch {
        return false
      }
    })
}

/** Empty when the process is gone. */
function statusOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/status`, 'utf8')
  } catch {
    return ''
  }
}
