import { spawn } from 'node:child_process'
import path from 'node:path'
import { z } from 'zod'
import { failureReason } from '../../../../core/errors/failure-reason.ts'
import { coded } from '../../../../core/errors/kubepatrol-error.ts'
import { message, type Message } from '../../../../core/messages/message.ts'
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
  const unusable = (problem: Message, says = '') =>
    coded('KP_CREDENTIALS_UNUSABLE', {
      problem: message('credentials.plugin', { plugin: name, problem, says: masked(says) }),
    })
  if (!API_VERSIONS.includes(exec.apiVersion))
    throw unusable(message('credentials.plugin-version', { version: exec.apiVersion }))
  if (exec.interactiveMode === 'Always' && !run.hasTerminal)
    throw unusable(message('credentials.plugin-terminal'))

  const { output, complaint, problem } = await outputOf(run)
  if (problem !== undefined) throw unusable(problem, complaint || (exec.installHint ?? ''))
  return credentialsIn(output, exec.apiVersion, unusable)
}

interface Outcome {
  output: string
  complaint: string
  problem?: Message
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
    const end = (problem?: Message) => {
      cancel()
      if (problem !== undefined) kill(child.pid, !isInteractive)
      child.stdout?.destroy()
      child.stderr?.destroy()
      child.unref()
      resolve({ output, complaint: complaint.trim(), ...(problem === undefined ? {} : { problem }) })
    }
    const cancel = clock.after(TIME_LIMIT_MS, () =>
      end(message('credentials.plugin-slow', { seconds: TIME_LIMIT_MS / 1000 })),
    )
    child.stdout?.setEncoding('utf8').on('data', (piece: string) => {
      output += piece
      if (output.length > MOST_OUTPUT_BYTES) end(message('credentials.plugin-endless'))
    })
    child.stderr?.setEncoding('utf8').on('data', (piece: string) => {
      complaint = (complaint + piece).slice(-MOST_COMPLAINT_BYTES)
    })
    child.once('error', (cause: NodeJS.ErrnoException) =>
      end(
        cause.code === 'ENOENT'
          ? message('credentials.plugin-missing')
          : message('credentials.plugin-not-run', { reason: failureReason(cause) }),
      ),
    )
    child.once('close', (status, signal) =>
      end(
        status === 0
          ? undefined
          : message('credentials.plugin-failed', { how: signal ?? `exit status ${status}` }),
      ),
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

function credentialsIn(output: string, apiVersion: string, unusable: (problem: Message) => Error): Issued {
  let json: unknown
  try {
    json = JSON.parse(output)
  } catch {
    throw unusable(message('credentials.plugin-no-json'))
  }
  const parsed = ExecCredential.safeParse(json)
  if (!parsed.success) throw unusable(message('credentials.plugin-no-credential'))
  if (parsed.data.apiVersion !== apiVersion)
    throw unusable(message('credentials.plugin-other-version', { version: apiVersion }))
  const { token, clientCertificateData, clientKeyData, expirationTimestamp } = parsed.data.status
  if (!token && !(clientCertificateData && clientKeyData))
    throw unusable(message('credentials.plugin-nothing'))
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
