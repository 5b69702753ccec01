import { describe, expect, it } from 'vitest'
import { foldFacts, withoutFirstStates } from '../explain/fold.ts'
import { createFramer } from '../explain/frame/framer.ts'
import { readFacts } from '../explain/read-facts.ts'
import { findIncidents } from './find-incidents.ts'

const UID = '67df9465-9d39-46d6-b379-60df22622319'
const at = (time: string, message: string) => `Nov  7 ${time} n1 kubelet: ${message}`
const event = (message: string, reason = 'Evicted') => `  Warning  ${reason}  2m  kubelet, n1  ${message}`
const NO_SPACE = `MountVolume.SetUp failed for volume "token" : write /var/lib/kubelet/pods/${UID}/token: no space left on device`

function incidentsOf(lines: readonly string[]) {
  const framer = createFramer({ file: 'log', year: 2020 })
  const facts = [...lines.flatMap((line) => framer.push(line)), ...framer.end()].flatMap(readFacts)
  return findIncidents({ facts: withoutFirstStates(foldFacts([], facts)), imageNames: new Map() })
}
const causes = (lines: readonly string[]) =>
  incidentsOf(lines).map(({ cause, state }) => `${cause.id} ${state}`)

describe('incidents of a log', () => {
  it.each<[string, readonly string[], readonly string[]]>([
    [
      'an eviction told by its event alone',
      [event('The node was low on resource: ephemeral-storage. ')],
      ['disk-filled open'],
    ],
    [
      'an eviction for want of inodes',
      [event('The node was low on resource: inodes. ')],
      ['inodes-filled open'],
    ],
    ['an eviction for memory', [event('The node was low on resource: memory. ')], []],
    [
      'a pod over its limit',
      [event('Usage of EmptyDir volume "c" exceeds the limit "1Gi". ')],
      ['local-limit-exceeded open'],
    ],
    ['a mount on a full disk', [event(NO_SPACE, 'FailedMount')], ['disk-filled open']],
    [
      'pressure that ended',
      [
        at('05:44:51', 'eviction manager: attempting to reclaim ephemeral-storage'),
        at('05:49:51', 'Recording NodeHasNoDiskPressure event message for node n1'),
      ],
      ['disk-filled resolved'],
    ],
    [
      'a mount that was only early',
      [
        event(
          'MountVolume.SetUp failed for volume "c" : failed to sync configmap cache: timed out waiting for the condition',
          'FailedMount',
        ),
      ],
      [],
    ],
    [
      'a start',
      [
        at(
          '05:44:51',
          'Image garbage collection failed once. Stats initialization may not have completed yet: invalid capacity 0 on image filesystem',
        ),
        at('05:44:52', 'Recording NodeHasNoDiskPressure event message for node n1'),
      ],
      [],
    ],
    ['watches', [at('05:44:51', 'inotify_add_watch /sys/fs/cgroup: no space left on device')], []],
    [
      'a mount that is read-only on purpose',
      [at('05:44:51', "chown: changing ownership of '/etc/config/a': Read-only file system")],
      [],
    ],
    [
      'a filesystem that the kernel made read-only',
      ['Nov  7 05:44:51 n1 kernel: EXT4-fs (sdb1): Remounting filesystem read-only'],
      ['filesystem-damaged open'],
    ],
  ])('%s', (_, lines, expected) => {
    expect(causes(lines)).toEqual(expected)
  })

  it('lead a failed pull back to the disk that cost the node its images', () => {
    const [incident, ...others] = incidentsOf([
      at('05:44:51', 'eviction manager: attempting to reclaim ephemeral-storage'),
      at('05:44:52', 'attempting to delete unused images'),
      at(
        '05:44:53',
        '[imageGCManager]: Removing image "sha256:6858809bf669cc5da7cb6af83d0fae838284d12e1be0182f92f6bd96559873e3" to free 1231725 bytes',
      ),
      at(
        '06:20:49',
        'PullImage "k8s.gcr.io/kube-proxy:v1.14.2" from image service failed: rpc error: code = Unknown desc = dial tcp: i/o timeout',
      ),
    ])
    expect(others).toEqual([])
    expect(incident).toMatchObject({
      cause: { id: 'disk-filled', certainty: 'stated' },
      affected: { nodes: ['n1'] },
    })
    expect(incident?.chain.map(({ id, certainty }) => `${id} ${certainty}`)).toEqual([
      'eviction-threshold-met stated',
      'node-level-reclaim stated',
      'image-gc-removed-image stated',
      'image-pull-failed-network inferred',
    ])
  })
})
