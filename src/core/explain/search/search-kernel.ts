import { SEARCH_KERNEL } from './search-kernel.generated.ts'

/** What is used of WebAssembly, which every engine has, though the ES2023 library does not name it. */
declare const WebAssembly: {
  Module: new (bytes: Uint8Array) => object
  Instance: new (module: object) => { exports: unknown }
}

interface Exports {
  memory: { buffer: ArrayBuffer; grow(pages: number): number }
  find(from: number, end: number, low: number): number
  lines: { value: number }
}

const PAGE = 65_536
/** What a search reads beyond the end. */
const OVERRUN = 32

/** Looks for many words at once in bytes that lie in its own memory. */
export class WordSearch {
  /** Where the bytes to search go. */
  readonly bytes: Uint8Array
  readonly #start: number
  readonly #exports: Exports

  /**
   * @param tables Those of the words (`searchTables`).
   * @param room How many bytes it can hold.
   */
  constructor(tables: Uint8Array, room: number) {
    const module = new WebAssembly.Module(fromHex(SEARCH_KERNEL))
    this.#exports = new WebAssembly.Instance(module).exports as Exports
    const { memory } = this.#exports
    this.#start = Math.ceil(tables.length / 64) * 64
    memory.grow(Math.ceil((this.#start + room + OVERRUN) / PAGE))
    new Uint8Array(memory.buffer).set(tables)
    this.bytes = new Uint8Array(memory.buffer, this.#start, room)
  }

  /**
   * The place of some word that begins at `from` or later and ends before `end`, and how many line ends
   * come before that place; `end` when there is none. The place is one inside the word.
   */
  find(from: number, end: number): { at: number; lines: number } {
    const { find, lines } = this.#exports
    const at = find(this.#start + from, this.#start + end, this.#start + from) - this.#start
    return { at, lines: lines.value }
  }
}

/** Bytes written as hexadecimal digits. */
export function fromHex(hex: string): Uint8Array {
  const bytes = new Uint8Array(hex.length / 2)
  for (let at = 0; at < bytes.length; at++) {
    bytes[at] = digit(hex.charCodeAt(at * 2)) * 16 + digit(hex.charCodeAt(at * 2 + 1))
  }
  return bytes
}

/** The value of a lower-case hexadecimal digit. */
function digit(code: number): number {
  return code < 58 ? code - 48 : code - 87
}
