import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { accessOf, asker } from '../../api-answers/asker.ts'
import type { Ask } from '../../api-answers/play.ts'
import { play } from '../../api-answers/play.ts'
import { record, recordedAnswers } from '../../api-answers/recorded.ts'
import { STORIES } from '../../api-answers/stories/all.ts'
import { testBed } from './test-bed.ts'

const bed = testBed()
const name = `answers-${process.pid}`
/** A cluster that is up already, in which nobody has asked these questions. */
const given = process.env['KUBEPATROL_TEST_KUBECONFIG']
const isRecording = process.env['KUBEPATROL_RECORD_ANSWERS'] !== undefined

describe('what the lab is held to', () => {
  let ask: Ask
  let close: () => void
  beforeAll(async () => {
    const kubeconfig = given ?? (await broughtUp())
    ;({ ask, close } = asker(accessOf(readFileSync(kubeconfig, 'utf8'))))
  })
  afterAll(async () => {
    close?.()
    if (given === undefined) await bed.run('down', '--name', name)
    bed.remove()
  })

  it.each(STORIES)('is what a real API server answers: $id', async (story) => {
    const answers = await play(story, ask)
    if (isRecording) record(story, answers)
    expect(answers).toEqual(recordedAnswers(story))
  })
})

async function broughtUp(): Promise<string> {
  const { output } = await bed.run('up', '--name', name, '--size', '1Gi')
  return /^export KUBECONFIG=(.*)$/m.exec(output)?.[1] ?? ''
}
