import type { Instant } from '../../../src/core/units/instant.ts'

/** An image that the kubelet removed, with the bytes that it counted. */
interface RemovedImage {
  id: string
  bytes: number
}

/** What a pass of the kubelet took: images, by collection or under pressure, or one pod. */
export type Act =
  | { kind: 'images'; at: Instant; images: readonly RemovedImage[]; wantedBytes?: number }
  | { kind: 'pod'; at: Instant; uid: string; name: string }

/** What a kubelet did by its own log, as far as it can be compared. */
export interface KubeletActs {
  /** In the order of their instants; passes that took nothing left out. */
  acts: readonly Act[]
  /** What each collection of its own percentages wanted to free. */
  wantedBytes: readonly number[]
  /** Pods that it refused under pressure, sorted. */
  refused: readonly string[]
  /** When it first set out to do something: a pass that takes nothing counts. */
  firstActionAt: Instant | undefined
}

const TIME = /^[IWEF](\d\d)(\d\d) (\d\d:\d\d:\d\d\.\d{3})\d* /
const REMOVED = /Removing image "(.+?)" to free (\d+) bytes/
const EVICTED = /eviction manager: pod (\S+?)_\S+?\(([\w-]+)\) is evicted successfully/
const REFUSED = /Failed to admit pod \S+?\(([\w-]+)\)/
const WANTED = /Trying to free (\d+) bytes/
const PASS = /attempting to delete unused images|Disk usage on image filesystem is at/
const MUST_EVICT = /must evict pod\(s\)/
/** What a kubelet says when it begins to act: on pressure, or by its own percentages. */
const FIRST_ACTION = /eviction manager: attempting to reclaim|Disk usage on image filesystem is at/

/** Reads the kubelet's log of one year. */
export function readActs(log: string, year: number): KubeletActs {
  const acts: (Act & { images?: RemovedImage[] })[] = []
  const wantedBytes: number[] = []
  const refused: string[] = []
  let [pass, evictsAt, firstActionAt]: (Instant | undefined)[] = []
  let removed: RemovedImage[] = []
  for (const line of log.split('\n')) {
    const at = instantOf(line, year)
    if (at === undefined) continue
    if (FIRST_ACTION.test(line)) firstActionAt ??= at
    if (PASS.test(line)) [pass, removed] = [at, []]
    if (MUST_EVICT.test(line)) evictsAt = at
    const wanted = WANTED.exec(line)?.[1]
    if (wanted !== undefined) wantedBytes.push(Number(wanted))
    const [, id, bytes] = REMOVED.exec(line) ?? []
    if (id !== undefined) {
      if (removed.length === 0) acts.push({ kind: 'images', at: pass ?? at, images: removed })
      removed.push({ id, bytes: Number(bytes) })
    }
    const [, name, uid] = EVICTED.exec(line) ?? []
    if (uid !== undefined) acts.push({ kind: 'pod', at: evictsAt ?? at, uid, name: name ?? '' })
    const refusedUid = REFUSED.exec(line)?.[1]
    if (refusedUid !== undefined) refused.push(refusedUid)
  }
  return { acts, wantedBytes, refused: refused.toSorted((a, b) => (a < b ? -1 : 1)), firstActionAt }
}

function instantOf(line: string, year: number): Instant | undefined {
  const [, month, day, time] = TIME.exec(line) ?? []
  return month === undefined ? undefined : Date.parse(`${year}-${month}-${day}T${time}Z`)
}
