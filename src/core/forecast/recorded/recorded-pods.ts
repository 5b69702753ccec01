import type { Event } from '../../kubernetes/event.ts'
import type { Pod } from '../../kubernetes/pod.ts'
import { parseInstant, type Instant } from '../../units/instant.ts'
import type { RecordedRun } from './recorded-run.ts'

/** A container of a recorded pod. */
export interface RecordedContainer {
  /** As the runtime names it, where an object told; else the container's name in its pod. */
  id: string
  name: string
  /** As the pod names it. */
  image: string
  createdAt: Instant
}

/** The API's picture of a static pod names in this annotation the UID by which the kubelet knows it. */
export const MIRROR = 'kubernetes.io/config.mirror'

/** What is known of the life of one pod on the recorded node. */
export interface RecordedPod {
  uid: string
  /** By which the kubelet's figures and events name it. */
  statsUid: string
  namespace: string
  name: string
  /** The last object of it; absent when only events tell of it. */
  object?: Pod
  boundAt: Instant
  /** When someone other than the kubelet ended it and its containers were removed; absent when nobody did. */
  endsAt?: Instant
  /** When the last container of a pod that is not started again had ended; absent for a pod that runs. */
  finishedAt?: Instant
  containers: readonly RecordedContainer[]
}

/** A pod whose grace period nothing tells gets the default. */
const DEFAULT_GRACE_S = 30
/** A long grace period is mostly the default, and not used up. */
const LONGEST_END_MS = 5000
/** What it takes to remove a container that has ended. */
const REMOVAL_MS = 1000

/** The pods that were bound to the recorded node, by its objects and events. */
export function recordedPods({ nodeName, snapshots, actions, readings }: RecordedRun): RecordedPod[] {
  const events = uniqueEvents(snapshots.flatMap((snapshot) => snapshot.events))
  const objects = new Map<string, Pod>()
  for (const pod of snapshots.flatMap(({ pods }) => pods)) {
    if (pod.metadata.uid !== undefined) objects.set(pod.metadata.uid, pod)
  }
  const graceSeconds = usualGrace([...objects.values()])
  const staticUids = new Set(
    [...objects.values()].flatMap(({ metadata }) => metadata.annotations?.[MIRROR] ?? []),
  )
  const uids = new Set([...objects.keys(), ...[...events.keys()].filter((uid) => !staticUids.has(uid))])
  const firstReading = readings[0]?.at ?? 0
  return [...uids].flatMap((uid) => {
    const object = objects.get(uid)
    const statsUid = object?.metadata.annotations?.[MIRROR] ?? uid
    const told = [...(events.get(uid) ?? []), ...(statsUid === uid ? [] : (events.get(statsUid) ?? []))]
    const boundAt = boundTo(nodeName, object, told)
    const subject = object?.metadata ?? told[0]?.involvedObject
    if (boundAt === undefined || subject?.name === undefined) return []
    const namespace = subject.namespace ?? 'default'
    const { name } = subject
    const ended = endedBySomeone(name, boundAt, told, actions)
    const grace = Math.min(
      (object?.spec.terminationGracePeriodSeconds ?? graceSeconds) * 1000,
      LONGEST_END_MS,
    )
    return {
      uid,
      statsUid,
      namespace,
      name,
      ...(object === undefined ? {} : { object }),
      boundAt: Math.max(boundAt, Math.min(boundAt, firstReading)),
      ...(ended === undefined ? {} : { endsAt: ended + grace + REMOVAL_MS }),
      ...finishedOf(object),
      containers: containersOf(object, told),
    }
  })
}

/** The events of each pod, the last version of each. */
function uniqueEvents(events: readonly Event[]): Map<string, Event[]> {
  const latest = new Map(
    events.map((event) => [`${event.metadata.namespace ?? ''}/${event.metadata.name}`, event]),
  )
  const byPod = new Map<string, Event[]>()
  for (const event of latest.values()) {
    const { kind, uid } = event.involvedObject
    if (kind !== 'Pod' || uid === undefined) continue
    byPod.set(uid, [...(byPod.get(uid) ?? []), event])
  }
  return byPod
}

function boundTo(nodeName: string, object: Pod | undefined, events: readonly Event[]): Instant | undefined {
  const scheduled = events.find(({ reason }) => reason === 'Scheduled')
  if (scheduled) return scheduled.message.endsWith(` to ${nodeName}`) ? startOf(scheduled) : undefined
  if (object?.spec.nodeName !== undefined) {
    if (object.spec.nodeName !== nodeName) return undefined
    return parseInstant(object.status.startTime ?? object.metadata.creationTimestamp ?? '')
  }
  const pulled = events.find(({ reason }) => reason === 'Pulled' || reason === 'Created')
  return object ? undefined : pulled && startOf(pulled)
}

/** Ended by a deletion: by an action that names it, or by a kill that no eviction explains. */
function endedBySomeone(
  name: string,
  boundAt: Instant,
  events: readonly Event[],
  actions: RecordedRun['actions'],
): Instant | undefined {
  const deleted = actions.find(
    ({ at, action }) => at >= boundAt && /^delete pod (?:\S+\/)?(\S+)$/.exec(action)?.[1] === name,
  )
  if (deleted) return deleted.at
  if (events.some(({ reason }) => reason === 'Evicted')) return undefined
  const killing = events.find(({ reason }) => reason === 'Killing')
  return killing && lastOf(killing)
}

function finishedOf(object: Pod | undefined): { finishedAt?: Instant } {
  const { phase, reason, containerStatuses = [] } = object?.status ?? {}
  if (phase !== 'Succeeded' && (phase !== 'Failed' || reason === 'Evicted')) return {}
  const ends = containerStatuses.flatMap(
    ({ state }) => parseInstant(state?.terminated?.finishedAt ?? '') ?? [],
  )
  return { finishedAt: ends.length > 0 ? Math.max(...ends) : -Infinity }
}

function containersOf(object: Pod | undefined, events: readonly Event[]): RecordedContainer[] {
  const created = events.filter(({ reason }) => reason === 'Created').map((event) => startOf(event) ?? 0)
  const { initContainerStatuses, containerStatuses = [] } = object?.status ?? {}
  const statuses = [...(initContainerStatuses ?? []), ...containerStatuses]
  const declared = [...(object?.spec.initContainers ?? []), ...(object?.spec.containers ?? [])]
  if (declared.length > 0) {
    return declared.flatMap(({ name, image }, index) => {
      const status = statuses.find((one) => one.name === name)
      const at = created[index] ?? created[0]
      const hasContainer = at !== undefined || status?.containerID !== undefined
      if (image === undefined || !hasContainer) return []
      const id = status?.containerID?.replace(/^[\w-]+:\/\//, '') ?? name
      return { id, name, image, createdAt: at ?? parseInstant(object?.status.startTime ?? '') ?? 0 }
    })
  }
  return events
    .filter(({ reason }) => reason === 'Pulled')
    .flatMap((event, index) => {
      const image = /mage "([^"]+)"/.exec(event.message)?.[1]
      const at = created[index] ?? created[0]
      return image === undefined || at === undefined ? [] : [{ id: image, name: image, image, createdAt: at }]
    })
}

function usualGrace(pods: readonly Pod[]): number {
  const known = pods.flatMap(({ spec }) => spec.terminationGracePeriodSeconds ?? []).toSorted((a, b) => a - b)
  return known[Math.floor(known.length / 2)] ?? DEFAULT_GRACE_S
}

function startOf({ eventTime, firstTimestamp, lastTimestamp }: Event): Instant | undefined {
  return parseInstant(eventTime ?? firstTimestamp ?? lastTimestamp ?? '')
}

function lastOf({ eventTime, firstTimestamp, lastTimestamp }: Event): Instant | undefined {
  return parseInstant(lastTimestamp ?? firstTimestamp ?? eventTime ?? '')
}
