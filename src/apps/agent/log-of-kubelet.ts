import type { HostFiles } from '../../adapters/observe/host/host-files.ts'
import { kubeletJournal } from '../../adapters/observe/kubelet-log/kubelet-journal.ts'
import { kubeletLogFile } from '../../adapters/observe/kubelet-log/kubelet-log-file.ts'
import { followLog } from '../../core/explain/followed-log.ts'
import type { Clock } from '../../core/observe/clock.ts'
import { serviceOf } from '../../core/observe/host/systemd-unit.ts'
import type { Gap } from '../../core/observe/gap.ts'
import type { AgentChoice } from './agent-options.ts'
import type { KubeletPlaces } from './kubelet-settings.ts'

/** What the kubelet's log stated since it was last asked. */
export interface StatedLog {
  read(): Promise<ReturnType<ReturnType<typeof followLog>['read']> & { gaps: readonly Gap[] }>
  close(): Promise<void>
}

/** Follows the log in the file that was named, else the entries of the kubelet's service and of the kernel in the journal. */
export async function logOfKubelet(
  { kubeletLog, hostRoot }: Pick<AgentChoice, 'kubeletLog' | 'hostRoot'>,
  { host, places, node, clock }: { host: HostFiles; places: KubeletPlaces; node: string; clock: Clock },
): Promise<StatedLog> {
  const source =
    kubeletLog === undefined
      ? kubeletJournal({ clock, root: hostRoot, matches: await kubeletAndKernel(host, places) })
      : kubeletLogFile(Buffer.from(kubeletLog))
  const log = followLog({ node, year: new Date(clock.now()).getUTCFullYear() })
  return {
    async read() {
      const { lines, gap } = await source.read()
      return { ...log.read(lines), gaps: gap ? [{ ...gap, node }] : [] }
    },
    close: () => source.close(),
  }
}

async function kubeletAndKernel(host: HostFiles, { process }: KubeletPlaces): Promise<readonly string[]> {
  const cgroups = process && (await host.read(`/proc/${process.pid}/cgroup`, 65_536).catch(() => undefined))
  const service = serviceOf(cgroups?.toString('latin1') ?? '') ?? 'kubelet.service'
  return [`_SYSTEMD_UNIT=${service}`, '+', '_TRANSPORT=kernel']
}
