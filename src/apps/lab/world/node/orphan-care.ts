import { cleanUpOrphan } from '../../../../core/kubelet/orphans/clean-up.ts'
import { orphanErrorLine } from '../../../../core/kubelet/orphans/orphan-message.ts'
import { HOUSEKEEPING_PERIOD } from '../../../../core/kubelet/orphans/orphaned-pods.ts'
import { orphanRules } from '../../../../core/kubelet/orphans/orphan-rules.ts'
import type { Agenda } from '../agenda.ts'
import type { KubeletLog } from './kubelet-log.ts'
import type { KubeletWords } from './kubelet-words.ts'
import type { NodeState } from './node-state.ts'

/** A kernel of this age does not tell which directories are mount points. */
const KERNEL_TELLS_MOUNT_ROOTS = false

/** Cleans up directories of pods that nobody knows (semantics §4): what resists is said again every two seconds. */
export function careForOrphans(
  node: NodeState,
  agenda: Agenda,
  log: KubeletLog,
  words: KubeletWords,
): () => void {
  let quieten: (at: number) => void = () => {}
  return function look(): void {
    quieten(agenda.now())
    const rules = orphanRules(node.version)
    const found = [...node.orphans].map(([uid, { entries }]) => {
      const outcome = cleanUpOrphan(
        { entries, isKillPending: false, listedVolumes: 'none' },
        rules,
        KERNEL_TELLS_MOUNT_ROOTS,
      )
      if (outcome.kind === 'cleaned') node.orphans.delete(uid)
      return { uid, errors: 'errors' in outcome ? outcome.errors : [] }
    })
    const failed = found.filter(({ errors }) => errors.length > 0)
    const first = failed[0]
    const error = first?.errors[0]
    if (!first || !error) return
    const total = failed.reduce((sum, { errors }) => sum + errors.length, 0)
    const directory = `/var/lib/kubelet/pods/${first.uid}`
    const text = orphanErrorLine({ uid: first.uid, directory }, error, total, node.version)
    quieten = log.repeat({
      from: agenda.now() + HOUSEKEEPING_PERIOD,
      everyMs: HOUSEKEEPING_PERIOD,
      line: words.orphan(text),
    })
  }
}
