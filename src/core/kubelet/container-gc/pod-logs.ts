import type { ListedContainer } from './dead-containers.ts'

/**
 * The directories under the root of pod logs that a pass deletes (semantics §2.2 C1, all versions):
 * those of pods that are gone. The pod's UID follows the last `_` of the name; the oldest layout is the
 * UID alone. None before every source of pods is ready.
 */
export function collectLogDirectories(
  names: readonly string[],
  isPodGone: (podUid: string) => boolean,
  areSourcesReady: boolean,
): string[] {
  return areSourcesReady ? names.filter((name) => isPodGone(name.slice(name.lastIndexOf('_') + 1))) : []
}

/** A link in `/var/log/containers`. */
export interface ContainerLogLink {
  name: string
  hasTarget: boolean
}

/**
 * The links in `/var/log/containers` that a pass removes (semantics §2.2 C2, all versions): those that
 * lead nowhere. A rotation leaves a short gap, so that the link of a container that has not exited stays;
 * that of one the runtime does not know goes.
 */
export function collectLogLinks(
  links: readonly ContainerLogLink[],
  containers: readonly Pick<ListedContainer, 'id' | 'state'>[],
): string[] {
  const states = new Map(containers.map(({ id, state }) => [id, state]))
  return links
    .filter(({ name, hasTarget }) => {
      const state = states.get(containerIdOf(name))
      return name.endsWith('.log') && !hasTarget && (state === undefined || state === 'EXITED')
    })
    .map(({ name }) => name)
}

function containerIdOf(link: string): string {
  return link.slice(link.lastIndexOf('-') + 1).replace(/\.log$/, '')
}
