import { spawn, type ChildProcess } from 'node:child_process'
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { INSIDE } from './places.ts'

/** A program that runs as long as the node does. */
export interface Service {
  name: string
  processId: number
  /** Ends it and waits until it has ended. */
  stop(): Promise<void>
}

const LOGS = path.join(INSIDE.state, 'logs')

/** What a node starts again when it is killed, as its systemd does; for so long it is gone. */
const RESTARTED = new Set(['containerd', 'kubelet'])
const RESTARTS_AFTER = 12_000

/** The log of a service, whole. */
export const logOf = (name: string): string => readFileSync(path.join(LOGS, `${name}.log`), 'utf8')

/**
 * Starts services; each writes to a log of its own.
 * @param onLoss called with the end of its log when one ends that was not told to
 */
export function serviceStarter(onLoss: (problem: string) => void) {
  mkdirSync(LOGS, { recursive: true })
  return (name: string, program: string, args: readonly string[]): Service => {
    let child: ChildProcess
    let wanted = true
    const lost = (how: string) => {
      if (wanted) onLoss(`${name} ${how}; the end of its log:\n${logOf(name).slice(-1500)}`)
    }
    const begin = () => {
      const log = openSync(path.join(LOGS, `${name}.log`), 'a')
      const begun = spawn(program, args, { cwd: INSIDE.memory, stdio: ['ignore', log, log] })
      closeSync(log)
      return begun
    }
    const ended = new Promise<void>((resolve) => {
      const follow = () => {
        child.once('error', ({ message }) => lost(`cannot be run (${message})`))
        child.once('close', (code, signal) => {
          if (wanted && signal === 'SIGKILL' && RESTARTED.has(name)) {
            setTimeout(() => {
              child = begin()
              follow()
            }, RESTARTS_AFTER)
            return
          }
          lost(`ended with ${code ?? signal}`)
          resolve()
        })
      }
      child = begin()
      follow()
    })
    return {
      name,
      get processId() {
        return child.pid ?? 0
      },
      async stop() {
        wanted = false
        child.kill('SIGTERM')
        await ended
      },
    }
  }
}

export type StartService = ReturnType<typeof serviceStarter>
