import type { PodReference } from './facts/fact.ts'
import type { EventSubject, LogRecord } from './frame/log-record.ts'

// Bounded as the API bounds them, and begun only where a word begins: a hostile line costs no more than another.
const NAME_NAMESPACE_UID =
  /(?<![a-z0-9.-])([a-z0-9][a-z0-9.-]{0,252})_([a-z0-9][a-z0-9-]{0,62})\(([0-9a-f][0-9a-f-]{5,63})\)/g
const NAMESPACE_NAME = /(?<![a-z0-9-])([a-z0-9][a-z0-9-]{0,62})\/([a-z0-9][a-z0-9.-]{0,252})/g

/** The pods in a list as klog writes it: `name_ns(uid), …`, `[ns/a ns/b]` or `["ns/a","ns/b"]`. A cut one is none. */
export function podsIn(text: string | undefined): PodReference[] {
  if (text === undefined) return []
  const whole = [...text.matchAll(NAME_NAMESPACE_UID)].map(([, name, namespace, uid]) =>
    reference(namespace, name, uid),
  )
  if (whole.length > 0) return whole
  return [...text.matchAll(NAMESPACE_NAME)].map(([, namespace, name]) => reference(namespace, name))
}

/** The pod an event is about. */
export function podOfEvent(event: EventSubject | undefined): PodReference | undefined {
  return event?.kind === 'Pod' ? reference(event.namespace, event.name, event.uid) : undefined
}

const NAMED = [
  /\bpod[ =]"?([a-z0-9][a-z0-9.-]{0,252}_[a-z0-9][a-z0-9-]{0,62}\([0-9a-f-]{6,64}\))/i,
  /[("]([a-z0-9][a-z0-9.-]{0,252}_[a-z0-9][a-z0-9-]{0,62}\([0-9a-f-]{6,64}\))/,
  /\bpod[ =]"([a-z0-9][a-z0-9-]{0,62}\/[a-z0-9][a-z0-9.-]{0,252})"/i,
]
const METADATA = /PodSandboxMetadata\{Name:([^,{}]{1,253}),Uid:([^,{}]{1,64}),Namespace:([^,{}]{1,63}),/

/** The pod a text names first, in one of the ways of kubelet and runtime. */
export function podNamedIn(text: string): PodReference | undefined {
  const [, name, uid, namespace] = METADATA.exec(text) ?? []
  if (name !== undefined) return reference(namespace, name, uid)
  for (const pattern of NAMED) {
    const [pod] = podsIn(pattern.exec(text)?.[1])
    if (pod) return pod
  }
  return undefined
}

/** The pods a record is about: that of the event, else those its message lists. */
export function podsOfRecord(
  { pods }: { readonly pods?: string | undefined },
  { event }: LogRecord,
): PodReference[] {
  const pod = podOfEvent(event)
  return pod ? [pod] : podsIn(pods)
}

/** What tells pods apart: the UID where there is one, else namespace and name. */
export function podSubject(pods: readonly { [K in keyof PodReference]?: string | undefined }[]): string {
  return pods.map(({ namespace, name, uid }) => uid ?? `${namespace ?? ''}/${name ?? ''}`).join(' ')
}

/** A pod of which only what is known is said. */
export function reference(namespace?: string, name?: string, uid?: string): PodReference {
  return {
    ...(namespace === undefined ? {} : { namespace }),
    ...(name === undefined ? {} : { name }),
    ...(uid === undefined ? {} : { uid }),
  }
}
