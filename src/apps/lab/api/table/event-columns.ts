import type { KubernetesObject } from '../../store/kubernetes-object.ts'
import { ageOf, numberAt, shown, textAt, wide, type Column } from './columns.ts'

const firstSeen = (event: KubernetesObject) =>
  textAt(event, 'firstTimestamp') || textAt(event, 'eventTime') || event.metadata.creationTimestamp
const lastSeen = (event: KubernetesObject) => textAt(event, 'lastTimestamp') || firstSeen(event)

/** The columns of `kubectl get events`. */
export const EVENT_COLUMNS: readonly Column[] = [
  shown('Last Seen', (event, now) => ageOf(lastSeen(event), now)),
  shown('Type', (event) => textAt(event, 'type')),
  shown('Reason', (event) => textAt(event, 'reason')),
  shown('Object', (event) => {
    const { kind, name } = {
      kind: textAt(event, 'involvedObject.kind'),
      name: textAt(event, 'involvedObject.name'),
    }
    return `${kind.toLowerCase()}/${name}`
  }),
  wide('Subobject', (event) => textAt(event, 'involvedObject.fieldPath')),
  wide('Source', (event) =>
    [textAt(event, 'source.component'), textAt(event, 'source.host')]
      .filter((part) => part !== '')
      .join(', '),
  ),
  shown('Message', (event) => textAt(event, 'message').trim()),
  wide('First Seen', (event, now) => ageOf(firstSeen(event), now)),
  wide('Count', (event) => numberAt(event, 'count') || 1),
  { ...wide('Name', ({ metadata }) => metadata.name), format: 'name' },
]
