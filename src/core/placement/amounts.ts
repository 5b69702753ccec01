import type { Quantities } from '../kubernetes/quantities.ts'
import { parseMilliQuantity, parseQuantity } from '../units/quantity.ts'

/** How much of each resource: cpu in thousandths of a core, others in their own unit; `NaN` where it cannot be read. */
export type Amounts = Map<string, number>

/** Reads quantities, each text once: the pods of a cluster repeat a few of them thousands of times. */
export function amountsReader(): (quantities: Quantities) => Amounts {
  const known = new Map<string, number>()
  const read = (resource: string, text: string) => {
    const key = resource === 'cpu' ? `cpu ${text}` : text
    let amount = known.get(key)
    if (amount === undefined) {
      amount = (resource === 'cpu' ? parseMilliQuantity(text) : parseQuantity(text)) ?? Number.NaN
      known.set(key, amount)
    }
    return amount
  }
  return (quantities) => {
    const amounts: Amounts = new Map()
    if (quantities) {
      for (const [resource, quantity] of Object.entries(quantities))
        amounts.set(resource, read(resource, String(quantity)))
    }
    return amounts
  }
}

/** Adds to a sum. */
export function add(sum: Amounts, more: Amounts): void {
  for (const [resource, amount] of more) sum.set(resource, (sum.get(resource) ?? 0) + amount)
}

/** Raises amounts to others where those are greater. */
export function raise(amounts: Amounts, others: Amounts): void {
  for (const [resource, amount] of others) amounts.set(resource, Math.max(amounts.get(resource) ?? 0, amount))
}
