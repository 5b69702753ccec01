import type { ChainLink, Incident } from '../../incident/incident.ts'
import type { Language } from '../../messages/language.ts'
import { message, say } from '../../messages/message.ts'
import { names } from '../../messages/text.ts'
import { LONGEST_NAME, shown } from '../../tell/shown-text.ts'
import { formatInstant, formatTimeOfDay, type Instant } from '../../units/instant.ts'
import type { Explanation } from '../explanation.ts'
import type { FoldedFact } from '../facts/fact.ts'
import { NOISE } from '../facts/vocabulary.ts'
import { statedMessage } from '../../incident/fact-words.ts'

/** The words of an explanation, in the order in which they are read, for any kind of output. */
export interface Report {
  headline: string
  nodeDisk: string
  incidents: IncidentReport[]
  /** What is stated of no incident, as an eviction that names no disk. */
  alsoStated: Seen[]
  /** Noise that was seen: harmless by itself, with its cure. */
  alsoSeen: Seen[]
}

/** A statement and its place. */
export interface Seen {
  sentence: string
  evidence: string
}

/** One incident in words. */
export interface IncidentReport {
  incident: Incident
  title: string
  because: string | undefined
  steps: { when: string; sentence: string; because: string | undefined; evidence: string[] }[]
  affected: { label: string; names: string }[]
  advice: string[]
}

/** Puts an explanation into words. */
export function reportOf(explanation: Explanation, language: Language): Report {
  const lines = explanation.files.reduce((total, file) => total + file.lines, 0)
  const count = explanation.incidents.length
  const told = new Set(
    explanation.incidents.flatMap(({ chain }) => chain.flatMap(({ facts }) => facts.map(({ id }) => id))),
  )
  const others = explanation.facts.filter(({ id }) => !NOISE.has(id) && !told.has(id))
  const headline =
    count === 0
      ? message('explain.nothing-wrong', { lines, isAllWell: others.length === 0 })
      : message('explain.incidents', { count, lines })
  return {
    headline: say(headline, language),
    nodeDisk: lines === 0 ? '' : say(message('explain.node-disk', { state: explanation.nodeDisk }), language),
    incidents: explanation.incidents.map((incident) => incidentReport(incident, language)),
    alsoStated: seen(others.slice(0, MOST_OTHERS), language),
    alsoSeen: seen(explanation.facts.filter(isHarmless), language),
  }
}

function seen(facts: readonly FoldedFact[], language: Language): Seen[] {
  return facts.map((fact) => ({ sentence: say(statedMessage(fact), language), evidence: placeOf(fact) }))
}

/** What is told below the incidents, under its headings. */
export function notesOf(
  { alsoStated, alsoSeen }: Report,
  language: Language,
): { heading: string; seen: readonly Seen[] }[] {
  return [
    { heading: say(message('explain.also-stated'), language), seen: alsoStated },
    { heading: say(message('explain.also-seen'), language), seen: alsoSeen },
  ].filter((note) => note.seen.length > 0)
}

function isHarmless({ id }: FoldedFact): boolean {
  return NOISE.has(id) && id !== 'pods-ranked' && id !== 'image-too-young'
}

/** How much of what belongs to no incident a person reads. */
const MOST_OTHERS = 10

/** How many pods or images a person reads; `-o json` has them all. */
const MOST_NAMES = 20

/** Puts an incident into words. */
export function incidentReport(incident: Incident, language: Language): IncidentReport {
  const label = (key: 'explain.pods' | 'explain.images' | 'explain.volumes' | 'explain.nodes') =>
    say(message(key), language)
  const { pods, images, volumes, nodes } = incident.affected
  const affected = [
    { label: label('explain.pods'), names: pods },
    { label: label('explain.images'), names: images },
    { label: label('explain.volumes'), names: volumes },
    { label: label('explain.nodes'), names: nodes },
  ]
  return {
    incident,
    title: say(incident.cause.message, language),
    because: incident.cause.because ? say(incident.cause.because, language) : undefined,
    steps: incident.chain
      .filter((link) => link.id !== incident.cause.id && !isToldByAnother(link, incident.chain))
      .map((link) => step(link, language)),
    affected: affected
      .filter(({ names: known }) => known.length > 0)
      .map(({ label: kind, names: known }) => ({
        label: kind,
        names: names(known.map(fully), language, MOST_NAMES),
      })),
    advice: incident.advice.map((advice) => say(advice, language)),
  }
}

/** A collection that failed each time because it freed nothing is told once. */
function isToldByAnother({ id, facts }: ChainLink, chain: readonly ChainLink[]): boolean {
  if (id !== 'image-gc-failed') return false
  const places = (of: readonly FoldedFact[]) =>
    of.flatMap(({ evidence }) => evidence.map(({ file, line }) => `${file}:${line}`))
  const others = new Set(places(chain.find((link) => link.id === 'image-gc-freed-nothing')?.facts ?? []))
  return places(facts).every((place) => others.has(place))
}

function step(link: ChainLink, language: Language): IncidentReport['steps'][number] {
  return {
    when: whenText({ ...link, order: link.facts[0]?.order }, language),
    sentence: say(link.message, language),
    because: link.because ? say(link.because, language) : undefined,
    evidence: [...new Set(link.facts.map(placeOf))].slice(0, 4),
  }
}

/** A row of a table says only how long ago it was. */
const AGE = /^(?:\d+[smhdy])+$/

/** Date and time to the second; without the year where no line says it, and an age where that is all it says. */
export function whenText(
  { at, atText, order }: { at: Instant | null; atText: string | null; order: Instant | undefined },
  language: Language,
): string {
  if (at === null && atText !== null && AGE.test(atText)) {
    return say(message('explain.ago', { age: atText }), language)
  }
  const instant = at ?? order
  if (instant === undefined || (at === null && atText === null)) return '—'
  const date = formatInstant(instant).slice(0, 10)
  return `${at === null ? date.slice(5) : date} ${formatTimeOfDay(instant)}`
}

/** Where a fact is stated first. An object or an event has no lines. */
export function placeOf({ source: { file, line } }: Pick<FoldedFact, 'source'>): string {
  return line === 0 ? fully(file) : `${fully(file)}:${line}`
}

function fully(name: string): string {
  return shown(name, LONGEST_NAME)
}
