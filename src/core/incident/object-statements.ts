import type { Fact, FoldedFact } from '../explain/facts/fact.ts'
import { kubernetesEventRecord } from '../explain/frame/kubernetes-event.ts'
import { readFacts } from '../explain/read-facts.ts'
import type { Node } from '../kubernetes/node.ts'
import type { PersistentVolumeClaim } from '../kubernetes/persistent-volume-claim.ts'
import type { Pod } from '../kubernetes/pod.ts'
import { parseInstant, type Instant } from '../units/instant.ts'
import type { Duration } from '../units/duration.ts'

/** A claim that is deleted in an orderly way is gone within seconds. */
const SLOW_DELETION: Duration = 2 * 60_000

/** What a Node's conditions state: that there is disk pressure, or that there is none any more, since they changed last. */
export function nodeStatements(node: Node, observedAt: Instant): Fact[] {
  const { name } = node.metadata
  const condition = node.status.conditions.find(({ type }) => type === 'DiskPressure')
  if (condition?.status !== 'True' && condition?.status !== 'False') return []
  const reason = condition.status === 'True' ? 'NodeHasDiskPressure' : 'NodeHasNoDiskPressure'
  return asEvent(
    { reason, message: `Node ${name} status is now: ${reason}` },
    { kind: 'Node', name },
    { node: name, since: parseInstant(condition.lastTransitionTime ?? '') ?? observedAt },
  )
}

/** What a pod's waiting containers state: that an image cannot be had, and whether it is always pulled. The API does not say since when. */
export function podStatements(pod: Pod, observedAt: Instant): Fact[] {
  const { nodeName } = pod.spec
  if (nodeName === undefined) return []
  const { name, namespace, uid } = pod.metadata
  const containers = [...pod.spec.containers, ...(pod.spec.initContainers ?? [])]
  const statuses = [...pod.status.containerStatuses, ...(pod.status.initContainerStatuses ?? [])]
  return statuses.flatMap(({ name: container, image, state }) => {
    const waiting = state?.waiting
    const event = waiting && pullEvent(waiting.reason ?? '', waiting.message ?? '', image)
    if (!event) return []
    const pullPolicy = containers.find((spec) => spec.name === container)?.imagePullPolicy
    const policy = typeof pullPolicy === 'string' ? { pullPolicy } : {}
    return asEvent(event, { kind: 'Pod', namespace, name, uid }, { node: nodeName, since: observedAt }).map(
      (fact) => ({ ...fact, fields: { ...fact.fields, ...policy } }),
    )
  })
}

/** What a claim states that is being deleted, and is not gone when it should be. */
export function claimStatements({ metadata }: PersistentVolumeClaim, observedAt: Instant): Fact[] {
  const since = parseInstant(metadata.deletionTimestamp ?? '')
  if (since === undefined || observedAt - since < SLOW_DELETION) return []
  const { name, namespace = 'default' } = metadata
  return [
    {
      id: 'pvc-terminating',
      at: since,
      atText: metadata.deletionTimestamp ?? null,
      order: since,
      isCoarse: true,
      node: null,
      source: { file: `persistentvolumeclaims/${namespace}/${name}`, line: 0 },
      from: 'unknown',
      fields: { claim: { namespace, name } },
      // As the patterns of log lines have it, which often know no namespace.
      subject: name,
      raw: `persistentvolumeclaim ${namespace}/${name} is being deleted since ${metadata.deletionTimestamp}`,
    },
  ]
}

/**
 * Statements that objects make for as long as they are so: what they still say was so before keeps the instant
 * from which it is known.
 */
export function lasting(
  statements: readonly Fact[],
  before: readonly FoldedFact[],
  observedAt: Instant,
): FoldedFact[] {
  const known = new Map(before.map((fact) => [keyOf(fact), fact]))
  const now = new Map(statements.map((fact) => [keyOf(fact), fact]))
  return [...now].map(([key, fact]) => {
    const { at, atText, order, isCoarse } = known.get(key) ?? fact
    const evidence = [{ ...fact.source, at, order }]
    const last = { lastAt: observedAt, lastOrder: observedAt }
    return { ...fact, at, atText, order, isCoarse, count: 1, firstAt: at, ...last, evidence }
  })
}

function keyOf({ id, node, subject }: Fact): string {
  return JSON.stringify([id, node, subject])
}

/** The event that a waiting container is the result of. */
function pullEvent(reason: string, said: string, image: string | undefined) {
  if (image === undefined) return undefined
  if (reason === 'ImagePullBackOff') {
    return { reason: 'BackOff', message: `Back-off pulling image "${image}"` }
  }
  if (reason === 'ErrImageNeverPull') {
    return { reason, message: `Container image "${image}" is not present with pull policy of Never` }
  }
  if (reason !== 'ErrImagePull' || said === '') return undefined
  const message = said.startsWith('Failed to pull image') ? said : `Failed to pull image "${image}": ${said}`
  return { reason: 'Failed', message }
}

interface Subject {
  kind: string
  namespace?: string | undefined
  name: string
  uid?: string | undefined
}

function asEvent(
  said: { reason: string; message: string },
  { kind, namespace, name, uid }: Subject,
  { node, since }: { node: string; since: Instant },
): Fact[] {
  const place = [`${kind.toLowerCase()}s`, namespace, name].filter((part) => part !== undefined).join('/')
  const involvedObject = {
    kind,
    name,
    ...(namespace === undefined ? {} : { namespace }),
    ...(uid === undefined ? {} : { uid }),
  }
  const time = new Date(since).toISOString()
  const event = { metadata: { name }, ...said, involvedObject, firstTimestamp: time }
  return readFacts(kubernetesEventRecord(event, { file: place, line: 0, node })).map((fact) => ({
    ...fact,
    from: 'unknown' as const,
  }))
}
