/** Some of these go, and the kubelet's own order leaves undefined which (semantics §2.2). */
export interface TiedMembers<T> {
  among: readonly T[]
  /** How many go, least and most. */
  count: { min: number; max: number }
}
