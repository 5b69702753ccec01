/** A list in a document whose members are made one by one, when they are written. */
export class MadeWhenWritten {
  readonly members: Iterable<unknown>

  constructor(members: Iterable<unknown>) {
    this.members = members
  }

  static of<T>(things: readonly T[], document: (thing: T) => unknown): MadeWhenWritten {
    return new MadeWhenWritten({
      *[Symbol.iterator]() {
        for (const thing of things) yield document(thing)
      },
    })
  }
}

/** JSON that is written already. */
export class WrittenJson {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }
}

/**
 * A JSON document in pieces: what is made when it is written has a line for each of its members and fields, everything
 * else is on one line. A list that is made when it is written may stand below members of its like and fields of objects;
 * neither it nor its text is ever there as a whole.
 */
export function* jsonPieces(value: unknown, indent = ''): Generator<string> {
  if (value instanceof MadeWhenWritten) yield* listPieces(value, indent)
  else if (value instanceof WrittenJson) yield value.text
  else if (isDeferred(value)) yield* fieldPieces(Object.entries(value), indent)
  else yield JSON.stringify(value)
}

function isDeferred(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false
  return Object.values(value).some((field) => field instanceof MadeWhenWritten)
}

function* listPieces({ members }: MadeWhenWritten, indent: string): Generator<string> {
  let before = '['
  for (const member of members) {
    yield `${before}\n${indent}  `
    yield* jsonPieces(member, `${indent}  `)
    before = ','
  }
  yield before === '[' ? '[]' : `\n${indent}]`
}

function* fieldPieces(fields: readonly [string, unknown][], indent: string): Generator<string> {
  let before = '{'
  for (const [name, field] of fields) {
    if (field === undefined) continue
    yield `${before}\n${indent}  ${JSON.stringify(name)}: `
    yield* jsonPieces(field, `${indent}  `)
    before = ','
  }
  yield `\n${indent}}`
}
