import type { EventSubject, Reading } from './log-record.ts'

const TOLD =
  /^Event\(v1\.ObjectReference\{Kind:"(?<kind>\w+)", Namespace:"(?<namespace>[\w.-]*)", Name:"(?<name>[\w.-]+)", UID:"(?<uid>[\w.-]*)"[^}]*\}\): type: '\w+' reason: '(?<reason>[\w-]+)' (?<message>.*)$/s

/** An event that a component's log tells: what it says, of whom. */
export function toldEvent({
  message,
  values,
}: Reading): { event: EventSubject; message: string } | undefined {
  const told = TOLD.exec(message)?.groups
  if (told) return { event: subject(told), message: told['message'] ?? '' }
  const reason = values.get('reason')
  const text = values.get('message') ?? values.get('note')
  if (message !== 'Event occurred' || reason === undefined || text === undefined) return undefined
  const [namespace, name] = (values.get('object') ?? '').split('/')
  const only = name === undefined ? { name: namespace } : { namespace, name }
  return { event: subject({ reason, kind: values.get('kind'), ...only }), message: text }
}

function subject({ kind, namespace, name, uid, reason = '' }: Readonly<Record<string, string | undefined>>) {
  return {
    reason,
    ...(kind === undefined || kind === '' ? {} : { kind }),
    ...(namespace === undefined || namespace === '' ? {} : { namespace }),
    ...(name === undefined || name === '' ? {} : { name }),
    ...(uid === undefined || !/^[0-9a-f]{8}-/.test(uid) ? {} : { uid }),
  }
}
