import { describe, expect, it } from 'vitest'
import { configuredNode, sentences } from '../node-view.contract.ts'
import { pauseImageProtectionUnknown } from './pause-image-protection-unknown.ts'

describe('pause-image-protection-unknown', () => {
  const old = { kubeletVersion: 'v1.27.1', containerRuntimeVersion: 'containerd://1.7.2' }
  const flagged = { ...old, sandboxImage: 'registry.k8s.io/pause:3.9' }

  it('says what is not known, and how to know', () => {
    expect(sentences(pauseImageProtectionUnknown, configuredNode({}, old))).toEqual([
      'Kubelet v1.27.1 keeps only the pause image that --pod-infra-container-image names, and that flag is not known here: any other is deleted as idle. Compare `ps -o args= -C kubelet` with `crictl info | grep -i sandboxImage` on the node, and set the flag to what the runtime uses.',
    ])
    expect(sentences(pauseImageProtectionUnknown, configuredNode({}, flagged))).toEqual([
      expect.stringContaining(
        'names, registry.k8s.io/pause:3.9, and whether the runtime uses that one is not known here:',
      ),
    ])
  })

  it('names the pause images that are remembered', () => {
    const remembered = { ...old, imageNames: { 'sha256:1': ['lab.local/pause:3.2'] } }
    expect(sentences(pauseImageProtectionUnknown, configuredNode({}, remembered))).toEqual([
      expect.stringContaining('(on this node: lab.local/pause:3.2)'),
    ])
  })

  it('is quiet where it is known, or where no version tells', () => {
    expect(sentences(pauseImageProtectionUnknown, configuredNode({}))).toEqual([])
    expect(
      sentences(pauseImageProtectionUnknown, configuredNode({}, { ...old, kubeletVersion: 'v2' })),
    ).toEqual([])
  })
})
