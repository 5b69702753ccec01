import { factDocument, incidentDocument, linkDocument } from '../../incident/incident-document.ts'
import type { Incident } from '../../incident/incident.ts'
import type { Language } from '../../messages/language.ts'
import { say } from '../../messages/message.ts'
import type { Explanation } from '../explanation.ts'
import type { FoldedFact } from '../facts/fact.ts'
import { jsonPieces, MadeWhenWritten, WrittenJson } from './json-pieces.ts'

/**
 * An explanation as `explain -o json` writes it (docs/facts.md), in pieces, a fact on a line: of a large log the whole
 * is several times what it is made from.
 */
export function* explanationJson(explanation: Explanation, language: Language): Generator<string> {
  const { facts, nodeDisk, incidents, files } = explanation
  const factJson = writtenOnce()
  yield* jsonPieces({
    facts: MadeWhenWritten.of(facts, factJson),
    nodeDisk,
    incidents: MadeWhenWritten.of(incidents, (incident) => written(incident, language, factJson)),
    files: files.map(({ error, ...file }) => ({ ...file, error: error && say(error, language) })),
  })
  yield '\n'
}

/** Writes facts, each once: most stand in the list of all and in the chain of an incident. */
function writtenOnce(): (fact: FoldedFact) => WrittenJson {
  const known = new Map<FoldedFact, WrittenJson>()
  return (fact) => {
    const json = known.get(fact) ?? new WrittenJson(JSON.stringify(factDocument(fact)))
    known.set(fact, json)
    return json
  }
}

/** An incident's document; the facts of its chain are most of it. */
function written(incident: Incident, language: Language, factJson: (fact: FoldedFact) => WrittenJson) {
  const chain = MadeWhenWritten.of(incident.chain, (link) => ({
    ...linkDocument({ ...link, facts: [] }, language),
    facts: MadeWhenWritten.of(link.facts, factJson),
  }))
  return { ...incidentDocument({ ...incident, chain: [] }, language), chain }
}
