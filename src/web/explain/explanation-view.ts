import type { ExplainedFile, Explanation, NodeDisk } from '../../core/explain/explanation.ts'
import type { FoldedFact } from '../../core/explain/facts/fact.ts'
import { nodeDisk } from '../../core/explain/node-disk.ts'
import { notesOf, placeOf, reportOf, whenText } from '../../core/explain/present/report.ts'
import { timelineOf, type Timeline } from '../../core/explain/present/timeline.ts'
import { statedMessage } from '../../core/incident/fact-words.ts'
import { incidentDocument, type IncidentDocument } from '../../core/incident/incident-document.ts'
import type { Incident } from '../../core/incident/incident.ts'
import { SEVERITIES } from '../../core/incident/severity.ts'
import type { Language } from '../../core/messages/language.ts'
import { message, say } from '../../core/messages/message.ts'
import { FACTS_PER_PAGE } from './facts-per-page.ts'

/** How much of everything a person is shown; what is saved holds all of it. */
const MOST_INCIDENTS = 30
const MOST_EVIDENCE = 20
const MOST_FILES = 200
const MOST_NODES = 500

/** What is to be seen of an explanation. */
export interface ViewAsked {
  language: Language
  /** Only what concerns this node; null for all. */
  node: string | null
  /** Which page of facts, from 0. */
  page: number
}

/** An explanation as far as a person looks at it, in their language. */
export interface ExplanationView {
  asked: ViewAsked
  headline: string
  /** What was wrong, in a sentence; absent when nothing was. */
  diagnosis: string | undefined
  nodeDisk: { state: NodeDisk; sentence: string }
  nodes: string[]
  incidents: { shown: IncidentView[]; total: number }
  /** What is told below the incidents, each under its heading. */
  notes: ReturnType<typeof notesOf>
  facts: { shown: FactView[]; total: number }
  files: { shown: FileView[]; total: number }
}

export interface IncidentView {
  document: IncidentDocument
  /** When each step was, the cause itself left out, and on how many facts it rests. */
  steps: { when: string; evidence: number }[]
  timeline: Timeline | undefined
}

export interface FactView {
  id: string
  when: string
  node: string | null
  sentence: string
  place: string
  /** Where else it is stated, as far as that is kept. */
  others: string[]
  count: number
  raw: string
}

export interface FileView {
  path: string
  lines: number
  /** What it says of the disk, or that it is empty. */
  sentence: string
  /** Why it, or its rest, could not be read. */
  failure: { code: string; sentence: string } | undefined
}

/** What a person looks at of an explanation: bounded, whatever the logs held. */
export function explanationView(explanation: Explanation, asked: ViewAsked): ExplanationView {
  const { language, page } = asked
  const nodes = [...new Set(explanation.facts.flatMap(({ node }) => node ?? []))].toSorted()
  const { facts, incidents, ...rest } = ofNode(explanation, asked.node)
  const state = asked.node === null ? rest.nodeDisk : nodeDisk(facts)
  const gravest = incidents.toSorted(
    (a, b) => SEVERITIES.indexOf(b.severity) - SEVERITIES.indexOf(a.severity),
  )
  const report = reportOf({ facts, incidents, nodeDisk: state, files: rest.files }, language)
  const files = rest.files.toSorted((a, b) => Number(a.error === null) - Number(b.error === null))
  return {
    asked,
    headline: report.headline,
    diagnosis: gravest[0] && say(gravest[0].cause.message, language),
    nodeDisk: { state, sentence: report.nodeDisk },
    nodes: nodes.slice(0, MOST_NODES),
    incidents: {
      shown: gravest.slice(0, MOST_INCIDENTS).map((incident) => incidentView(incident, language)),
      total: incidents.length,
    },
    notes: notesOf(report, language).map(({ heading, seen }) => ({
      heading,
      seen: seen.slice(0, MOST_EVIDENCE),
    })),
    facts: {
      shown: facts
        .slice(page * FACTS_PER_PAGE, (page + 1) * FACTS_PER_PAGE)
        .map((fact) => factView(fact, language)),
      total: facts.length,
    },
    files: {
      shown: files.slice(0, MOST_FILES).map((file) => fileView(file, language)),
      total: files.length,
    },
  }
}

function ofNode(explanation: Explanation, node: string | null): Explanation {
  if (node === null) return explanation
  const isOf = (fact: FoldedFact) => fact.node === node
  return {
    ...explanation,
    facts: explanation.facts.filter(isOf),
    incidents: explanation.incidents.filter(
      ({ affected, chain }) => affected.nodes.includes(node) || chain.some(({ facts }) => facts.some(isOf)),
    ),
  }
}

function incidentView(incident: Incident, language: Language): IncidentView {
  const { chain, cause } = incident
  const few = {
    ...incident,
    chain: chain.map((link) => ({ ...link, facts: link.facts.slice(0, MOST_EVIDENCE) })),
  }
  const steps = chain.filter(({ id }) => id !== cause.id)
  return {
    document: incidentDocument(few, language),
    steps: steps.map((link) => ({
      when: whenText({ ...link, order: link.facts[0]?.order }, language),
      evidence: link.facts.length,
    })),
    timeline: timelineOf(chain),
  }
}

function factView(fact: FoldedFact, language: Language): FactView {
  const { id, node, count, raw, evidence } = fact
  const [, ...others] = [...new Set(evidence.map(({ file, line }) => `${file}:${line}`))]
  return {
    id,
    when: whenText(fact, language),
    node,
    sentence: say(statedMessage(fact), language),
    place: placeOf(fact),
    others,
    count,
    raw,
  }
}

function fileView({ path, lines, nodeDisk: state, error }: ExplainedFile, language: Language): FileView {
  const sentence = lines === 0 ? message('explain.empty', { path }) : message('explain.node-disk', { state })
  return {
    path,
    lines,
    sentence: say(sentence, language),
    failure: error ? { code: error.key, sentence: say(error, language) } : undefined,
  }
}
