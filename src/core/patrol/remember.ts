import type { Fact, FoldedFact, Occurrence } from '../explain/facts/fact.ts'
import { foldFacts, withoutFirstStates } from '../explain/fold.ts'
import { latestStart } from '../observe/kubelet-start.ts'
import type { NodeView } from '../observe/node-view.ts'
import type { FilesystemReading, NodeObservation, Observation, SummaryView } from '../observe/observation.ts'
import { takeReadings, type ImplausibleReading } from '../observe/plausible-readings.ts'
import { withLastUse } from './images-in-use.ts'
import { namesBySize } from './names-by-size.ts'
import { withSummary } from './thin-summaries.ts'
import { thinHistory } from './thin-history.ts'

/** An hour of one reading a second. */
const MOST_READINGS = 3600
const MOST_IMPLAUSIBLE = 8

/** What is known of a node now: what was remembered, with this round's observation and the pods of the node on top. */
export function remember(
  remembered: NodeView | undefined,
  node: NodeObservation,
  { observedAt, cluster, pods }: Observation & { pods: NodeView['pods'] | undefined },
): NodeView {
  const before = withoutAgent(remembered)
  const { summary, nodefs, imagefs, facts, imageNames, kubeletStartedAt, ...latest } = node
  const summaries = before?.summaries ?? []
  const isNew = summary !== undefined && summary.observedAt !== summaries.at(-1)?.observedAt
  const known = { ...before?.imageNames, ...imageNames }
  const { readings, implausible } = takeReadings(before?.readings ?? [], nodefs)
  return {
    ...before,
    ...latest,
    // Nothing started later than now: such an instant is of another clock.
    ...latestStart(
      before?.kubeletStartedAt,
      (kubeletStartedAt ?? Infinity) <= observedAt ? kubeletStartedAt : undefined,
    ),
    observedAt,
    ...withLastUse(before, latest, observedAt),
    ...earlierAttribution(before, latest),
    ...(pods === undefined ? {} : { pods }),
    ...(cluster.persistentVolumes === undefined ? {} : { persistentVolumes: cluster.persistentVolumes }),
    summaries: isNew ? withSummary(summaries, summary) : summaries,
    imageNames: { ...namesBySize(facts, (before?.images ?? node.images)?.value ?? [], known), ...known },
    readings: readings.slice(-MOST_READINGS),
    ...imageFilesystem(before, summary?.value, imagefs),
    history: thinHistory(before?.history ?? [], readings),
    implausibleReadings: [...stillImplausible(before, nodefs), ...implausible].slice(-MOST_IMPLAUSIBLE),
    facts: withoutFirstStates(foldFacts(before?.facts ?? [], unheard(facts, before?.facts ?? []))),
  }
}

/** An agent that starts anew reads the end of a log again: what it states of the same file and instant is known. */
function unheard(facts: readonly Fact[], known: readonly FoldedFact[]): readonly Fact[] {
  if (facts.length === 0) return facts
  const subjects = new Set(facts.map(subjectOf))
  const heard = new Set(
    known
      .filter((fact) => subjects.has(subjectOf(fact)))
      .flatMap((fact) => fact.evidence.map((occurrence) => statementOf(fact, occurrence))),
  )
  return facts.filter((fact) => fact.isCoarse || !heard.has(statementOf(fact, { ...fact, ...fact.source })))
}

const subjectOf = ({ id, subject }: Fact) => `${id}\n${subject}`
const statementOf = (fact: Fact, { file, order }: Pick<Occurrence, 'file' | 'order'>) =>
  `${subjectOf(fact)}\n${order} ${file}`

/** What is heard of an agent is told anew each round, or there is none. */
function withoutAgent(view: NodeView | undefined): NodeView | undefined {
  if (view?.agent === undefined) return view
  const { agent: _, ...others } = view
  return others
}

/** Where the bytes were before they were looked at again. */
function earlierAttribution(
  before: NodeView | undefined,
  { diskAttribution: now }: Pick<NodeObservation, 'diskAttribution'>,
): Pick<NodeView, 'earlierDiskAttribution'> {
  const last = before?.diskAttribution
  return last && now && last.observedAt < now.observedAt ? { earlierDiskAttribution: last } : {}
}

/** Readings of the images' own filesystem; given up once the kubelet says that there is only one. */
function imageFilesystem(
  before: NodeView | undefined,
  summary: SummaryView | undefined,
  observed: readonly FilesystemReading[] = [],
): Pick<NodeView, 'imagefsReadings'> {
  if (summary?.isSingleFilesystem === true) return { imagefsReadings: [] }
  const { readings } = takeReadings(before?.imagefsReadings ?? [], observed)
  return readings.length === 0 ? {} : { imagefsReadings: readings.slice(-MOST_READINGS) }
}

/** Figures that cannot be are forgotten with the next reading; that the clock went back, once the readings since then are. */
function stillImplausible(
  before: NodeView | undefined,
  nodefs: readonly FilesystemReading[],
): readonly ImplausibleReading[] {
  const told = before?.implausibleReadings ?? []
  if (nodefs.length === 0) return told
  const oldest = before?.readings[0]?.at ?? Number.POSITIVE_INFINITY
  return told.filter(({ why, reading }) => why === 'clock-went-back' && reading.at >= oldest)
}
