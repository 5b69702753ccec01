import type { NodeView } from '../../core/observe/node-view.ts'
import { few } from '../../core/placement/few.ts'
import { LONGEST_NAME, shown } from '../../core/tell/shown-text.ts'
import type { LeftBehindDocument } from '../../http/node-contract.ts'

const MOST_LISTED = 100

/** What pods left on a node's disk, and what holds it, as the page shows it. */
export function leftBehindDocument({
  orphanedDirectories,
  diskAttribution,
}: NodeView): LeftBehindDocument | null {
  if (!orphanedDirectories) return null
  const { value } = orphanedDirectories
  const bytes = new Map(
    (diskAttribution?.value ?? []).flatMap(({ consumers }) =>
      consumers
        .filter(({ kind }) => kind === 'orphaned-pods')
        .flatMap(({ consumers: parts = [] }) =>
          parts.flatMap(({ pod, bytes: own }) => (pod === undefined ? [] : [[pod, own] as const])),
        ),
    ),
  )
  return {
    total: value.length,
    items: value.slice(0, MOST_LISTED).map(({ uid, path, mounts, processes, data }) => ({
      path: shown(path, LONGEST_NAME),
      bytes: bytes.get(uid) ?? null,
      mounts: asFew(mounts),
      processes: asFew(processes),
      data: asFew(data),
    })),
  }
}

function asFew(names: readonly string[]) {
  const { named, count } = few(names, (name) => name)
  return { named: [...named], count }
}
