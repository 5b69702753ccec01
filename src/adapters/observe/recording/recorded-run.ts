import path from 'node:path'
import { coded } from '../../../core/errors/kubepatrol-error.ts'
import type { RecordedRun } from '../../../core/forecast/recorded/recorded-run.ts'
import { readKubeletStarts } from './kubelet-starts.ts'
import { requireDirectory, requirePart } from './read-part.ts'
import { readSnapshots } from './recording.ts'
import { parseActions, parseStatfs } from './table.ts'

/**
 * Reads of a recording what a simulation may know: what was done to the node, its objects and its free
 * bytes; of the kubelet's log its starts, its flags and its version only.
 * @throws {KubepatrolError} KP_INPUT_NOT_FOUND, KP_RECORDING_INCOMPLETE or KP_RECORDING_BROKEN, naming the part.
 */
export async function readRecordedRun(directory: string): Promise<RecordedRun> {
  await requireDirectory(directory)
  const part = (name: string) => requirePart(directory, name)
  const readings = parseStatfs(await part('statfs.tsv'), path.join(directory, 'statfs.tsv'))
  const actions = parseActions(await part('actions.tsv'), path.join(directory, 'actions.tsv'))
  const snapshots = await readSnapshots(directory)
  const [first] = snapshots
  if (!first)
    throw coded('KP_RECORDING_INCOMPLETE', {
      directory,
      missing: 'a snapshot (a row "snapshot NAME" in actions.tsv)',
    })
  const { nodeName } = first.summary.node
  const year = new Date(readings[0]?.at ?? 0).getUTCFullYear()
  const log = readKubeletStarts(await part('kubelet.log'), { node: nodeName, year })
  if (log.starts.length === 0) {
    throw coded('KP_RECORDING_INCOMPLETE', {
      directory,
      missing: 'the start of the kubelet ("Started kubelet") in kubelet.log',
    })
  }
  const node = first.nodes.find(({ metadata }) => metadata.name === nodeName)
  return {
    nodeName,
    readings,
    snapshots,
    actions: actions.toSorted((a, b) => a.at - b.at),
    starts: log.starts.toSorted((a, b) => a - b),
    kubeletVersion: node?.status.nodeInfo?.kubeletVersion ?? log.version ?? '',
    sandboxImage: log.flags['pod-infra-container-image'],
  }
}
