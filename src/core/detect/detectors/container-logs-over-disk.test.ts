import { describe, expect, it } from 'vitest'
import { pod } from '../../placement/cluster.contract.ts'
import { configuredNode, sentences } from '../node-view.contract.ts'
import { containerLogsOverDisk } from './container-logs-over-disk.ts'

const pods = (count: number, phase = 'Running') => ({
  value: Array.from({ length: count }, (_, index) =>
    pod(`p${index}`, { containers: [{ name: 'a' }, { name: 'b' }] }, {}, { phase }),
  ),
  source: 'test',
  observedAt: 0,
})
const big = { containerLogMaxSize: '50M', containerLogMaxFiles: 4 }

describe('container-logs-over-disk', () => {
  it('adds up what the settings let logs come to', () => {
    expect(sentences(containerLogsOverDisk, configuredNode(big, { pods: pods(3) }))).toEqual([
      'The logs of 6 containers may come to 1.20 GB before the kubelet deletes any (containerLogMaxSize 50M × containerLogMaxFiles 4 each), and the disk has 1.00 GB. Lower containerLogMaxSize.',
    ])
  })

  it.each([
    ['what the disk holds', configuredNode(big, { pods: pods(2) })],
    ['the defaults', configuredNode({}, { pods: pods(8) })],
    ['pods that have ended', configuredNode(big, { pods: pods(30, 'Failed') })],
    [
      'docker, which has settings of its own',
      configuredNode(big, { pods: pods(9), containerRuntimeVersion: 'docker://19.3.1' }),
    ],
    ['a runtime that is not known', configuredNode(big, { pods: pods(9), containerRuntimeVersion: '' })],
    [
      'a size that cannot be read',
      configuredNode({ ...big, containerLogMaxSize: 'big' }, { pods: pods(99) }),
    ],
    ['unknown pods', configuredNode(big)],
    ['no readings', configuredNode(big, { pods: pods(9), readings: [] })],
  ])('is quiet about %s', (_, view) => expect(sentences(containerLogsOverDisk, view)).toEqual([]))
})
