import pc from 'picocolors'

/** Colours for a terminal, and none for anything else; as no-color.org has it, an empty NO_COLOR is none. */
export function terminalColours({
  isTTY,
}: {
  isTTY?: boolean | undefined
}): ReturnType<typeof pc.createColors> {
  // Said outright: left to guess, the library takes CI=true for a terminal.
  return pc.createColors(isTTY === true && !process.env['NO_COLOR'])
}
