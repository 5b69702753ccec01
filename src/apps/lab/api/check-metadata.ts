import { invalid, invalidValue, forbidden, requiredValue, type FieldProblem } from '../store/api-refusal.ts'
import { recordOf, type KubernetesObject, type NewObject } from '../store/kubernetes-object.ts'
import type { ServedResource } from '../store/resources.ts'

/** A shape of names, in the words of apimachinery's `validation`. */
interface NameRule {
  pattern: RegExp
  longest: number
  rule: string
}

const SUBDOMAIN: NameRule = {
  pattern: /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/,
  longest: 253,
  rule: "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')",
}
const LABEL: NameRule = {
  pattern: /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/,
  longest: 63,
  rule: "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')",
}
const SERVICE: NameRule = {
  pattern: /^[a-z]([-a-z0-9]*[a-z0-9])?$/,
  longest: 63,
  rule: "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')",
}
/** Names of rights are parts of a path, no more. */
const PATH_SEGMENT: NameRule = {
  pattern: /^(?!\.{1,2}$)[^/%]+$/,
  longest: Infinity,
  rule: "may not be '.' or '..', and may not contain '/' or '%'",
}
const NAME_RULES: Readonly<Partial<Record<string, NameRule>>> = { Namespace: LABEL, Service: SERVICE }

const QUALIFIED = /^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/
const QUALIFIED_RULE =
  "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')"
const LABEL_VALUE = /^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$/
const LABEL_VALUE_RULE =
  "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')"
const LONGEST_PART = 63

/** What is wrong with the name, the labels and the annotations of an object that is made. */
export function problemsOfNew(resource: ServedResource, metadata: NewObject['metadata']): FieldProblem[] {
  return [...problemsOfName(resource, metadata), ...problemsOfMaps(metadata)]
}

/** What is wrong with the metadata of an object that is changed. */
export function problemsOfChange(
  before: KubernetesObject['metadata'],
  after: KubernetesObject['metadata'],
): FieldProblem[] {
  const { deletionTimestamp, finalizers: held = [] } = before
  const added = (after.finalizers ?? []).filter((one) => !held.includes(one))
  const why = `no new finalizers can be added if the object is being deleted, found new finalizers []string{${added.map((one) => JSON.stringify(one)).join(', ')}}`
  const late =
    deletionTimestamp !== undefined && added.length > 0 ? [forbidden('metadata.finalizers', why)] : []
  // The API server looks at it before the kind's own rules and among them, and names it twice.
  return [...late, ...late, ...problemsOfMaps(after)]
}

/** @throws {ApiRefusal} Invalid */
export function refuseFor(resource: ServedResource, name: string, problems: readonly FieldProblem[]): void {
  if (problems.length > 0) throw invalid(resource, name, problems)
}

function problemsOfName(
  resource: ServedResource,
  { name, generateName }: NewObject['metadata'],
): FieldProblem[] {
  if (!name && !generateName) return [requiredValue('metadata.name', 'name or generateName is required')]
  const isOfRights = resource.group === 'rbac.authorization.k8s.io'
  const { pattern, longest, rule } = isOfRights ? PATH_SEGMENT : (NAME_RULES[resource.kind] ?? SUBDOMAIN)
  const field = name ? 'metadata.name' : 'metadata.generateName'
  const text = String(name || generateName)
  const whole = name ? text : text.replace(/-$/, 'a')
  return [
    ...(whole.length > longest
      ? [invalidValue(field, text, `must be no more than ${longest} characters`)]
      : []),
    ...(pattern.test(whole) ? [] : [invalidValue(field, text, rule)]),
  ]
}

function problemsOfMaps({ labels, annotations }: NewObject['metadata']): FieldProblem[] {
  const values = Object.values(recordOf(labels)).map(String)
  return [
    ...Object.keys(recordOf(labels)).flatMap((key) => problemsOfKey('metadata.labels', key)),
    ...values.flatMap((value) => problemsOfValue(value)),
    ...Object.keys(recordOf(annotations)).flatMap((key) =>
      problemsOfKey('metadata.annotations', key.toLowerCase()),
    ),
  ]
}

function problemsOfKey(field: string, key: string): FieldProblem[] {
  const name = key.slice(key.indexOf('/') + 1)
  return [
    ...(name.length > LONGEST_PART
      ? [invalidValue(field, key, `name part must be no more than ${LONGEST_PART} characters`)]
      : []),
    ...(QUALIFIED.test(name) ? [] : [invalidValue(field, key, QUALIFIED_RULE)]),
  ]
}

function problemsOfValue(value: string): FieldProblem[] {
  return [
    ...(value.length > LONGEST_PART
      ? [invalidValue('metadata.labels', value, `must be no more than ${LONGEST_PART} characters`)]
      : []),
    ...(LABEL_VALUE.test(value) ? [] : [invalidValue('metadata.labels', value, LABEL_VALUE_RULE)]),
  ]
}
