import { neutraliseText } from './neutralise-text.ts'

const MOST_CHARACTERS = 120

/** The longest name of Kubernetes with its namespace before it; most paths are shorter. */
export const LONGEST_NAME = 320

/**
 * A name or a few words from a cluster or a log as a sentence may quote them: short, on one line, and fit to be
 * printed. Names of Kubernetes are shorter, commonly; what is cut ends with `…`.
 */
export function shown(text: string, most = MOST_CHARACTERS): string {
  const short = text.length > most ? `${text.slice(0, most)}…` : text
  // A backquote would begin a command, and half of a surrogate pair is no character.
  return neutraliseText(short).replace(/[\n`\p{Cs}]/gu, ' ')
}
