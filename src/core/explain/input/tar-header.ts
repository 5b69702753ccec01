import type { Decode } from '../search/line-bytes.ts'

/** A tar archive consists of blocks of so many bytes. */
export const BLOCK = 512
const CHECKSUM = { at: 148, length: 8 }
/** Links, devices, directories and pipes have no content, whatever length they say. */
const WITHOUT_CONTENT = '123456'

/** What a header says: of an entry, or of a long name that the next entry has (POSIX pax, GNU). */
export interface TarHeader {
  kind: 'entry' | 'pax' | 'gnu-name' | 'passed-over'
  name: string
  isFile: boolean
  /** How many bytes of content follow. */
  length: number
}

/** Reads a header; undefined for a block of zeros. @throws {RangeError} when it is none */
export function tarHeader(block: Uint8Array, decode: Decode): TarHeader | undefined {
  if (block.every((byte) => byte === 0)) return undefined
  if (number(block, CHECKSUM.at, CHECKSUM.length) !== checksum(block)) {
    throw new RangeError('no header of a tar archive')
  }
  const text = (at: number, length: number) => {
    const end = block.subarray(at, at + length).indexOf(0)
    return decode(block, at, at + (end === -1 ? length : end))
  }
  const type = String.fromCodePoint(block[156] ?? 0)
  // GNU, which writes a blank after it, has other things where POSIX has the beginning of a long path.
  const prefix = text(257, 6) === 'ustar' ? text(345, 155) : ''
  const name = `${prefix === '' ? '' : `${prefix}/`}${text(0, 100)}`
  const length = number(block, 124, 12)
  if (!Number.isSafeInteger(length) || length < 0)
    throw new RangeError('no length in the header of a tar archive')
  const isFile = (type === '0' || type === '\0' || type === '7') && !name.endsWith('/')
  return { kind: KINDS[type] ?? 'entry', name, isFile, length: WITHOUT_CONTENT.includes(type) ? 0 : length }
}

const KINDS: Readonly<Record<string, TarHeader['kind']>> = {
  x: 'pax',
  L: 'gnu-name',
  K: 'passed-over',
  g: 'passed-over',
}

/** What content that stands before an entry says of it. */
export function longName(kind: TarHeader['kind'], content: Uint8Array, decode: Decode): Partial<TarHeader> {
  if (kind === 'gnu-name') return { name: decode(content, 0, content.length).replace(/\0.*$/s, '') }
  if (kind !== 'pax') return {}
  const { path, size } = paxRecords(content, decode)
  const length = Number(size)
  return {
    ...(path === undefined ? {} : { name: path }),
    ...(size !== undefined && Number.isSafeInteger(length) && length >= 0 ? { length } : {}),
  }
}

/** Records of the form `<their own length in bytes> <key>=<value>\n`. */
function paxRecords(content: Uint8Array, decode: Decode): Partial<Record<string, string>> {
  const records: [string, string][] = []
  for (let at = 0; at < content.length;) {
    const length = Number.parseInt(decode(content, at, Math.min(at + 8, content.length)), 10)
    if (!(length > 0)) break
    const record = decode(content, at, Math.min(at + length, content.length))
    const { key, value } = /^\d+ (?<key>[^=]+)=(?<value>.*)\n$/s.exec(record)?.groups ?? {}
    if (key !== undefined && value !== undefined) records.push([key, value])
    at += length
  }
  return Object.fromEntries(records)
}

/** A number in octal digits or, where it is too large for them, in bytes. */
function number(block: Uint8Array, at: number, length: number): number {
  const bytes = [...block.subarray(at, at + length)]
  if ((bytes[0] ?? 0) >= 0x80) {
    return bytes.slice(1).reduce((value, byte) => value * 256 + byte, (bytes[0] ?? 0) & 0x7f)
  }
  const digits = String.fromCodePoint(...bytes)
    .replace(/\0.*$/s, '')
    .trim()
  return /^[0-7]*$/.test(digits) ? Number.parseInt(digits || '0', 8) : Number.NaN
}

/** The sum of a header's bytes, those of the sum itself read as blanks. */
function checksum(block: Uint8Array): number {
  const { at, length } = CHECKSUM
  return block.reduce((sum, byte, index) => sum + (index >= at && index < at + length ? 0x20 : byte), 0)
}
