import type { Part, PodUsage, SummaryView } from '../observe/observation.ts'
import type { Duration } from '../units/duration.ts'

type Summary = Part<SummaryView>

const SHORTEST: Duration = 20_000
const LONGEST: Duration = 24 * 3_600_000
/** Of those that are younger than the shortest age, beside the oldest of them. */
const MOST_RECENT = 2
const SPARSER = 4

/**
 * Adds the latest summary to those that are kept: one of each age up to a day, the older the sparser, always the
 * oldest of its kind, so that growth can be told over a minute as well as over hours. What a pod's containers and
 * volumes use each is kept of the latest alone: a fleet has a hundred thousand of them.
 */
export function withSummary(summaries: readonly Summary[], latest: Summary): Summary[] {
  const before = summaries.at(-1)
  const earlier = before ? [...summaries.slice(0, -1), withoutDetail(before)] : []
  return thinned([...earlier, before ? withKnownNames(latest, before) : latest])
}

function thinned(summaries: readonly Summary[]): Summary[] {
  const newest = summaries.at(-1)?.observedAt ?? 0
  const recent = summaries.filter(({ observedAt }) => newest - observedAt < SHORTEST)
  let lastKind: number | undefined
  return summaries.filter((summary) => {
    const age = newest - summary.observedAt
    if (age > LONGEST) return false
    // The oldest of them is to become the first of those that are older.
    if (age < SHORTEST) return summary === recent[0] || recent.indexOf(summary) >= recent.length - MOST_RECENT
    const kind = Math.floor(Math.log2(age / SHORTEST) / Math.log2(SPARSER))
    if (kind === lastKind) return false
    lastKind = kind
    return true
  })
}

function withoutDetail(summary: Summary): Summary {
  const pods = summary.value.pods.map((usage): PodUsage => {
    const { containers, localVolumes, ...sums } = usage
    return containers || localVolumes ? sums : usage
  })
  return { ...summary, value: { ...summary.value, pods } }
}

/** Every answer of a kubelet spells all names anew; one copy of them is enough. */
function withKnownNames(latest: Summary, before: Summary): Summary {
  const known = new Map(before.value.pods.map((pod) => [pod.uid, pod]))
  const pods = latest.value.pods.map((pod) => {
    const same = known.get(pod.uid)
    if (same?.name !== pod.name || same.namespace !== pod.namespace) return pod
    return { ...pod, uid: same.uid, name: same.name, namespace: same.namespace }
  })
  return { ...latest, value: { ...latest.value, pods } }
}
