import { ApiRefusal } from '../store/api-refusal.ts'
import type { KubernetesObject } from '../store/kubernetes-object.ts'
import type { ServedResource } from '../store/resources.ts'

/** Whether a client wants to see an object. */
export type ObjectFilter = (object: KubernetesObject) => boolean

/** What `fieldSelector` and `labelSelector` of a query ask for. @throws {ApiRefusal} BadRequest when they cannot be read */
export function selectedBy(resource: ServedResource, query: URLSearchParams): ObjectFilter {
  const fields = fieldFilter(resource, query.get('fieldSelector') ?? '')
  const labels = labelFilter(query.get('labelSelector') ?? '')
  return (object) => fields(object) && labels(object)
}

function fieldFilter(resource: ServedResource, selector: string): ObjectFilter {
  const known = new Set(['metadata.name', 'metadata.namespace', ...resource.selectableFields])
  const terms = selector.split(',').filter((term) => term !== '')
  const filters = terms.map((term): ObjectFilter => {
    const [, field = '', operator = '', wanted = ''] = /^([^=!]+)(==|=|!=)(.*)$/.exec(term) ?? []
    if (field === '') throw badRequest(`invalid selector: '${term}'; can't understand '${term}'`)
    if (!known.has(field)) throw badRequest(`field label not supported: ${field}`)
    return (object) => (fieldOf(object, field) === wanted) === (operator !== '!=')
  })
  return (object) => filters.every((filter) => filter(object))
}

/** A field as a selector compares it; one that is not set is empty. */
function fieldOf(object: KubernetesObject, field: string): string {
  // Kubernetes calls the component so.
  const path = field === 'source' ? ['source', 'component'] : field.split('.')
  let value: unknown = object
  for (const part of path) value = (value as Record<string, unknown> | undefined)?.[part]
  if (value === undefined || value === null) return field === 'spec.unschedulable' ? 'false' : ''
  return typeof value === 'string' ? value : JSON.stringify(value)
}

const SET_TERM = /^(\S+)\s+(in|notin)\s*\(([^)]*)\)$/
const EQUALITY_TERM = /^([^\s=!]+)\s*(==|=|!=)\s*([^\s=!]*)$/
/** A requirement that goes on after its value. */
const TWO_VALUES = /^[^\s=!]+\s*(?:==|=|!=)\s*[^\s=!]+\s*(==|=|!=|!|[^\s=!]+)/
const PRESENCE_TERM = /^(!?)\s*([^\s=!(),]+)$/

function labelFilter(selector: string): ObjectFilter {
  // A comma between brackets belongs to a set.
  const terms = selector.split(/,(?![^(]*\))/).map((term) => term.trim())
  const filters = terms.filter((term) => term !== '').map(labelTerm)
  return ({ metadata: { labels = {} } }) => filters.every((filter) => filter(labels))
}

function labelTerm(term: string): (labels: Record<string, string>) => boolean {
  const [, setKey, membership, list = ''] = SET_TERM.exec(term) ?? []
  if (setKey !== undefined) {
    const values = new Set(list.split(',').map((value) => value.trim()))
    return (labels) =>
      (Object.hasOwn(labels, setKey) && values.has(labels[setKey] ?? '')) === (membership === 'in')
  }
  const [, key, operator, value] = EQUALITY_TERM.exec(term) ?? []
  if (key !== undefined) {
    return (labels) => (Object.hasOwn(labels, key) && labels[key] === value) === (operator !== '!=')
  }
  const [, beyond] = TWO_VALUES.exec(term) ?? []
  if (beyond !== undefined) throw badRequest(`found '${beyond}', expected: ',' or 'end of string'`)
  const [, not, name] = PRESENCE_TERM.exec(term) ?? []
  if (name === undefined)
    throw badRequest(`unable to parse requirement: found '${term}', expected: identifier`)
  return (labels) => Object.hasOwn(labels, name) === (not === '')
}

function badRequest(message: string): ApiRefusal {
  return new ApiRefusal('BadRequest', message)
}
