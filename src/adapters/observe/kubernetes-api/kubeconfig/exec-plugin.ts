import { spawn } from 'node:child_process'
import path from 'node:path'
import { z } from 'zod'
import { coded } from '../../../../core/errors/kubepatrol-error.ts'
import type { Clock } from '../../../../core/observe/clock.ts'
import { parseInstant } from '../../../../core/units/instant.ts'
import type { Exec } from './kubeconfig.ts'
import type { Issued } from './renewable.ts'

const API_VERSIONS = ['v1', 'v1beta1', 'v1alpha1'].map((version) => `client.authentication.k8s.io/${version}`)
const MOST_OUTPUT_BYTES = 1024 * 1024
const MOST_COMPLAINT_BYTES = 4096
const TIME_LIMIT_MS = 60_000

const Text = z.string().min(1).nullish()

const ExecCredential = z.object({
  kind: z.literal('ExecCredential'),
  apiVersion: z.string(),
  status: z.object({
    expirationTimestamp: Text,
    token: Text,
    clientCertificateData: Text,
    clientKeyData: Text,
  }),
})

/** What a plugin is run with. */
export interface PluginRun {
  exec: Exec
  /** The kubeconfig it stands in: a command with a relative path begins at its folder. */
  file: string
  /** The cluster, for a plugin that wants to know it (`provideClusterInfo`). */
  cluster?: Readonly<Record<string, unknown>>
  env: Readonly<Record<string, string | undefined>>
  /** Whether someone sits at a terminal that the plugin may ask. */
  hasTerminal: boolean
  clock: Clock
}

/**
 * Runs a plugin, never through a shell, and reads the credentials it prints.
 * @throws {KubepatrolError} KP_CREDENTIALS_UNUSABLE when it cannot be run, fails, takes longer than a minute or
 * prints something else.
 */
export async function runExecPlugin(run: PluginRun): Promise<Issued> {
  const { exec } = run
  const name = path.basename(exec.command)
  const hint = exec.installHint ? ` ${exec.installHint}` : ''
  const unusable = (problem: string) =>
    coded('KP_CREDENTIALS_UNUSABLE', { problem: masked(`the plugin ${name} ${problem}`) })
  if (!API_VERSIONS.includes(exec.apiVersion)) throw unusable(`speaks ${exec.apiVersion}, which is not known`)
  if (exec.interactiveMode === 'Always' && !run.hasTerminal) throw unusable('wants to ask at a terminal')

  const { output, complaint, problem } = await outputOf(run)
  if (problem !== undefined) throw unusable(`${problem}${complaint === '' ? hint : `: ${complaint}`}`)
  return credentialsIn(output, exec.apiVersion, unusable)
}

interface Outcome {
  output: string
  complaint: string
  problem?: string
}

function outputOf({ exec, file, cluster, env, hasTerminal, clock }: PluginRun): Promise<Outcome> {
  const isInteractive = exec.interactiveMode !== 'Never' && hasTerminal
  const command = /[\\/]/.test(exec.command) ? path.resolve(path.dirname(file), exec.command) : exec.command
  const info = {
    apiVersion: exec.apiVersion,
    kind: 'ExecCredential',
    spec: { interactive: isInteractive, cluster },
  }
  const added = Object.fromEntries((exec.env ?? []).map((entry) => [entry.name, entry.value]))
  const child = spawn(command, exec.args ?? [], {
    shell: false,
    env: { ...env, ...added, KUBERNETES_EXEC_INFO: JSON.stringify(info) },
    stdio: [isInteractive ? 'inherit' : 'ignore', 'pipe', 'pipe'],
    // A group of its own, so that what the plugin started ends with it; a terminal is not taken from it.
    detached: !isInteractive && process.platform !== 'win32',
    windowsHide: true,
  })
  return new Promise((resolve) => {
    let output = ''
    let complaint = ''
    const end = (problem?: string) => {
      cancel()
      if (problem !== undefined) kill(child.pid, !isInteractive)
      child.stdout?.destroy()
      child.stderr?.destroy()
      child.unref()
      resolve({ output, complaint: complaint.trim(), ...(problem === undefined ? {} : { problem }) })
    }
    const cancel = clock.after(TIME_LIMIT_MS, () => end(`gave nothing within ${TIME_LIMIT_MS / 1000} s`))
    child.stdout?.setEncoding('utf8').on('data', (piece: string) => {
      output += piece
      if (output.length > MOST_OUTPUT_BYTES) end('printed more than 1 MiB')
    })
    child.stderr?.setEncoding('utf8').on('data', (piece: string) => {
      complaint = (complaint + piece).slice(-MOST_COMPLAINT_BYTES)
    })
    child.once('error', (cause: NodeJS.ErrnoException) =>
      end(`cannot be run (${cause.code ?? cause.message})`),
    )
    child.once('close', (status, signal) =>
      end(status === 0 ? undefined : `failed (${signal ?? `exit status ${status}`})`),
    )
  })
}

function kill(pid: number | undefined, isGroup: boolean): void {
  if (pid === undefined) return
  try {
    process.kill(isGroup && process.platform !== 'win32' ? -pid : pid, 'SIGKILL')
  } catch {
    // It has ended by itself.
  }
}

function credentialsIn(output: string, apiVersion: string, unusable: (problem: string) => Error): Issued {
  let json: unknown
  try {
    json = JSON.parse(output)
  } catch {
    throw unusable('printed no JSON')
  }
  const parsed = ExecCredential.safeParse(json)
  if (!parsed.success) throw unusable('printed no ExecCredential')
  if (parsed.data.apiVersion !== apiVersion) throw unusable(`printed another version than ${apiVersion}`)
  const { token, clientCertificateData, clientKeyData, expirationTimestamp } = parsed.data.status
  if (!token && !(clientCertificateData && clientKeyData))
    throw unusable('printed neither a token nor a certificate')
  const expiresAt = expirationTimestamp ? parseInstant(expirationTimestamp) : undefined
  return {
    presented: {
      ...(token ? { authorization: `Bearer ${token}` } : {}),
      ...(clientCertificateData && clientKeyData
        ? { clientCertificate: { certificate: clientCertificateData, key: clientKeyData } }
        : {}),
    },
    ...(expiresAt === undefined ? {} : { expiresAt }),
  }
}

/** Without what looks like a token or a key. */
function masked(text: string): string {
  return text.replace(/[\w+/=.-]{40,}/g, '…').slice(0, 400)
}
