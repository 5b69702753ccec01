import { spawn } from 'node:child_process'
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

/** The log of a service, whole. */
export const logOf = (name: string): string => readFileSync(path.join(LOGS, `${name}.log`), 'utf8')

/**
 * Starts services; each writes to a log of its own.
 * @param onLoss called with the end of its log when one ends that was not told to
 */
export function serviceStarter(onLoss: (problem: string) => void) {
  mkdirSync(LOGS, { recursive: true })
  return (name: string, program: string, args: readonly string[]): Service => {
    const log = openSync(path.join(LOGS, `${name}.log`), 'a')
    const child = spawn(program, args, { cwd: INSIDE.memory, stdio: ['ignore', log, log] })
    closeSync(log)
    let wanted = true
    const lost = (how: string) => {
      if (wanted) onLoss(`${name} ${how}; the end of its log:\n${logOf(name).slice(-1500)}`)
    }
    const ended = new Promise<void>((resolve) => {
      child.once('error', ({ message }) => lost(`cannot be run (${message})`))
      child.once('close', (code, signal) => {
        lost(`ended with ${code ?? signal}`)
        resolve()
      })
    })
    return {
      name,
      processId: child.pid ?? 0,
      async stop() {
        wanted = false
        child.kill('SIGTERM')
        await ended
      },
    }
  }
}

export type StartService = ReturnType<typeof serviceStarter>
