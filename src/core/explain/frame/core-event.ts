import { isObject, type JsonObject } from './json-object.ts'

/**
 * An event of events.k8s.io/v1 under the names of a core one, which says the same; anything else as it is. The API
 * server gives each event in both forms.
 */
export function asCoreEvent(record: JsonObject): JsonObject {
  const { regarding, note, deprecatedSource: source, involvedObject } = record
  if (!isObject(regarding) || isObject(involvedObject)) return record
  return {
    ...record,
    involvedObject: regarding,
    message: typeof note === 'string' ? note : '',
    source: isObject(source) ? source : undefined,
    count: record['deprecatedCount'],
    firstTimestamp: record['deprecatedFirstTimestamp'],
    lastTimestamp: record['deprecatedLastTimestamp'],
  }
}

/** The node of an event: that of the kubelet that reports it, or the one that it is about. */
export function nodeOfEvent({
  source,
  involvedObject: about,
  reportingController,
  reportingComponent,
  reportingInstance,
}: JsonObject): string | undefined {
  const host = isObject(source) ? source['host'] : undefined
  const isOfKubelet = (reportingController ?? reportingComponent) === 'kubelet'
  const isAboutNode = isObject(about) && about['kind'] === 'Node'
  const places = [
    host,
    isOfKubelet ? reportingInstance : undefined,
    isAboutNode && isObject(about) ? about['name'] : undefined,
  ]
  return places.find((name): name is string => typeof name === 'string' && name !== '')
}
