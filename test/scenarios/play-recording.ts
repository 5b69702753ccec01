import path from 'node:path'
import { readRecording, type Recording } from '../../src/adapters/observe/recording/recording.ts'
import { recordingSource } from '../../src/adapters/observe/recording/recording-source.ts'
import type { Incident } from '../../src/core/incident/incident.ts'
import { say, type Message } from '../../src/core/messages/message.ts'
import { emptyMemory, type PatrolMemory } from '../../src/core/patrol/memory.ts'
import { patrolRound } from '../../src/core/patrol/round.ts'
import type { IncidentChange } from '../../src/core/tell/incident-change.ts'
import type { Instant } from '../../src/core/units/instant.ts'

/** What came of playing a recording. */
export interface Played {
  recording: Recording
  changes: readonly IncidentChange[]
  /** The last state of every incident there ever was. */
  incidents: readonly Incident[]
}

/** Plays a recording of `recordings/`, a round every so many milliseconds of its own time, until an instant. */
export async function playRecording(name: string, stepMs = 1000, until?: Instant): Promise<Played> {
  const recording = await readRecording(path.join('recordings', name))
  const source = recordingSource(recording)
  let memory: PatrolMemory = emptyMemory
  const changes: IncidentChange[] = []
  const incidents = new Map<string, Incident>()
  for (let at = recording.startsAt; at <= (until ?? recording.endsAt); at += stepMs) {
    // Memory is plain data: it survives being written down between any two rounds.
    const round = patrolRound(await source.observe(at), JSON.parse(JSON.stringify(memory)) as PatrolMemory)
    memory = round.memory
    changes.push(...round.changes)
    for (const incident of round.incidents) incidents.set(incident.id, incident)
  }
  return { recording, changes, incidents: [...incidents.values()] }
}

/** The ids of an incident's chain. */
export const chainIds = (incident: Incident | undefined) => incident?.chain.map(({ id }) => id) ?? []

/** A message in English. */
export const inEnglish = (message: Message | undefined) => (message ? say(message, 'en') : '')
