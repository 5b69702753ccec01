import { z } from 'zod'
import type { FoldedFact } from '../../explain/facts/fact.ts'
import { parseKubeletVersion } from '../../kubelet/kubelet-version.ts'
import { orphanRules } from '../../kubelet/orphans/orphan-rules.ts'
import type { OrphanHold } from '../../messages/image-findings.ts'
import { message } from '../../messages/message.ts'
import { few } from '../../placement/few.ts'
import { shown } from '../../tell/shown-text.ts'
import { holdersOf } from '../orphan-holders.ts'
import { defineDetector } from '../detector.ts'

/** Directories of pods that are gone, which the kubelet says every two seconds that it cannot remove (semantics §4). */
export const orphanedPodDirectory = defineDetector({
  id: 'orphaned-pod-directory',
  reason: 'OrphanedPodDirectory',
  severity: 'warning',
  summary: 'Directories of pods that are gone stay on the disk: what holds them, and how to look safely.',
  options: z.strictObject({
    /** The kubelet repeats it every two seconds: what was said longer ago is over. */
    saidWithinMinutes: z.number().positive().default(15),
  }),

  detect({ facts, pods, kubeletVersion, observedAt, orphanedDirectories }, { saidWithinMinutes }) {
    const known = new Set((pods?.value ?? []).map(({ metadata }) => metadata.uid))
    const orphans = facts.filter(
      ({ id, lastAt, fields }) =>
        id === 'orphaned-pod-volumes' &&
        typeof fields['podUid'] === 'string' &&
        !known.has(fields['podUid']) &&
        (lastAt === null || observedAt - lastAt <= saidWithinMinutes * 60_000),
    )
    const [first] = orphans
    if (!first) return []
    const version = parseKubeletVersion(kubeletVersion ?? '')
    const { path } = first.fields
    const subjects = new Set(orphans.map(({ fields }) => fields['podUid']))
    const seen = orphanedDirectories?.value.filter(({ uid }) => subjects.has(uid)) ?? []
    return [
      message('finding.orphaned-pod-directory', {
        uids: few(orphans, ({ subject }) => subject),
        ...(typeof path === 'string' ? { path: shown(path, 300) } : {}),
        hold:
          holdOf(first) ?? (version && orphanRules(version).leftovers === 'refuse' ? 'refuses' : 'unknown'),
        ...(seen.length > 0 ? { holders: holdersOf(seen) } : {}),
      }),
    ]
  },
})

/** What the line itself says that keeps the directory (semantics §4.3). */
function holdOf({ raw }: FoldedFact): OrphanHold | undefined {
  if (/still present on disk/.test(raw)) return 'refuses'
  if (/not a directory/.test(raw)) return 'file'
  if (/directory not empty/.test(raw)) return 'not-empty'
  return /resource busy/.test(raw) ? 'mounted' : undefined
}
