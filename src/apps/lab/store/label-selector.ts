import { recordOf } from './kubernetes-object.ts'

/** Whether a `LabelSelector` selects what has these labels; an empty one, or none, selects nothing here. */
export function selects(selector: unknown, labels: Readonly<Record<string, string>> = {}): boolean {
  const { matchLabels, matchExpressions } = recordOf(selector)
  const equal = Object.entries(recordOf(matchLabels))
  const expressions = Array.isArray(matchExpressions) ? matchExpressions.map(recordOf) : []
  if (equal.length + expressions.length === 0) return false
  return (
    equal.every(([label, value]) => labels[label] === value) &&
    expressions.every((expression) => isMet(expression, labels))
  )
}

function isMet(
  { key, operator, values }: Record<string, unknown>,
  labels: Readonly<Record<string, string>>,
): boolean {
  const label = typeof key === 'string' && Object.hasOwn(labels, key) ? labels[key] : undefined
  const isListed = Array.isArray(values) && values.includes(label)
  switch (operator) {
    case 'In':
      return label !== undefined && isListed
    case 'NotIn':
      return label === undefined || !isListed
    case 'Exists':
      return label !== undefined
    case 'DoesNotExist':
      return label === undefined
    default:
      return false
  }
}
