import { terminalColours } from '../../adapters/tell/terminal/terminal-colours.ts'
import type { TextStyle } from '../../core/explain/present/text.ts'

/** How a stream emphasises; not at all when it is no terminal. */
export function terminalStyle(stream: { isTTY?: boolean | undefined }): TextStyle {
  const colours = terminalColours(stream)
  const bySeverity = { critical: colours.red, warning: colours.yellow, info: colours.cyan }
  return {
    bold: colours.bold,
    dim: colours.dim,
    severity: (severity, text) => colours.bold(bySeverity[severity](text)),
  }
}
