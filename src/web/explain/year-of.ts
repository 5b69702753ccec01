/** The year that lines lack: undefined when none is given, null when it is none that explain can take. */
export function yearOf(text: string): number | undefined | null {
  const trimmed = text.trim()
  if (trimmed === '') return undefined
  const year = Number(trimmed)
  return /^\d{4}$/.test(trimmed) && year >= 1970 ? year : null
}
