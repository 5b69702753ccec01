/**
 * A name or path as a disk holds it: bytes, of any encoding or none. Each character stands for one byte, so that it can
 * be compared, cut and kept like text without losing any.
 */
export type BytePath = string

/** A path for a person: UTF-8 where it is that; other bytes and control characters as `\\xNN`. */
export function shownPath(path: BytePath): string {
  const decoded = path.replace(/[\x80-\xff]+/g, (bytes) => {
    try {
      return decodeURIComponent(bytes.replace(/./gs, (byte) => `%${hex(byte)}`))
    } catch {
      return bytes.replace(/./gs, escaped)
    }
  })
  // oxlint-disable-next-line no-control-regex -- these are what it is about
  return decoded.replace(/[\x00-\x1f\x7f-\x9f]/g, escaped)
}

/** Whether a path is this directory or lies below it. */
export function isWithin(path: BytePath, directory: BytePath): boolean {
  return path === directory || path.startsWith(directory === '/' ? '/' : `${directory}/`)
}

function escaped(byte: string): string {
  return `\\x${hex(byte)}`
}

function hex(byte: string): string {
  return byte.charCodeAt(0).toString(16).padStart(2, '0')
}
