import type { NodeDisk } from './explanation.ts'
import type { FoldedFact } from './facts/fact.ts'

/**
 * What facts state about the node's disk at their end (docs/facts.md). Only statements that name the
 * node's disk count: an eviction for an unnamed cause, a removal alone, a collection that failed for
 * another reason state nothing about it.
 */
export function nodeDisk(facts: readonly FoldedFact[]): NodeDisk {
  const nodes = new Set(facts.map(({ node }) => node))
  const named = [...nodes].filter((node) => node !== null)
  // What is said without a node is said of the only one there is.
  if (named.length < 2) return diskOf(facts)
  const states = [...nodes].map((name) => diskOf(facts.filter(({ node }) => node === name)))
  return WORST_FIRST.find((state) => states.includes(state)) ?? 'not-stated'
}

/** The end of one node does not end what another one is in. */
const WORST_FIRST: readonly NodeDisk[] = ['full', 'pressure', 'gc-threshold', 'recovered', 'not-stated']

function diskOf(facts: readonly FoldedFact[]): NodeDisk {
  const full = lastOf(facts, isFull)
  const pressure = lastOf(facts, isPressure)
  const collection = lastOf(facts, isCollection)
  const ended = lastOf(facts, ({ id }) => id === 'disk-pressure-cleared' || id === 'reclaim-succeeded')
  if (full !== undefined && !isAfter(ended, full)) return 'full'
  if (pressure !== undefined && !isAfter(ended, pressure)) return 'pressure'
  if (collection !== undefined && !isAfter(ended, collection)) return 'gc-threshold'
  return full !== undefined || pressure !== undefined || ended !== undefined ? 'recovered' : 'not-stated'
}

/** A filesystem without a free inode takes a new file no more than one without a free byte. */
function isFull({ id, fields }: FoldedFact): boolean {
  return (
    id === 'no-space-left' ||
    id === 'image-pull-failed-no-space' ||
    (id === 'inodes-exhausted' && fields['path'] !== undefined)
  )
}

/** What the kubelet calls the disk when it is short of it, in all its releases. */
const DISK_RESOURCE =
  /^(?:ephemeral-storage|storage|disk|inodes|DiskPressure|(?:nodefs|imagefs|containerfs)\w*)$/i

/** Whether a resource that a statement names is one of the node's disks. */
export function isDiskResource(resource: unknown): boolean {
  return typeof resource === 'string' && DISK_RESOURCE.test(resource)
}

function isPressure({ id, fields }: FoldedFact): boolean {
  switch (id) {
    case 'eviction-threshold-met':
    case 'eviction-must-evict':
    case 'pod-evicted':
      return isDiskResource(fields['resource'])
    case 'pod-admission-rejected':
      return Array.isArray(fields['conditions']) && fields['conditions'].includes('DiskPressure')
    case 'node-level-reclaim':
    case 'disk-pressure-condition':
    case 'inodes-exhausted':
      return true
    default:
      return false
  }
}

function isCollection(fact: FoldedFact): boolean {
  return fact.id === 'image-gc-started' || (fact.id === 'image-gc-failed' && wantedMore(fact))
}

/** Whether a collection that failed says that it had wanted more: it did not fail for want of stats, or of an answer. */
export function wantedMore({ fields }: FoldedFact): boolean {
  const { bytesToFree, error } = fields
  return (
    typeof bytesToFree === 'number' ||
    (typeof error === 'string' && /required amount of images|Insufficient free disk space/.test(error))
  )
}

function lastOf(facts: readonly FoldedFact[], isWanted: (fact: FoldedFact) => boolean): number | undefined {
  const orders = facts.filter(isWanted).map(({ lastOrder }) => lastOrder)
  return orders.length > 0 ? Math.max(...orders) : undefined
}

function isAfter(order: number | undefined, other: number): boolean {
  return order !== undefined && order >= other
}
