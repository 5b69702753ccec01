/** What a log is called in a directory or an archive; the same with a number or a date after it, and packed. */
const LOG_NAME =
  /(?:\.log|\.txt|\.out|^messages|^syslog|^kern|^daemon|^dmesg|^journal(?:ctl)?|^kubelet|^k3s|^containerd|^dockerd?|^events?|^describe)(?:[._-][^/]*)?$/i
const PACKED = /\.(?:gz|xz|zst|tgz)$/i
/** Lists of a recording and of a dump that hold no lines of a log, and what is no text. */
const NO_LOG =
  /(?:-(?:images|containers)\.txt|\.(?:conf|cfg|service|socket|pem|crt|key|so|png|html|js|db|sqlite|journal)(?:\.\w+)?)$|(?:^|[-_])(?:ps|lsof|netstat|rpm|mount|lsmod|version)\.txt$/i

/** Whether a file in a directory or an archive is looked at; one that is named itself always is. */
export function isLogName(name: string): boolean {
  const plain = name.replace(PACKED, '')
  if (NO_LOG.test(plain)) return false
  return /\.(?:json|ya?ml)$/i.test(plain) ? /^(?:events?|nodes?|pods?)\./i.test(plain) : LOG_NAME.test(plain)
}

/** The order in which rotated logs were written: the highest number first, dates as they come, the log that is written to last. */
export function byRotation(a: string, b: string): number {
  const [first, second] = [rotation(a), rotation(b)]
  return (
    compare(first.name, second.name) ||
    second.number - first.number ||
    compare(first.date, second.date) ||
    compare(a, b)
  )
}

/**
 * The order in which files of a folder are read: its own logs as they were written, then those of each folder
 * below it, folders by name.
 */
export function inReadingOrder(a: string, b: string): number {
  const [first, second] = [a.split('/'), b.split('/')]
  for (let depth = 0; depth < Math.max(first.length, second.length); depth++) {
    const [one = '', other = ''] = [first[depth], second[depth]]
    const [isFile, isOtherFile] = [depth === first.length - 1, depth === second.length - 1]
    if (isFile !== isOtherFile) return isFile ? -1 : 1
    const order = isFile ? byRotation(one, other) : compare(one, other)
    if (order !== 0) return order
  }
  return 0
}

/** `kubelet.log.2.gz`, `messages-20250301`, `syslog`. */
function rotation(path: string): { name: string; number: number; date: string } {
  const plain = path.replace(PACKED, '')
  const number = /\.(\d{1,4})$/.exec(plain)
  if (number) return { name: plain.slice(0, number.index), number: Number(number[1]), date: LAST }
  const date = /[-.](\d{8}(?:[-T]?\d{2,6})?|\d{4}-\d{2}-\d{2}[\dT_:-]*)$/.exec(plain)
  if (date) return { name: plain.slice(0, date.index), number: 0, date: date[1] ?? '' }
  return { name: plain, number: 0, date: LAST }
}

const LAST = '~'

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
