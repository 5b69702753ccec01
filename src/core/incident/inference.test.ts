import { describe, expect, it } from 'vitest'
import { foldFacts, withoutFirstStates } from '../explain/fold.ts'
import { createFramer } from '../explain/frame/framer.ts'
import { readFacts } from '../explain/read-facts.ts'
import { say } from '../messages/message.ts'
import { findIncidents } from './find-incidents.ts'

const at = (time: string, message: string) => `Nov  7 ${time} n1 kubelet: ${message}`
const IMAGE = 'sha256:6858809bf669cc5da7cb6af83d0fae838284d12e1be0182f92f6bd96559873e3'
const REMOVAL = `[imageGCManager]: Removing image "${IMAGE}" to free 1231725 bytes`
const collection = (used: number, wanted: number) =>
  `[imageGCManager]: Disk usage on image filesystem is at ${used}% which is over the high threshold (85%). Trying to free ${wanted} bytes down to the low threshold (80%).`

function incidentOf(...lines: string[]) {
  const framer = createFramer({ file: 'log', year: 2020 })
  const facts = [...lines.flatMap((line) => framer.push(line)), ...framer.end()].flatMap(readFacts)
  const [incident] = findIncidents({
    facts: withoutFirstStates(foldFacts([], facts)),
    imageNames: new Map(),
  })
  return {
    cause: incident ? say(incident.cause.message, 'en') : '',
    steps: (incident?.chain ?? []).map(({ message }) => say(message, 'en')).join('\n'),
    advice: (incident?.advice ?? []).map((advice) => say(advice, 'en')).join('\n'),
  }
}

describe('what an expert reads from the same lines', () => {
  it.each<[number, number, string]>([
    [86, 21_849_563_955, 'so it holds 364 GB to 437 GB, of which 51.0 GB to 65.5 GB can still be written'],
    [81, 1_000_000_000, 'so it holds at least 100 GB, of which at least 19.0 GB can still be written'],
  ])('capacity and available bytes at %i %%', (used, wanted, expected) => {
    expect(incidentOf(at('05:44:51', collection(used, wanted))).cause).toContain(expected)
  })

  it('no size where a line gives none', () => {
    expect(incidentOf(at('05:44:51', collection(86, -5))).cause).not.toContain('holds')
  })

  it('how long pressure lasted, the last time', () => {
    const begin = 'Recording NodeHasDiskPressure event message for node n1'
    const end = 'Recording NodeHasNoDiskPressure event message for node n1'
    const { steps } = incidentOf(
      at('05:00:00', begin),
      at('05:05:00', end),
      at('06:00:00', begin),
      at('06:30:00', end),
    )
    expect(steps).toContain('had ended, 30 min after it began')
  })

  it('which kind of pass removed an image', () => {
    expect(incidentOf(at('05:44:51', collection(86, 9)), at('05:44:52', REMOVAL)).steps).toContain(
      'removed an image by periodic collection',
    )
    const { steps } = incidentOf(
      at('05:44:51', 'eviction manager: attempting to reclaim ephemeral-storage'),
      at('05:44:51', 'attempting to delete unused images'),
      at('05:44:52', REMOVAL),
    )
    expect(steps).toContain('removed an image before evicting')
  })

  it('whether the next collection could help', () => {
    const failure =
      'Image garbage collection failed multiple times in a row: failed to garbage collect required amount of images. Wanted to free 9 bytes, but freed 0 bytes'
    const { steps } = incidentOf(at('05:44:51', collection(86, 9)), at('05:44:52', failure))
    expect(steps).toContain('only once containers are gone')
  })

  it('which evicted pod used the most', () => {
    const evicted = (pod: string, used: string) =>
      `default   2m   Warning   Evicted   pod/${pod}   The node was low on resource: ephemeral-storage. Container c was using ${used}, which exceeds its request of 0. `
    expect(incidentOf(evicted('small', '10Mi'), evicted('large', '3Gi')).cause).toContain(
      'default/large, which was evicted, used 3.22 GB',
    )
  })

  it('whether anything asks for a removed image again', () => {
    const removal = [at('05:44:51', collection(86, 9)), at('05:44:52', REMOVAL)]
    expect(incidentOf(...removal).advice).toContain('Nothing here asks for the removed images again')
    const pull =
      'PullImage "k8s.gcr.io/kube-proxy:v1.14.2" from image service failed: rpc error: dial tcp: i/o timeout'
    expect(incidentOf(...removal, at('06:20:49', pull)).advice).toContain('Bring back the images')
  })
})
