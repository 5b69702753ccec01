import { invalid, unsupportedValue } from '../store/api-refusal.ts'

/** What a request for a write says of how, by method. */
const OPTIONS: Readonly<Partial<Record<string, string>>> = {
  POST: 'CreateOptions',
  PUT: 'UpdateOptions',
  PATCH: 'PatchOptions',
  DELETE: 'DeleteOptions',
}
const PROPAGATIONS = ['Foreground', 'Background', 'Orphan', 'nil']

/** Whether a write is only to be tried. @throws {ApiRefusal} Invalid for a way of trying that Kubernetes does not know */
export function isDryRun(method: string | undefined, asked: readonly string[]): boolean {
  const given = asked.filter((one) => one !== '')
  if (given.some((one) => one !== 'All')) {
    const shown = `[]string{${given.map((one) => JSON.stringify(one)).join(', ')}}`
    throw invalid({ kind: OPTIONS[method ?? ''] ?? 'PatchOptions', group: 'meta.k8s.io' }, '', [
      unsupportedValue('dryRun', shown, ['All']),
    ])
  }
  return given.length > 0
}

/** @throws {ApiRefusal} Invalid for a way of deleting dependents that Kubernetes does not know */
export function checkPropagation(propagation: unknown): void {
  if (propagation === undefined || propagation === null || PROPAGATIONS.some((one) => one === propagation))
    return
  throw invalid({ kind: 'DeleteOptions', group: 'meta.k8s.io' }, '', [
    unsupportedValue('propagationPolicy', JSON.stringify(propagation), PROPAGATIONS),
  ])
}
