import path from 'node:path'
import { coded } from '../../../core/errors/kubepatrol-error.ts'
import type { FilesystemReading } from '../../../core/observe/observation.ts'
import type { Instant } from '../../../core/units/instant.ts'
import { readKubeletStarts } from './kubelet-starts.ts'
import { readPart, requireDirectory, requirePart } from './read-part.ts'
import { eventFacts, type TimedFact } from './recorded-facts.ts'
import { readLog, type TimedNames } from './recorded-log.ts'
import { readSnapshot, type Snapshot } from './snapshot.ts'
import { parseActions, parseStatfs } from './table.ts'

/** What was recorded of one node while something happened to it (docs/recordings.md). */
export interface Recording {
  name: string
  nodeName: string
  startsAt: Instant
  endsAt: Instant
  /** Oldest first. */
  readings: FilesystemReading[]
  /** In the order of their instants. */
  snapshots: Snapshot[]
  facts: TimedFact[]
  /** Names of images by id that the runtime's log tells. */
  imageNames: TimedNames[]
  /** What the kubelet's flags say its sandbox image is. */
  sandboxImage?: string
  /** When the kubelet started, as its log says. */
  kubeletStarts: readonly Instant[]
}

/**
 * Reads a recording whole.
 * @throws {KubepatrolError} KP_INPUT_NOT_FOUND, KP_RECORDING_INCOMPLETE or KP_RECORDING_BROKEN, naming the part.
 */
export async function readRecording(directory: string): Promise<Recording> {
  await requireDirectory(directory)
  const readings = parseStatfs(await requirePart(directory, 'statfs.tsv'), path.join(directory, 'statfs.tsv'))
  const snapshots = await readSnapshots(directory)
  const nodeName = snapshots[0]?.summary.node.nodeName
  if (nodeName === undefined) {
    throw coded('KP_RECORDING_INCOMPLETE', {
      directory,
      missing: 'a snapshot (a row "snapshot NAME" in actions.tsv)',
    })
  }
  const begins = { node: nodeName, year: new Date(readings[0]?.at ?? 0).getUTCFullYear() }
  const kubeletLog = await requirePart(directory, 'kubelet.log')
  const kubelet = readLog(kubeletLog, { file: 'kubelet.log', ...begins })
  const { starts, flags } = readKubeletStarts(kubeletLog, begins)
  const sandboxImage = flags['pod-infra-container-image']
  const runtimeLog = await readPart(directory, 'containerd.log')
  const runtime = readLog(runtimeLog ?? '', { file: 'containerd.log', ...begins })
  const facts = [...kubelet.facts, ...runtime.facts, ...eventFacts(snapshots, nodeName)]
  const instants = [...readings.map(({ at }) => at), ...snapshots.map(({ at }) => at)]
  return {
    name: path.basename(path.resolve(directory)),
    nodeName,
    startsAt: Math.floor(Math.min(...instants) / 1000) * 1000,
    endsAt: Math.ceil(Math.max(...instants, ...kubelet.facts.map(({ knownAt }) => knownAt)) / 1000) * 1000,
    readings,
    snapshots,
    facts: facts.toSorted((a, b) => a.knownAt - b.knownAt || a.fact.order - b.fact.order),
    imageNames: runtime.imageNames,
    kubeletStarts: starts,
    ...(sandboxImage === undefined ? {} : { sandboxImage }),
  }
}

/** The snapshots that a recording's actions name, oldest first. */
export async function readSnapshots(directory: string): Promise<Snapshot[]> {
  const actions = parseActions(
    await requirePart(directory, 'actions.tsv'),
    path.join(directory, 'actions.tsv'),
  )
  // Of what was done to the node only the snapshots are the patrol's to know.
  const taken = actions.flatMap(({ at, action }) => {
    const name = /^snapshot ([\w.-]+)$/.exec(action)?.[1]
    return name === undefined ? [] : [{ at, name }]
  })
  const snapshots = await Promise.all(taken.map(({ at, name }) => readSnapshot(directory, name, at)))
  return snapshots.toSorted((a, b) => a.at - b.at)
}
