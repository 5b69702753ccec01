import { factDocument, incidentDocument, linkDocument } from '../../incident/incident-document.ts'
import type { Incident } from '../../incident/incident.ts'
import type { Language } from '../../messages/language.ts'
import { say } from '../../messages/message.ts'
import type { Explanation } from '../explanation.ts'
import { jsonPieces, MadeWhenWritten } from './json-pieces.ts'

/**
 * An explanation as `explain -o json` writes it (docs/facts.md), in pieces, a fact on a line: of a large log the whole
 * is several times what it is made from.
 */
export function* explanationJson(explanation: Explanation, language: Language): Generator<string> {
  const { facts, nodeDisk, incidents, files } = explanation
  yield* jsonPieces({
    facts: MadeWhenWritten.of(facts, factDocument),
    nodeDisk,
    incidents: MadeWhenWritten.of(incidents, (incident) => written(incident, language)),
    files: files.map(({ error, ...file }) => ({ ...file, error: error && say(error, language) })),
  })
  yield '\n'
}

/** An incident's document; the facts of its chain are most of it. */
function written(incident: Incident, language: Language) {
  const chain = MadeWhenWritten.of(incident.chain, (link) => ({
    ...linkDocument({ ...link, facts: [] }, language),
    facts: MadeWhenWritten.of(link.facts, factDocument),
  }))
  return { ...incidentDocument({ ...incident, chain: [] }, language), chain }
}
