import { describe, expect, it } from 'vitest'
import { PersistentVolume } from '../../kubernetes/persistent-volume.ts'
import { VolumeAttachment } from '../../kubernetes/volume-attachment.ts'
import { ago, clusterOf, clusterSentences, clusterView } from '../cluster-view.contract.ts'
import { volumeStuckTerminating } from './volume-stuck-terminating.ts'

const stuck = (finalizers: string[], phase = 'Bound', seconds = 7200) =>
  PersistentVolume.parse({
    metadata: { name: 'pv-1', deletionTimestamp: ago(seconds), finalizers },
    spec: { claimRef: { namespace: 'log', name: 'data-es-0' } },
    status: { phase },
  })
const attachment = VolumeAttachment.parse({
  metadata: { name: 'csi-1' },
  spec: { attacher: 'csi.example', nodeName: 'n1', source: { persistentVolumeName: 'pv-1' } },
})
const said = (objects: Parameters<typeof clusterOf>[0]) =>
  clusterSentences(volumeStuckTerminating, clusterOf(objects))

describe('volume-stuck-terminating', () => {
  it('says what each finalizer waits for', () => {
    expect(
      said({
        persistentVolumes: [stuck(['kubernetes.io/pv-protection', 'external-attacher/csi.example'])],
        volumeAttachments: [attachment],
      }),
    ).toEqual([
      'PersistentVolume/pv-1: The volume pv-1 has been in deletion for 2 h: kubernetes.io/pv-protection waits for log/data-es-0 to go: delete the claim first; external-attacher/csi.example waits to be detached from n1: unmount it there first. Do not take finalizers away by hand: the claim would be Lost, storage would leak, or a device would stay attached.',
    ])
  })

  it.each([
    ['kubernetes.io/pv-protection', 'Released', 'waits for nothing known'],
    ['external-provisioner.volume.kubernetes.io/finalizer', 'Released', 'waits for its provisioner'],
    ['example.com/mine', 'Released', 'waits for its owner'],
    ['external-attacher/csi.example', 'Released', 'waits to be detached from its node'],
  ])('%s of a volume that is %s %s', (finalizer, phase, words) => {
    expect(said({ persistentVolumes: [stuck([finalizer], phase)] })).toEqual([expect.stringContaining(words)])
  })

  it.each([
    [
      'a volume in use',
      clusterOf({ persistentVolumes: [PersistentVolume.parse({ metadata: { name: 'a' }, spec: {} })] }),
    ],
    ['one that has just been deleted', clusterOf({ persistentVolumes: [stuck(['x/y'], 'Released', 60)] })],
    ['one without finalizers, which is as good as gone', clusterOf({ persistentVolumes: [stuck([])] })],
    ['volumes that could not be had', clusterView()],
  ])('is quiet about %s', (_, cluster) => {
    expect(clusterSentences(volumeStuckTerminating, cluster)).toEqual([])
  })
})
