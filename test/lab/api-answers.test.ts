import { readFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { systemClock } from '../../src/adapters/observe/kubernetes-api/system-clock.ts'
import { evictedForItsLog } from '../../src/apps/lab/scenarios/evicted-for-its-log.ts'
import { startLab, type RunningLab } from '../../src/apps/lab/start-lab.ts'
import { asker } from '../api-answers/asker.ts'
import { isOtherwise, otherwiseLines } from '../api-answers/otherwise.ts'
import { asFarAs } from '../api-answers/comparable.ts'
import type { Answer } from '../api-answers/exchange.ts'
import { play } from '../api-answers/play.ts'
import { recordedAnswers } from '../api-answers/recorded.ts'
import { STORIES } from '../api-answers/stories/all.ts'

describe.each(STORIES)('the lab answers as a real API server did: $id', (story) => {
  const recorded = recordedAnswers(story)
  let lab: RunningLab
  let answers: readonly Answer[]
  beforeAll(async () => {
    lab = await startLab(evictedForItsLog, { speed: 1, port: 0, clock: systemClock })
    const { ask, close } = asker({ server: lab.url, authority: lab.authority, token: lab.token })
    answers = await play(story, ask).finally(close)
  }, 60_000)
  afterAll(() => lab?.close())

  it.each(story.exchanges.map(({ what }, index) => [what, index] as const))('%s', (what, index) => {
    const [answer, wanted] = [answers[index], recorded[index]]
    const comparable = story.isPartOf && wanted && answer ? asFarAs(answer, wanted) : wanted
    if (isOtherwise(story.id, what)) expect(answer).not.toEqual(comparable)
    else expect(answer).toEqual(comparable)
  })
})

it('says in the docs what it answers otherwise, and why', () => {
  const docs = readFileSync(path.join(import.meta.dirname, '../../docs/lab.md'), 'utf8')
  const shown = docs.split(/^## /m).find((part) => part.startsWith('What it answers otherwise'))
  expect(shown?.split('\n').filter((line) => line.startsWith('- '))).toEqual(otherwiseLines())
})
