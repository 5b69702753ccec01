import { message, type Message } from '../messages/message.ts'
import { missingPath, distinct } from './fact-words.ts'
import { shortageOf, type IncidentDraft } from './incident-draft.ts'
import type { Incident } from './incident.ts'
import { sandboxImages } from './removal-words.ts'
import { IMAGE_REMOVALS, podLabels, podsOf, textField } from './connections.ts'

/** What to do about an incident, most urgent first. */
export function adviceFor(draft: IncidentDraft, affected: Incident['affected']): Message[] {
  const node = draft.node === null ? {} : { node: draft.node }
  const facts = draft.traced.map(({ fact }) => fact)
  const { images, pods, volumes } = affected
  switch (draft.cause) {
    case 'disk-filled':
    case 'inodes-filled': {
      const paths = (shortageOf(draft)?.attribution?.suspects ?? []).map(({ path }) => path)
      const isLost = facts.some(({ id }) => id === 'pod-evicted' || id === 'eviction-kill-timeout')
      return [
        ...restoreImages(draft, images),
        draft.cause === 'disk-filled'
          ? message('advice.find-what-fills', { ...node, paths })
          : message('advice.find-what-fills-inodes', node),
        ...(volumes.length > 0 ? [message('advice.free-from-inside', { volumes })] : []),
        ...(isLost
          ? [
              message('advice.watch-evicted-pods', {
                ...node,
                pods: podLabels(
                  facts
                    .filter(({ id }) => id === 'pod-evicted' || id === 'eviction-kill-timeout')
                    .flatMap(podsOf),
                ),
              }),
            ]
          : []),
      ]
    }
    case 'image-lost':
      return restoreImages(draft, images)
    case 'registry-unreachable':
      return [message('advice.reach-registry', { ...node, images })]
    case 'image-not-found':
    case 'registry-denied':
      return [message('advice.correct-image', { images })]
    case 'orphaned-pod-directory':
      return [
        message('advice.check-orphan', {
          ...node,
          uids: distinct(facts.map((fact) => textField(fact, 'podUid'))),
        }),
      ]
    case 'volume-unavailable':
    case 'claim-blocked': {
      const path = missingPath(facts)
      return [
        path === undefined
          ? message('advice.look-at-volume', { ...node, pods, volumes })
          : message('advice.recreate-directory', { ...node, path }),
      ]
    }
    case 'local-limit-exceeded':
      return [message('advice.raise-limit', { ...node, pods })]
    case 'filesystem-damaged':
    case 'runtime-failed':
      return [message('advice.check-node', node)]
    case 'etcd-space':
      return [message('advice.defragment-etcd')]
  }
}

/** A patrol knows what no registry can give back; a log shows what was asked for in vain. */
function isMissed({ live, traced }: IncidentDraft): boolean {
  return (
    live !== undefined ||
    traced.some(({ fact: { id } }) => id === 'sandbox-image-missing' || id.startsWith('image-pull-'))
  )
}

function restoreImages(draft: IncidentDraft, images: readonly string[]): Message[] {
  const lost = draft.traced
    .filter(({ fact }) => IMAGE_REMOVALS.has(fact.id) || fact.id === 'sandbox-image-missing')
    .map(({ fact }) => fact)
  if (lost.length === 0) return []
  const first = sandboxImages(lost, draft)
  if (first.length === 0 && !isMissed(draft)) return [message('advice.know-removed-images', { images })]
  const node = draft.node === null ? {} : { node: draft.node }
  return [message('advice.restore-images', { ...node, images, first }), message('advice.keep-images')]
}
