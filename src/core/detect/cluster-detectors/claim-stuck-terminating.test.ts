import { describe, expect, it } from 'vitest'
import { StatefulSet } from '../../kubernetes/stateful-set.ts'
import { VolumeAttachment } from '../../kubernetes/volume-attachment.ts'
import { boundClaim, pod, using, volume } from '../../placement/cluster.contract.ts'
import { ago, clusterOf, clusterSentences, clusterView } from '../cluster-view.contract.ts'
import { claimStuckTerminating } from './claim-stuck-terminating.ts'

const PROTECTION = 'kubernetes.io/pvc-protection'
const stuck = (seconds = 600, finalizers = [PROTECTION]) =>
  boundClaim('data-es-0', 'pv-1', { namespace: 'log', deletionTimestamp: ago(seconds), finalizers })
const user = (name: string, phase: string, spec: object = {}) =>
  pod(name, { ...using('data-es-0'), nodeName: 'n1', ...spec }, { namespace: 'log' }, { phase })
const set = StatefulSet.parse({
  metadata: { namespace: 'log', name: 'es' },
  spec: { volumeClaimTemplates: [{ metadata: { name: 'data' } }] },
})
const said = (objects: Parameters<typeof clusterOf>[0]) =>
  clusterSentences(claimStuckTerminating, clusterOf(objects))

describe('claim-stuck-terminating', () => {
  it('names who holds it in any phase, what waits for it, and the right order', () => {
    expect(
      said({
        persistentVolumeClaims: [stuck()],
        pods: [user('es-0', 'Failed'), user('reader', 'Running')],
        statefulSets: [set],
      }),
    ).toEqual([
      'PersistentVolumeClaim/log/data-es-0: The claim log/data-es-0 has been in deletion for 10 min, held by the pod log/reader, and by the object of the ended pod log/es-0. Until it is gone, the StatefulSet log/es cannot make es-0. To release it: (1) scale down what still uses it, and wait until its pods are gone; (2) delete what is left of the ended pods: `kubectl -n log delete pod es-0`. Do not set its finalizers to null: that skips every check at once.',
    ])
  })

  it('takes away one finalizer as a last resort, and only when nothing else holds it', () => {
    const [sentence] = said({
      persistentVolumeClaims: [stuck()],
      pods: [user('es-0', 'Pending', { nodeName: undefined }), user('other', 'Running', using('data-es-1'))],
    })
    expect(sentence).toContain(
      'To release it: nothing holds it any more: see whether kube-controller-manager runs, which takes its finalizer away; else take away that one: `kubectl -n log patch pvc data-es-0 --type=json -p \'[{"op":"test","path":"/metadata/finalizers/0","value":"kubernetes.io/pvc-protection"},{"op":"remove","path":"/metadata/finalizers/0"}]\'`.',
    )
  })

  it('says when the data goes with it, and where it is attached', () => {
    const attachment = VolumeAttachment.parse({
      metadata: { name: 'csi-1' },
      spec: { attacher: 'csi.example', nodeName: 'n1', source: { persistentVolumeName: 'pv-1' } },
    })
    const [sentence] = said({
      persistentVolumeClaims: [stuck(600, [PROTECTION, 'example.com/snapshots'])],
      persistentVolumes: [volume('pv-1', undefined, { persistentVolumeReclaimPolicy: 'Delete' })],
      pods: [],
      volumeAttachments: [attachment],
    })
    expect(sentence).toContain('held by the finalizer example.com/snapshots. Its volume is attached to n1.')
    expect(sentence).toContain(
      '(1) back up its data, for the volume pv-1 (reclaim policy Delete) goes with it; (2) let the owner of that finalizer finish',
    )
    expect(sentence).not.toContain('patch')
  })

  it('claims nothing of pods that it does not know', () => {
    const [sentence] = said({ persistentVolumeClaims: [stuck()] })
    expect(sentence).toContain('To release it: see which pods name it, in any phase')
    expect(sentence).not.toContain('nothing holds it')
  })

  it.each([
    ['a claim that nobody deletes', clusterOf({ persistentVolumeClaims: [boundClaim('a', 'pv')] })],
    ['one that has just been deleted', clusterOf({ persistentVolumeClaims: [stuck(60)] })],
    ['claims that could not be had', clusterView()],
  ])('is quiet about %s', (_, cluster) => {
    expect(clusterSentences(claimStuckTerminating, cluster)).toEqual([])
  })
})
