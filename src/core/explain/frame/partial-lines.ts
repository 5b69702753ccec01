const CRI = /^(?<head>\d{4}-\d\d-\d\dT\S{8,40} (?<stream>stdout|stderr)) (?<tag>[PF]) (?<text>.*)$/s
/** docker cuts a line at 16 KiB; only its last piece ends with a line end, unless somebody has taken them all off. */
const PIECE = 16_000
const JSON_FILE = /^\{"log":"(?<text>(?:[^"\\]|\\.)*)","stream":"(?<stream>\w+)"(?<tail>.*\})$/s
const MOST_LENGTH = 64 * 1024

/** Puts together the pieces into which a container runtime cuts a long line of a container. */
export class PartialLines {
  readonly #pending = new Map<string, string>()

  /** The whole line; the line itself when it is no piece, undefined while more of it is to come. */
  whole(line: string): string | undefined {
    const cri = CRI.exec(line)?.groups
    if (cri) {
      const text = this.#join(cri['stream'], cri['text'], cri['tag'] === 'F')
      return text === undefined ? undefined : `${cri['head']} F ${text}`
    }
    const file = JSON_FILE.exec(line)?.groups
    if (!file) return line
    const isPiece = (file['text']?.length ?? 0) >= PIECE && file['text']?.endsWith(String.raw`\n`) === false
    const text = this.#join(file['stream'], file['text'], !isPiece)
    return text === undefined ? undefined : `{"log":"${text}","stream":"${file['stream']}"${file['tail']}`
  }

  /** Forgets the pieces of lines whose end will not come. */
  forget(): void {
    this.#pending.clear()
  }

  #join(stream = '', text = '', isLast: boolean): string | undefined {
    const whole = (this.#pending.get(stream) ?? '') + text
    if (isLast || whole.length > MOST_LENGTH) {
      this.#pending.delete(stream)
      return whole
    }
    this.#pending.set(stream, whole)
    return undefined
  }
}
