import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { readRecording } from '../../../src/adapters/observe/recording/recording.ts'
import { readRecordedRun } from '../../../src/adapters/observe/recording/recorded-run.ts'
import { NODE_NAME } from '../bed/places.ts'
import { NOTHING, testBed } from './test-bed.ts'

const bed = testBed()
const folder = mkdtempSync(path.join(tmpdir(), 'real-node-recording-'))
afterAll(() => {
  bed.remove()
  rmSync(folder, { recursive: true })
})

it('plays the healthy scenario into a recording that the product reads, and leaves nothing', async () => {
  const name = `healthy-${process.pid}`
  const { status, output } = await bed.run('scenario', 'healthy', '--record', folder, '--name', name)
  expect(output).toContain(`recorded in ${folder}`)
  expect(status).toBe(0)
  expect(bed.traces(name, undefined)).toEqual(NOTHING)

  const recording = await readRecording(folder)
  expect(recording.nodeName).toBe(NODE_NAME)
  expect(recording.snapshots.map((snapshot) => snapshot.name)).toEqual(['before', 'end'])
  const pods = recording.snapshots.map((snapshot) =>
    snapshot.pods.map(({ metadata }) => metadata.name).toSorted(),
  )
  expect(pods).toEqual([
    ['app1', 'chatty', 'guest'],
    ['app1', 'chatty', 'guest-again'],
  ])
  expect(recording.readings.length).toBeGreaterThan(50)
  const run = await readRecordedRun(folder)
  expect(run.kubeletVersion).toBe('v1.20.2')
  expect(run.actions.map(({ action }) => action)).toContain('write 50 MiB to the emptyDir of pod guest')
})
