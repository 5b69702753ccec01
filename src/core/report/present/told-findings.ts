import type { Finding } from '../../detect/finding.ts'
import { referenceText } from '../../kubernetes/object-reference.ts'
import type { Language } from '../../messages/language.ts'
import { message, say } from '../../messages/message.ts'
import { shown } from '../../tell/shown-text.ts'

const MOST_NAME = 200

/** What was found, and of whom: the same sentence about many objects is read once. */
export interface ToldFinding {
  severity: Finding['severity']
  sentence: string
  /** In the order of their findings, as `Kind/name`. */
  objects: readonly string[]
}

/** Findings that say the same of different objects together, where the first of them stands. */
export function toldFindings(findings: readonly Finding[], language: Language): ToldFinding[] {
  const told = new Map<string, { severity: Finding['severity']; sentence: string; objects: string[] }>()
  for (const { id, severity, object, message: stated } of findings) {
    const sentence = say(stated, language)
    const name = shown(referenceText(object), MOST_NAME)
    const alike = told.get(`${id} ${severity} ${sentence}`)
    if (alike) alike.objects.push(name)
    else told.set(`${id} ${severity} ${sentence}`, { severity, sentence, objects: [name] })
  }
  return [...told.values()]
}

/** So many of the objects by name, and how many more there are. */
export function objectsInWords(objects: readonly string[], most: number, language: Language): string {
  if (objects.length <= most + 1) return objects.join(', ')
  const named = objects.slice(0, most).join(', ')
  return say(message('report.objects-and-more', { named, more: objects.length - most }), language)
}
