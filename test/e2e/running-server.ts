import { startProgram, type RunningProgram } from './running-program.ts'

export { program } from './running-program.ts'

/** A `kubepatrol serve` of its own process, as a user starts it. */
export interface RunningServer extends RunningProgram {
  url: string
  token: string
  port: number
}

/** Starts the built program on a recording. */
export function startServer(recording: string, ...options: string[]): Promise<RunningServer> {
  return startServe('--replay', recording, ...options)
}

/** Starts the built program on what the options name, at a free port. */
export async function startServe(...options: string[]): Promise<RunningServer> {
  const running = startProgram(['serve', '--port', '0', '--lang', 'en', ...options])
  const line = await running.printed(/#token=/)
  const {
    url = '',
    port = '',
    token = '',
  } = /(?<url>http:\/\/127\.0\.0\.1:(?<port>\d+)\/#token=(?<token>\S+))$/.exec(line)?.groups ?? {}
  return { ...running, url, token, port: Number(port) }
}
