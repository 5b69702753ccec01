/** What the removal of one container takes away, in the kubelet's order (semantics §2.5, all versions). */
export const REMOVAL_STEPS = ['bookkeeping', 'log-files', 'log-link', 'container'] as const
export type RemovalStep = (typeof REMOVAL_STEPS)[number]

/** The steps that are done when one fails (semantics §2.5): the container, and with it the writable layer, is the last. */
export function stepsBefore(failing: RemovalStep): RemovalStep[] {
  return REMOVAL_STEPS.slice(0, REMOVAL_STEPS.indexOf(failing))
}

/** The files that go with a container's log (semantics §2.5): the log, and what was rotated, compressed or half written from it. */
export function logFilesOf(logPath: string, paths: readonly string[]): string[] {
  return paths.filter((path) => path.startsWith(logPath))
}
