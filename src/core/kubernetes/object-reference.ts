/** Names an object of the cluster. */
export interface ObjectReference {
  kind: string
  /** Absent for kinds without namespaces. */
  namespace?: string
  name: string
}

/** `Pod/log/es-0`, `Node/worker-1`: fit for sorting and comparing; not neutralised. */
export function referenceText({ kind, namespace, name }: ObjectReference): string {
  return [kind, namespace, name].filter((part) => part !== undefined).join('/')
}
