/** The first few of a list by name, and how many there are. */
export interface Few {
  named: readonly string[]
  count: number
}

/** `a, b and 3 more`. */
export function fewEn({ named, count }: Few): string {
  return named.join(', ') + (count > named.length ? ` and ${count - named.length} more` : '')
}

/** `a、b 等 5 个`. */
export function fewZh({ named, count }: Few): string {
  return named.join('、') + (count > named.length ? ` 等 ${count} 个` : '')
}

/** `1 node`, `3 nodes`. */
export function countEn(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`
}
