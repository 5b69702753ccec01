import { execFile, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { readdir, rm } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { kubeletJournal } from '../../src/adapters/observe/kubelet-log/kubelet-journal.ts'
import { systemClock } from '../../src/adapters/observe/kubernetes-api/system-clock.ts'
import type { WrittenLog } from './kubelet-log.ts'

const JOURNALD = '/lib/systemd/systemd-journald'
const run = promisify(execFile)

/** Why no journal of a test's own can be had here; undefined where it can. */
export function whyNoJournal(): string | undefined {
  if (process.getuid?.() !== 0) return 'journald needs root'
  if (!existsSync(JOURNALD)) return 'no journald here'
  if (spawnSync('logger', ['--version']).status !== 0) return 'no logger here'
  const [, version = '0'] =
    /systemd (\d+)/.exec(spawnSync('journalctl', ['--version']).stdout?.toString()) ?? []
  return Number(version) >= 245 ? undefined : 'journald has no namespaces before 245'
}

/** A journald in a namespace of its own, which knows nothing of the machine's journal. */
export async function journalOfItsOwn(): Promise<WrittenLog> {
  const namespace = `kubepatrol-${process.pid}-${Date.now()}`
  const sockets = `/run/systemd/journal.${namespace}`
  const socket = path.join(sockets, 'dev-log')
  const daemon = spawn(JOURNALD, [namespace], { stdio: 'ignore' })
  while (!existsSync(socket)) {
    if (daemon.exitCode !== null) throw new Error(`journald ended with status ${daemon.exitCode}`)
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  return {
    source: () =>
      kubeletJournal({
        clock: systemClock,
        root: '/',
        matches: ['SYSLOG_IDENTIFIER=kubelet'],
        options: [`--namespace=${namespace}`],
      }),
    async write(lines) {
      for (const line of lines) await run('logger', ['-u', socket, '-t', 'kubelet', '--', line])
      await run('journalctl', [`--namespace=${namespace}`, '--sync'])
    },
    async rotate() {
      await run('journalctl', [`--namespace=${namespace}`, '--rotate'])
    },
    messageOf: (text) => (JSON.parse(text) as { MESSAGE: string }).MESSAGE,
    async remove() {
      const ended = once(daemon, 'close')
      daemon.kill()
      await ended
      await rm(sockets, { recursive: true, force: true })
      for (const place of ['/var/log/journal', '/run/log/journal']) {
        const names = await readdir(place).catch(() => [])
        for (const name of names.filter((one) => one.endsWith(`.${namespace}`)))
          await rm(path.join(place, name), { recursive: true })
      }
    },
  }
}
