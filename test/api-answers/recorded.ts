import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Answer, Story } from './exchange.ts'

const FOLDER = path.join(import.meta.dirname, 'recorded')
const fileOf = ({ id }: Story) => path.join(FOLDER, `${id}.json`)

/** What a real API server answered to a story. @throws {Error} when it was never recorded, with the name of the file */
export function recordedAnswers(story: Story): Answer[] {
  return JSON.parse(readFileSync(fileOf(story), 'utf8')) as Answer[]
}

/** Keeps what it answered: one line to each answer, so that a change of one is seen. */
export function record(story: Story, answers: readonly Answer[]): void {
  mkdirSync(FOLDER, { recursive: true })
  const lines = answers.map((answer) => JSON.stringify(answer))
  writeFileSync(fileOf(story), `[\n${lines.join(',\n')}\n]\n`)
}
