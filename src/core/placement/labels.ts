import type { LabelSelector, NodeSelectorTerm, Requirement } from '../kubernetes/selectors.ts'

export type Labels = Readonly<Record<string, string>> | null | undefined

/** The value of a label; undefined when there is none (names are data: `constructor` is no label of its own accord). */
export function labelOf(labels: Labels, key: string): string | undefined {
  return labels && Object.hasOwn(labels, key) ? labels[key] : undefined
}

/**
 * Whether a node selector matches: one term suffices, all of a term has to hold, an empty term matches nothing.
 * Without a name of the node fields are passed over, as the scheduler does for volumes.
 */
export function matchesTerms(terms: readonly NodeSelectorTerm[], labels: Labels, name?: string): boolean {
  return terms.some(
    ({ matchExpressions, matchFields }) =>
      matchExpressions.length + matchFields.length > 0 &&
      matchExpressions.every((one) => meets(labelOf(labels, one.key), one)) &&
      matchFields.every((one) => isFieldRequirement(one) && (name === undefined || meetsField(name, one))),
  )
}

/** Whether a label selector selects labels: an absent one nothing, an empty one everything. */
export function selects(selector: LabelSelector | null | undefined, labels: Labels): boolean {
  if (!selector) return false
  const { matchLabels, matchExpressions } = selector
  return (
    Object.entries(matchLabels ?? {}).every(([key, value]) => labelOf(labels, key) === value) &&
    matchExpressions.every((one) => !isNumeric(one) && meets(labelOf(labels, one.key), one))
  )
}

/** A requirement with the wrong number of values is none that can be met, `NotIn` nothing included. */
function meets(value: string | undefined, { operator, values }: Requirement): boolean {
  switch (operator) {
    case 'In':
      return value !== undefined && values.includes(value)
    case 'NotIn':
      return values.length > 0 && (value === undefined || !values.includes(value))
    case 'Exists':
      return values.length === 0 && value !== undefined
    case 'DoesNotExist':
      return values.length === 0 && value === undefined
    case 'Gt':
    case 'Lt':
      return values.length === 1 && isBeyond(operator, value, values[0])
    default:
      return false
  }
}

const isNumeric = ({ operator }: Requirement) => operator === 'Gt' || operator === 'Lt'

function isFieldRequirement({ operator, values }: Requirement): boolean {
  return (operator === 'In' || operator === 'NotIn') && values.length === 1
}

function meetsField(name: string, { key, operator, values }: Requirement): boolean {
  return ((key === 'metadata.name' ? name : '') === values[0]) === (operator === 'In')
}

/** Whether a whole number is greater (`Gt`) or less (`Lt`) than a bound; false when either is no 64-bit number. */
export function isBeyond(
  operator: 'Gt' | 'Lt',
  value: string | undefined,
  bound: string | undefined,
): boolean {
  const [a, b] = [wholeNumber(value), wholeNumber(bound)]
  if (a === undefined || b === undefined) return false
  return operator === 'Gt' ? a > b : a < b
}

function wholeNumber(text: string | undefined): bigint | undefined {
  const match = /^([+-]?)0*(\d{1,19})$/.exec(text ?? '')
  if (!match) return undefined
  const value = BigInt(`${match[1] === '-' ? '-' : ''}${match[2]}`)
  return BigInt.asIntN(64, value) === value ? value : undefined
}
