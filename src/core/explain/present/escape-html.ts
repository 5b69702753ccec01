import { neutraliseText } from '../../tell/neutralise-text.ts'

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Text from a log or a cluster as it is, in HTML and in its attributes. */
export function escapeHtml(text: string): string {
  return neutraliseText(text).replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '')
}
