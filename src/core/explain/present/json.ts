import { factDocument, incidentDocument } from '../../incident/incident-document.ts'
import type { Language } from '../../messages/language.ts'
import { say } from '../../messages/message.ts'
import type { Explanation } from '../explanation.ts'

/** An explanation as `explain -o json` writes it, to the byte. */
export function explanationJson(explanation: Explanation, language: Language): string {
  return `${JSON.stringify(explanationDocument(explanation, language), null, 2)}\n`
}

/** The document of `explain -o json` (docs/facts.md). */
export function explanationDocument({ facts, nodeDisk, incidents, files }: Explanation, language: Language) {
  return {
    facts: facts.map(factDocument),
    nodeDisk,
    incidents: incidents.map((incident) => incidentDocument(incident, language)),
    files: files.map(({ error, ...file }) => ({ ...file, error: error && say(error, language) })),
  }
}
