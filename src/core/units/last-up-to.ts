/**
 * The index of the last item whose key is not after a value, of items in the order of their keys; -1 when
 * there is none.
 */
export function lastUpTo<T>(items: readonly T[], key: (item: T) => number, value: number): number {
  let low = 0
  let high = items.length
  while (low < high) {
    const middle = (low + high) >> 1
    const item = items[middle]
    if (item !== undefined && key(item) <= value) low = middle + 1
    else high = middle
  }
  return low - 1
}
