import { coded } from '../../errors/kubepatrol-error.ts'

/** How the bytes of a log may be packed, by what they begin with. */
const MAGICS = {
  gzip: [0x1f, 0x8b],
  xz: [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00],
  zstd: [0x28, 0xb5, 0x2f, 0xfd],
} as const
export type Packing = keyof typeof MAGICS

/** Unpacks bytes as they come; throws, after what could be read, where they are cut or damaged. */
export type Unpacker = (packed: AsyncIterable<Uint8Array>) => AsyncIterable<Uint8Array>
export type Unpackers = Readonly<Record<Packing, Unpacker>>

/** No log is packed as tightly as this; what is, is made to fill a disk or to keep a reader busy. */
const MOST_RATIO = 500
const LEAST_SUSPECT = 256 * 1024 * 1024

/** How bytes with this beginning are packed; undefined when they are not. */
export function packingOf(beginning: Uint8Array): Packing | undefined {
  const names = Object.keys(MAGICS) as Packing[]
  return names.find((name) => MAGICS[name].every((byte, index) => beginning[index] === byte))
}

/**
 * Unpacks bytes as they come; throws, after what could be read, where they are cut or damaged.
 * @throws {KubepatrolError} KP_INPUT_TOO_DENSE for what unpacks to more than any log would.
 */
export async function* unpack(
  packed: AsyncIterable<Uint8Array>,
  unpacker: Unpacker,
  path: string,
): AsyncGenerator<Uint8Array> {
  let into = 0
  let out = 0
  const counted = (async function* () {
    for await (const piece of packed) {
      into += piece.length
      yield piece
    }
  })()
  for await (const piece of unpacker(counted)) {
    out += piece.length
    if (out > LEAST_SUSPECT && out > into * MOST_RATIO) throw coded('KP_INPUT_TOO_DENSE', { path })
    yield piece
  }
}

/** Small slices, so that what one unpacks to has room in memory whatever it is. */
export async function* slicesOf(
  pieces: AsyncIterable<Uint8Array>,
  length: number,
): AsyncGenerator<Uint8Array> {
  for await (const piece of pieces) {
    for (let at = 0; at < piece.length; at += length) yield piece.subarray(at, at + length)
  }
}
