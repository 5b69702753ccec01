/** An operation of a JSON patch. */
export type FinalizerPatch = readonly (
  { op: 'test'; path: string; value: string } | { op: 'remove'; path: string }
)[]

/**
 * The JSON patch that removes one finalizer and fails if another stands there by now (semantics §6.7);
 * undefined when the object does not have it.
 */
export function removeFinalizerPatch(
  finalizers: readonly string[],
  finalizer: string,
): FinalizerPatch | undefined {
  const index = finalizers.indexOf(finalizer)
  if (index === -1) return undefined
  const path = `/metadata/finalizers/${index}`
  return [
    { op: 'test', path, value: finalizer },
    { op: 'remove', path },
  ]
}
