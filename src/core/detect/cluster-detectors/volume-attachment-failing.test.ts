import { describe, expect, it } from 'vitest'
import { VolumeAttachment } from '../../kubernetes/volume-attachment.ts'
import { ago, clusterOf, clusterSentences, clusterView } from '../cluster-view.contract.ts'
import { volumeAttachmentFailing } from './volume-attachment-failing.ts'

const attachment = (volume: string, status: object, deletedBefore?: number) =>
  VolumeAttachment.parse({
    metadata: {
      name: `csi-${volume}`,
      ...(deletedBefore === undefined ? {} : { deletionTimestamp: ago(deletedBefore) }),
    },
    spec: { attacher: 'csi.example', nodeName: 'n1', source: { persistentVolumeName: volume } },
    status,
  })
const said = (...volumeAttachments: VolumeAttachment[]) =>
  clusterSentences(volumeAttachmentFailing, clusterOf({ volumeAttachments }))

describe('volume-attachment-failing', () => {
  it('quotes the attacher', () => {
    expect(
      said(attachment('pv-1', { attached: false, attachError: { message: 'still attached to n2' } })),
    ).toEqual([
      'VolumeAttachment/csi-pv-1: csi.example cannot attach 1 volume (pv-1) to n1: "still attached to n2". Pods that need it wait. If it is still attached to another node, that one has to let go of it first: see `kubectl get volumeattachments`.',
    ])
  })

  it('says once what an attacher does not do on a node', () => {
    const failing = ['a', 'b'].map((name) =>
      attachment(name, { attached: true, detachError: { message: 'busy' } }, 60),
    )
    expect(said(...failing)).toEqual([
      'Node/n1: csi.example does not detach 2 volumes (a, b) from n1 (asked to 60 s ago): "busy". Pods that need it elsewhere wait. See that nothing on n1 uses it and that its kubelet runs; only a node that is surely down may be marked with the taint node.kubernetes.io/out-of-service. Do not delete the attachment by hand while it may be mounted: two nodes would write to it.',
    ])
  })

  it('sees a detachment that takes longer than the control plane waits', () => {
    expect(said(attachment('pv-1', { attached: true }, 600))).toEqual([
      expect.stringContaining('does not detach 1 volume (pv-1) from n1 (asked to 10 min ago). Pods'),
    ])
  })

  it.each([
    ['what is attached', [attachment('a', { attached: true })]],
    ['what is about to be', [attachment('a', {})]],
    ['what is being detached', [attachment('a', { attached: true }, 60)]],
    ['an error that was overcome', [attachment('a', { attached: true, attachError: { message: 'old' } })]],
  ])('is quiet about %s', (_, attachments) => expect(said(...attachments)).toEqual([]))

  it('is quiet when attachments could not be had', () => {
    expect(clusterSentences(volumeAttachmentFailing, clusterView())).toEqual([])
  })
})
