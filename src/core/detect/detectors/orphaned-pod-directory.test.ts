import { describe, expect, it } from 'vitest'
import { pod } from '../../placement/cluster.contract.ts'
import { nodeView, sentences } from '../node-view.contract.ts'
import { statedByKubelet } from '../stated.contract.ts'
import { orphanedPodDirectory } from './orphaned-pod-directory.ts'

const UID = 'f6a977f4-2098-11eb-90a3-2c534a095a16'
const OLD = `Orphaned pod "${UID}" found, but volume paths are still present on disk : There were a total of 1 errors similar to this. Turn up verbosity to see them.`
const NEW = `orphaned pod "${UID}" found, but failed to rmdir() volume at path /var/lib/kubelet/pods/${UID}/volumes/kubernetes.io~csi/pv1: directory not empty : There were a total of 3 errors similar to this. Turn up verbosity to see them.`
const view = (line: string, more = {}) => nodeView([500], { facts: statedByKubelet([line]), ...more })

describe('orphaned-pod-directory', () => {
  it('says what holds it, and how to look', () => {
    expect(sentences(orphanedPodDirectory, view(OLD))).toEqual([
      `The kubelet cannot remove the directory of 1 pod that is gone (${UID}): this kubelet removes nothing while directories of volumes are left, mounted or not. Do not delete it recursively: data of a volume may be mounted below. First see that nothing is (\`grep -F UID /proc/*/mountinfo\` and \`crictl pods\`), unmount what is, then remove empty directories with \`rmdir\`.`,
    ])
  })

  it('names a path, and never advises rm -rf', () => {
    const [sentence] = sentences(orphanedPodDirectory, view(NEW))
    expect(sentence).toContain(
      `for instance /var/lib/kubelet/pods/${UID}/volumes/kubernetes.io~csi/pv1: a directory of a volume is not empty`,
    )
    expect(sentence).not.toMatch(/rm -r/)
  })

  it('names what is seen on the node to hold it, of the pods that the kubelet speaks of', () => {
    const directory = (uid: string, mounts: string[]) => ({
      uid,
      path: `/var/lib/kubelet/pods/${uid}`,
      mounts,
      processes: ['java (7)'],
      data: [],
    })
    const value = [directory(UID, ['/var/lib/kubelet/pods/x']), directory('another', ['/elsewhere'])]
    const orphanedDirectories = { value, source: 'test', observedAt: 0 }
    const [sentence] = sentences(orphanedPodDirectory, view(OLD, { orphanedDirectories }))
    expect(sentence).toContain(
      ' Seen on the node: mounted at /var/lib/kubelet/pods/x; in use by java (7). Do not delete it',
    )
    expect(sentence).not.toContain('elsewhere')
  })

  it('counts many and names a few', () => {
    const lines = Array.from({ length: 12 }, (_, index) => OLD.replace('f6a977f4', `f6a977${10 + index}`))
    const [sentence] = sentences(orphanedPodDirectory, nodeView([500], { facts: statedByKubelet(lines) }))
    expect(sentence).toContain('12 pods that are gone')
    expect(sentence).toContain('and 7 more')
  })

  it.each([
    [
      'a pod that is known',
      view(OLD, { pods: { value: [pod('a', {}, { uid: UID })], source: 'test', observedAt: 0 } }),
    ],
    ['what was last said long ago', view(OLD, { observedAt: 3_600_000 })],
    ['a log without any', nodeView([500])],
  ])('is quiet about %s', (_, quiet) => expect(sentences(orphanedPodDirectory, quiet)).toEqual([]))
})
