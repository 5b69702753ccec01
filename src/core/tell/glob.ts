/** Whether a text as a whole is matched by one of the patterns, in which `*` is any text and `?` any character. */
export function matchesAny(text: string, patterns: readonly string[]): boolean {
  return patterns.some((pattern) => matches(text, pattern))
}

/** In steps of at most text times pattern, whatever they are. */
function matches(text: string, pattern: string): boolean {
  let [at, in_] = [0, 0]
  let star = -1
  let resume = 0
  while (at < text.length) {
    if (pattern[in_] === '*') {
      star = in_++
      resume = at
    } else if (in_ < pattern.length && (pattern[in_] === '?' || pattern[in_] === text[at])) {
      at++
      in_++
    } else if (star >= 0) {
      in_ = star + 1
      at = ++resume
    } else return false
  }
  return /^\**$/.test(pattern.slice(in_))
}
